import csv
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import classifications
from schemas.classifications import errors, history
from schemas.classifications.divisions import all_divisions, read_divisions
from schemas.classifications.editions import SYSTEMS, classification, read_classification
from schemas.classifications.rows import FOLDER

YEARS = range(2005, 2030)
LIST_HEADER = "code,name,seen\n"
CHANGES_HEADER = ",".join(history.COLUMNS) + "\n"


def rows_printed(text: str) -> dict[str, str]:
    """{name: code} of '201 一般公共服务支出 202 …'."""
    words = text.split()
    return dict(zip(words[1::2], words[::2], strict=True))


# The 20, 21 and 26 rows that summary forms print; they print no codes.
UNCHANGED = rows_printed(
    "201 一般公共服务支出 202 外交支出 203 国防支出 204 公共安全支出 205 教育支出 206 科学技术支出 "
    "208 社会保障和就业支出 211 节能环保支出 212 城乡社区支出 213 农林水支出 214 交通运输支出 "
    "216 商业服务业等支出 217 金融支出 221 住房保障支出 222 粮油物资储备支出 229 其他支出"
)
JIANGSU_2017 = UNCHANGED | rows_printed(
    "207 文化体育与传媒支出 210 医疗卫生与计划生育支出 215 资源勘探信息等支出 220 国土海洋气象等支出"
)
JIANGSU_2019 = UNCHANGED | rows_printed(
    "207 文化旅游体育与传媒支出 210 卫生健康支出 215 资源勘探信息等支出 220 自然资源海洋气象等支出 "
    "224 灾害防治及应急管理支出"
)
FINAL_ACCOUNTS = UNCHANGED | rows_printed(
    "207 文化旅游体育与传媒支出 210 卫生健康支出 215 资源勘探工业信息等支出 219 援助其他地区支出 "
    "220 自然资源海洋气象等支出 223 国有资本经营预算支出 224 灾害防治及应急管理支出 "
    "231 债务还本支出 232 债务付息支出 234 抗疫特别国债安排的支出"
)


@pytest.mark.parametrize(
    ("year", "printed"),
    [(2017, JIANGSU_2017), (2018, JIANGSU_2017), (2019, JIANGSU_2019)]
    + [(year, FINAL_ACCOUNTS) for year in range(2020, 2027)],
)
def test_each_row_of_the_summary_forms_has_its_code(year: int, printed: dict[str, str]) -> None:
    assert {name: classifications.top_level(year).get(name) for name in printed} == printed
    for name, code in printed.items():
        assert [found for found in classifications.codes_by_name("function", name, year) if len(found) == 3] == [code]


def test_a_top_level_name_is_unknown_outside_its_years() -> None:
    assert "医疗卫生与计划生育支出" not in classifications.top_level(2019)
    assert "卫生健康支出" not in classifications.top_level(2018)
    assert "灾害防治及应急管理支出" not in classifications.top_level(2018)
    assert "抗疫特别国债安排的支出" not in classifications.top_level(2019)


@pytest.mark.parametrize(
    ("system", "code", "year", "name"),
    [
        ("economic", "30104", 2017, "其他社会保障缴费"),
        ("economic", "30104", 2018, None),
        ("economic", "30112", 2018, "其他社会保障缴费"),
        ("economic", "30112", 2017, None),
        ("economic", "30311", 2017, "住房公积金"),
        ("economic", "30311", 2018, None),
        ("economic", "30311", 2021, "代缴社会保险费"),
        ("economic", "30312", 2017, "提租补贴"),
        ("economic", "30312", 2019, None),
        ("economic", "30307", 2017, "医疗费"),
        ("economic", "310", 2017, "其他资本性支出"),
        ("economic", "310", 2018, "资本性支出"),
        ("economic", "31001", 2023, "房屋建筑物购建"),
        ("economic", "39907", 2023, "国家赔偿费用支出"),
        ("economic", "30203", 2016, None),  # it stood in 2019 first, on the far side of 2018
        ("function", "215", 2019, "资源勘探信息等支出"),
        ("function", "215", 2020, "资源勘探工业信息等支出"),
        ("function", "2010107", 2009, "代表培训"),
        ("function", "2010107", 2010, "人大代表履职能力提升"),
        ("function", "2140122", 2022, None),  # renamed somewhere between 2021 and 2024
        ("function", "2089901", 2020, "其他社会保障和就业支出"),
        ("function", "2089901", 2021, None),
        ("function", "2089999", 2020, None),
        ("function", "2089999", 2021, "其他社会保障和就业支出"),
        ("function", "2240101", 2018, None),  # its 类 began in 2019
        ("function", "2296004", 2020, "用于教育事业的彩票公益金支出"),
        ("function", "2230101", 2023, "厂办大集体改革支出"),
        ("function", "2010101", 2040, "行政运行"),
        ("function", "9999999", 2023, None),
    ],
)
def test_the_name_in_force(system: str, code: str, year: int, name: str | None) -> None:
    assert classifications.standard_name(system, code, year) == name


