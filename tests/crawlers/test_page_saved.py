"""What the saved pages hold, counted by hand: the pages lie beside the project and are read from there."""

from collections import Counter
from pathlib import Path

import pytest
from made_pages import portal

from crawlers.evaluating import Found, evaluate
from schemas.portals import Family, Portal, portals

GUANGDONG = "http://www.gd.gov.cn/zwgk/czxx/"
SWU = "https://xxgk.swu.edu.cn/info"
NANCHANG = "http://czj.nc.gov.cn/ncczj/zcyjszl/202602/x.shtml"


@pytest.fixture(scope="session")
def pages(shared: Path) -> Path:
    return shared / "pages"


def of_departments(name: str) -> Portal:
    """A portal of the project's own, of which the departments' papers alone are wanted."""
    return portals()[name].model_copy(update={"levels": ("department",)})


def test_guangdong_offers_10_files_of_the_government_too(pages: Path) -> None:
    found = evaluate(GUANGDONG, (pages / "list_guangdong_finance.html").read_bytes(), {}, portals()["guangdong"])
    assert (len(found.papers), len(found.passed_over)) == (81, 8)
    of_government = [paper for paper in found.papers if paper.department is None]
    assert len(of_government) == 10
    assert all("省级" in paper.title and paper.kind and paper.fiscal_year for paper in of_government)


def read(path: Path, url: str, family: Family) -> Found:
    return evaluate(url, path.read_bytes(), {}, portal(family, url))


def test_guangdong_lists_71_papers_of_departments_and_passes_over_18_files(pages: Path) -> None:
    found = evaluate(GUANGDONG, (pages / "list_guangdong_finance.html").read_bytes(), {}, of_departments("guangdong"))
    assert found.page_kind == "list"
    assert Counter(paper.kind for paper in found.papers) == {"budget": 46, "final_accounts": 25}
    assert {paper.fiscal_year for paper in found.papers} == set(range(2011, 2027))
    assert all(paper.department and paper.published_on for paper in found.papers)
    assert Counter(one.reason for one in found.passed_over) == {"government_level": 10, "performance": 8}
    by_address = {paper.url.removeprefix("http://www.gd.gov.cn/"): paper for paper in found.papers}
    first = by_address["attachment/0/606/606358/4855214.pdf"]
    assert (first.title, first.kind, first.fiscal_year) == ("省委办公厅（本级）2026年部门预算", "budget", 2026)
    assert (first.department, str(first.published_on)) == ("省委办公厅（本级）", "2026-02-10")
    oldest = by_address["wzfj/cz2011.pdf"]
    assert (oldest.department, oldest.kind, oldest.fiscal_year) == ("广东省财政厅", "budget", 2011)


def test_guangdong_lists_85_articles_of_departments_and_31_lists_behind_more(pages: Path) -> None:
    found = evaluate(GUANGDONG, (pages / "list_guangdong_finance.html").read_bytes(), {}, of_departments("guangdong"))
    assert len(found.details) == 85
    assert all(one.hints.kind and one.hints.fiscal_year and one.hints.department for one in found.details)
    assert not [one.title for one in found.details if "绩效" in one.title or "审计" in one.title]
    more = [one for one in found.lists if one.title == "更多"]
    assert len(more) == 31
    assert all("/bmczyjs/" in one.address for one in more)
    assert Counter(one.hints.kind for one in more) == {"budget": 16, "final_accounts": 15}


def test_a_page_of_links_to_provinces_yields_no_paper(pages: Path) -> None:
    found = read(pages / "list_mof_provinces.html", "http://www.mof.gov.cn/zyyjsgkpt/sjyjsgkzl/index.htm", "trs")
    assert (found.page_kind, found.papers, found.details, found.passed_over) == ("list", (), (), ())