def test_an_entry_says_where_it_was_seen() -> None:
    entry = classifications.lookup("function", "2296004", 2019)
    assert entry is not None
    assert (entry.name, entry.level, entry.parent, entry.budgets) == (
        "用于教育事业的彩票公益金支出",
        "项",
        "22960",
        ("government_fund",),
    )
    assert (entry.edition, entry.certainty, entry.sources, entry.inherited) == (
        2023,
        "confirmed",
        ("SWU_BUDGET", "SWU_FINAL"),
        True,
    )


def test_a_later_edition_comes_before_an_earlier_one() -> None:
    entry = classifications.lookup("economic", "30203", 2021)  # seen in 2019 and in 2023
    assert entry is not None
    assert entry.edition == 2023


def test_codes_by_name_reads_any_bracket_and_space() -> None:
    assert classifications.codes_by_name("economic", " 维修【护】费 ", 2023) == ("30213",)
    assert classifications.codes_by_name("economic", "维修(护)费", 2023) == ("30213",)
    assert classifications.codes_by_name("function", "没有这个科目", 2023) == ()
    assert len(classifications.codes_by_name("function", "行政运行", 2024)) > 50


def test_known_in_any_year() -> None:
    assert classifications.is_known("economic", "30312")
    assert classifications.is_known("function", "218")
    assert not classifications.is_known("function", "30312")


def test_changes_of_a_code_come_with_those_of_its_system() -> None:
    kinds = [(change.kind, change.to_year, change.to_name) for change in classifications.changes("21305")]
    assert kinds == [
        ("edition_break", 2010, ""),
        ("renamed", 2022, "巩固脱贫衔接乡村振兴"),
        ("renamed", 2023, "巩固脱贫攻坚成果衔接乡村振兴"),
    ]
    assert classifications.changes("9999999") == ()


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(errors.UnknownSystemError):
        classifications.lookup("economics", "301", 2023)


# Every entry, every year


@pytest.mark.parametrize("system", SYSTEMS)
def test_entries_are_unique_and_stand_under_their_parent(system: str) -> None:
    entries = list(classifications.entries(system))
    assert entries
    assert len({(entry.system, entry.edition, entry.code) for entry in entries}) == len(entries)
    for entry in entries:
        assert not entry.inherited
        assert (entry.parent is None) == (entry.level == "类")
        if entry.parent:
            assert entry.code.startswith(entry.parent)
            assert classifications.is_known(system, entry.parent)


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_was_seen_in_a_year_is_what_is_in_force(system: str) -> None:
    for entry in classifications.entries(system):
        assert classifications.lookup(system, entry.code, entry.edition) == entry


@pytest.mark.parametrize("system", ["function", "economic"])
def test_nothing_is_inherited_across_a_recorded_change(system: str) -> None:
    """Judged from changes.csv alone, without the loader's own barriers."""
    crossed = []
    inherited = 0
    for code, year in itertools.product(classification(system).sightings, YEARS):
        entry = classifications.lookup(system, code, year)
        if entry is None or not entry.inherited:
            continue
        inherited += 1
        low, high = sorted((entry.edition, year))
        crossed += [
            (change, year, entry.edition)
            for change in classifications.changes(code)
            if change.kind in ("renamed", "edition_break") and low <= change.from_year and change.to_year <= high
        ]
    assert crossed == []
    assert inherited > 1000


@pytest.mark.parametrize("system", ["function", "economic"])
def test_between_editions_that_disagree_there_is_no_name(system: str) -> None:
    for code, seen in classification(system).sightings.items():
        recorded = [change.to_year for change in classifications.changes(code)]
        for (before, old), (after, new) in itertools.pairwise(seen.items()):
            names = {classifications.standard_name(system, code, year) for year in range(before + 1, after)}
            assert names <= {old.name, new.name, None}
            if old.name != new.name and not any(before < year <= after for year in recorded):
                assert names <= {None}, code


def test_top_level_names_are_distinct() -> None:
    for year in YEARS:
        codes = [
            code
            for code in classification("function").sightings
            if len(code) == 3 and classifications.lookup("function", code, year)
        ]
        assert len(classifications.top_level(year)) == len(codes)


def test_every_source_is_explained() -> None:
    explained = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", (FOLDER / "SOURCES.md").read_text("utf-8"), re.MULTILINE))
    used = {source for entry in classifications.entries() for source in entry.sources}
    used |= {source for system in SYSTEMS for source in sources_of_changes(system)}
    assert used == explained