@pytest.mark.parametrize(
    ("name", "told", "file"),
    [
        ("vsb_detail_swu_2023_budget.html", ("西南大学2023年度部门预算", "budget", "2023-04-21"), "12148152"),
        ("vsb_detail_swu_2023_final.html", ("西南大学2023年度决算公开", "final_accounts", "2024-08-16"), "14960085"),
    ],
)
def test_the_university_publishes_one_paper_a_page(
    pages: Path, name: str, told: tuple[str, str, str], file: str
) -> None:
    found = evaluate(f"{SWU}/1117/3638.htm", (pages / name).read_bytes(), {}, portals()["southwest_university"])
    (paper,) = found.papers
    assert found.page_kind == "detail"
    assert (paper.title, paper.kind, str(paper.published_on)) == told
    assert (paper.fiscal_year, paper.department, paper.link_text) == (2023, "西南大学", f"{told[0]}.pdf")
    assert paper.url.startswith("https://xxgk.swu.edu.cn/system/_content/download.jsp?urltype=news.DownloadAttachUrl")
    assert paper.url.endswith(f"wbfileid={file}")


@pytest.mark.parametrize(
    ("name", "url", "family", "files"),
    [
        (
            "detail_lincang_2025_query_filename.html",
            "https://www.lincang.gov.cn/zfxxgk_lcs/344645.html",
            "generic",
            [("临沧市2025年地方财政预算执行情况和2026年地方财政预算草案", "budget", 2026, "2026-02-24")],
        ),
        (
            "detail_nanyang_2019_oss.html",
            "http://caizj.nanyang.gov.cn/2020/06-09/98750.html",
            "generic",
            [
                ("南阳市2020年政府预算公开表", "budget", 2020, "2020-05-25"),
                ("2020年政府预算公开目录", "budget", 2020, "2020-05-25"),
            ],
        ),
        (
            "trs_detail_lvliang_2018.html",
            "http://www.lvliang.gov.cn/llxxgk/zfxxgk/czxx/sjcz/201903/t20190312_1.html",
            "trs",
            [
                ("2018年全市和市本级预算执行情况与2019年全市和市本级预算草案", "budget", 2019, "2019-03-12"),
                ("2019年三公经费", "budget", 2019, "2019-03-12"),
            ],
        ),
    ],
)
def test_files_of_the_government_as_a_whole_are_found_and_passed_over(
    pages: Path, name: str, url: str, family: Family, files: list[tuple[str, str, int, str]]
) -> None:
    found = read(pages / name, url, family)
    assert (found.page_kind, found.papers, found.details) == ("detail", (), ())
    told = [
        (one.paper.title, one.paper.kind, one.paper.fiscal_year, str(one.paper.published_on))
        for one in found.passed_over
    ]
    assert told == files
    assert {(one.reason, one.paper.department) for one in found.passed_over} == {("government_level", None)}


def test_all_71_files_of_a_government_budget_are_told_and_none_is_a_departments_paper(pages: Path) -> None:
    body = (pages / "detail_nanchang_2026_71_attachments.html").read_bytes()
    found = evaluate(NANCHANG, body, {}, of_departments("nanchang"))
    assert (len(found.papers), len(found.passed_over)) == (0, 71)
    assert Counter(one.reason for one in found.passed_over) == {"government_level": 65, "performance": 6}
    assert Counter(one.paper.fiscal_year for one in found.passed_over) == {2025: 29, 2026: 42}


def test_65_of_the_71_are_the_governments_budget_and_6_its_annexes(pages: Path) -> None:
    body = (pages / "detail_nanchang_2026_71_attachments.html").read_bytes()
    found = evaluate(NANCHANG, body, {}, portals()["nanchang"])
    assert Counter(paper.role for paper in found.papers) == {"paper": 65, "annex": 6}
    assert {paper.kind for paper in found.papers} == {"budget"}
    assert found.papers[3].title == "2025年全市一般公共预算收入执行情况表"
    assert found.papers[3].url.startswith(
        "http://czj.nc.gov.cn/ncczj/zcyjszl/202602/0fa3b64fca014c0ca082cef616012ec9/files/"
    )


def test_a_statistical_report_in_gb2312_is_read_and_offers_nothing(pages: Path) -> None:
    found = read(pages / "detail_yueyang_gb2312.html", "https://www.yueyang.gov.cn/yytj/tjgb/content_1.html", "generic")
    assert found == Found(page_kind="detail", title="岳阳市2025年国民经济和社会发展统计公报")