def sources_of_changes(system: str) -> set[str]:
    by_code = history.history(system).changes
    return {source for recorded in by_code.values() for change in recorded for source in change.sources}


@given(st.text(alphabet="维修护费支出（）()[]【】〔〕 　\n\tＡA１1", max_size=12))
def test_a_normalised_name_stays_as_it_is(name: str) -> None:
    once = classifications.normalised_name(name)
    assert classifications.normalised_name(once) == once
    assert not re.search(r"[\s（）\[\]【】〔〕]", once)


@given(
    from_year=st.integers(2010, 2020),
    gap=st.integers(1, 5),
    seen=st.integers(2005, 2030),
    year=st.integers(2005, 2030),
)
def test_barriers(from_year: int, gap: int, seen: int, year: int) -> None:
    to_year = from_year + gap
    definite = (min(seen, year) <= from_year) and (max(seen, year) >= to_year)
    meaning, begins, ends = (
        history.Barrier(from_year, to_year, effect).stops(seen, year) for effect in ("meaning", "begins", "ends")
    )
    assert meaning or not definite
    assert not (meaning and max(seen, year) <= from_year)
    assert not (meaning and min(seen, year) >= to_year)
    assert begins == (year <= from_year and seen > from_year)
    assert ends == (seen < to_year and year >= to_year)


# Lists that break their rules


@pytest.mark.parametrize(
    ("rows", "error", "place"),
    [
        ("301,工资,2023 listed A\n3011,基本,2023 listed A\n", errors.MalformedCodeError, ":3"),
        ("401,工资,2023 listed A\n", errors.MalformedCodeError, ":2"),
        ("30１,工资,2023 listed A\n", errors.MalformedCodeError, ":2"),
        ("301,工资,2023 listed A\n301,薪金,2022-2024 listed B\n", errors.DuplicateSightingError, ":3"),
        ("301,工资,2023 listed A; 2023 confirmed B\n", errors.DuplicateSightingError, ":2"),
        ("30101,基本工资,2023 listed A\n", errors.MissingParentError, "30101"),
        ("301,工资,2023 certain A\n", errors.MalformedRowError, ":2"),
        ("301,工资,2024-2023 listed A\n", errors.MalformedRowError, ":2"),
        ("301,工资,2023 listed\n", errors.MalformedRowError, ":2"),
        ("301,工资,\n", errors.MalformedRowError, ":2"),
        ("301, 工资,2023 listed A\n", errors.MalformedRowError, ":2"),
        ("301,工资\n", errors.MalformedRowError, ":2"),
    ],
)
def test_a_broken_list_is_refused(
    tmp_path: Path, rows: str, error: type[errors.ClassificationError], place: str
) -> None:
    path = tmp_path / "economic.csv"
    path.write_text(LIST_HEADER + rows, "utf-8")
    with pytest.raises(error, match=place):
        read_classification(path, "economic")


def test_an_unknown_column_or_budget_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "function.csv"
    path.write_text("code,name,budgets,seen,colour\n", "utf-8")
    with pytest.raises(errors.MalformedRowError, match="colour"):
        read_classification(path, "function")
    path.write_text("code,name,budgets,seen\n201,一般,general+fund,2023 listed A\n", "utf-8")
    with pytest.raises(errors.MalformedRowError, match="fund"):
        read_classification(path, "function")


@pytest.mark.parametrize(
    "row",
    [
        "function,201,improved,2018,甲,2019,乙,,strong,A,",
        "function,201,renamed,2019,甲,2018,乙,,strong,A,",
        "function,201,renamed,2018,甲,2019,乙,,sure,A,",
        "function,,renamed,2018,甲,2019,乙,,strong,A,",
        "function,201,renumbered,2018,甲,2019,甲,,strong,A,",
    ],
)
def test_a_broken_change_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "changes.csv"
    path.write_text(CHANGES_HEADER + row + "\n", "utf-8")
    with pytest.raises(errors.MalformedRowError, match=r"changes\.csv:2"):
        history.read_changes(path)


@pytest.mark.parametrize(
    "row",
    [
        "economic,301,renamed,2022,薪金,2023,工资,,strong,A,",
        "economic,301,renamed,2022,工资,2023,薪金,,strong,A,",
        "economic,301,added,2022,,2023,工资,,strong,A,",
        "economic,301,removed,2022,工资,2023,,,strong,A,",
    ],
)
def test_a_change_that_the_list_denies_is_refused(tmp_path: Path, row: str) -> None:
    list_path, changes_path = tmp_path / "economic.csv", tmp_path / "changes.csv"
    list_path.write_text(LIST_HEADER + "301,工资,2022-2023 listed A\n", "utf-8")
    changes_path.write_text(CHANGES_HEADER + row + "\n", "utf-8")
    (change,) = history.read_changes(changes_path)
    with pytest.raises(errors.ContradictedChangeError, match="301"):
        history.check_change(change, read_classification(list_path, "economic").sightings["301"])


# Divisions


def test_a_division_and_what_it_stands_under() -> None:
    putuo = classifications.division("310107", 2023)
    assert putuo is not None
    assert (putuo.name, putuo.level) == ("普陀区", "county")
    above = classifications.parent_division("310107", 2023)
    assert above is not None
    assert above.name == "上海市"
    assert {found.code for found in classifications.divisions_named("普陀区", 2023)} == {"310107", "330903"}


def test_a_gone_division_names_its_successor() -> None:
    assert classifications.division("310108", 2015) is None
    zhabei = classifications.division("310108", 2014)
    assert zhabei is not None
    assert (zhabei.name, [successor.code for successor in zhabei.successors]) == ("闸北区", ["310106"])
    assert classifications.parent_division("310000", 2014) is None


def test_every_division_stands_under_another() -> None:
    for found in all_divisions():
        last_year = (found.gone_year or 2025) - 1
        assert (classifications.parent_division(found.code, last_year) is None) == (found.level == "province")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("31010,普陀区,1981,,", errors.MalformedCodeError),
        ("310107,普陀区,2000,1999,", errors.MalformedRowError),
        ("310107,普陀区,1981,,3101", errors.MalformedRowError),
        ("310107,普陀区,1981,,\n310107,别区,1990,,", errors.DuplicateSightingError),
    ],
)
def test_broken_divisions_are_refused(tmp_path: Path, row: str, error: type[errors.ClassificationError]) -> None:
    path = tmp_path / "divisions.csv"
    path.write_text(f"code,name,first_year,gone_year,successors\n{row}\n", "utf-8")
    with pytest.raises(error):
        read_divisions(path)


# Against the real papers and the lists this folder was made from


def test_every_code_of_the_labelled_papers_is_known_in_its_year(shared: Path) -> None:
    """All 393 pairs agree to the letter but brackets; a paper that prints a name of its own would be named here."""
    printed = {
        (path.stem, "economic" if "economic" in row["form"] else "function", row["code"], row["name"])
        for path in sorted((shared / "truth").glob("*.csv"))
        for row in read_csv(path)
        if row["code"]
    }
    disagreeing = {
        (paper, code, name, standard)
        for paper, system, code, name in printed
        if classifications.normalised_name(standard := name_in_the_year_of(paper, system, code) or "")
        != classifications.normalised_name(name)
    }
    assert len(printed) >= 393
    assert disagreeing == set()


def name_in_the_year_of(paper: str, system: str, code: str) -> str | None:
    year = re.search(r"20\d\d", paper)
    assert year
    return classifications.standard_name(system, code, int(year[0]))


# Codes whose own name was kept against the wording of one table; SOURCES.md, known limits 7 and the revenue list's 105.
REWORDED = {("23006", 2025), ("23011", 2025), ("23011", 2026), ("231", 2025), ("231", 2026), ("23009", 2025)} | {
    ("209", 2025),
    ("105", 2025),
    ("105", 2026),
}
RAW_LISTS = {"economic_dept": "economic", "economic_gov": "government_economic", "revenue": "revenue"} | dict.fromkeys(
    ("function", "gov_fund", "state_capital", "social_insurance"), "function"
)


def test_no_row_of_the_lists_was_lost(shared: Path) -> None:
    compared = 0
    for path in sorted((shared / "classifications").glob("*_20??*.csv")):
        named = re.fullmatch(r"([a-z_]+)_(20\d\d)(?:_form)?", path.stem)
        assert named
        year = int(named[2])
        seen = classification(RAW_LISTS[named[1]]).sightings
        for row in read_csv(path):
            compared += 1
            if (row["code"], year) not in REWORDED:
                assert seen[row["code"]][year].name == row["name"]
    assert compared > 11_000


def test_divisions_agree_with_the_yearly_lists(shared: Path) -> None:
    listed: dict[int, dict[str, tuple[str, str]]] = {}
    for row in read_csv(shared / "classifications" / "divisions_by_year.csv"):
        listed.setdefault(int(row["year"]), {})[row["code"]] = (row["name"], row["parent_code"])
    assert sorted(listed) == list(range(2010, 2025))
    for year in (2010, 2017, 2024):
        ours = {found.code: found.name for found in all_divisions() if found.in_use(year)}
        assert ours == {code: name for code, (name, _) in listed[year].items()}
        for code, (_, parent) in listed[year].items():
            above = classifications.parent_division(code, year)
            assert (above.code if above else "") == parent


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
