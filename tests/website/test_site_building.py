import hashlib
import html
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from reading.running.processes import DocumentProcesses
from samples.demo import OFF_BY
from schemas.errors import WrongUseError
from schemas.records import Reading
from tests.website.conftest import published
from website.addresses import paper_page
from website.building import Built, build_site
from website.papers.drawn_page import drawn_page
from website.papers.page import PaperRows
from website.papers.printed import printed_tables
from website.release.originals import Originals

NOWHERE = Originals()
LARGEST_PAGE = 400_000


def payload_of(page: Path) -> dict[str, list[object]]:
    (found,) = re.findall(r'<script type="application/json" id="paper">(.*?)</script>', page.read_text("utf-8"), re.S)
    content: dict[str, list[object]] = json.loads(found)
    return content


def misprinted_paper(site: Path, readings: list[Reading]) -> Path:
    (reading,) = [each for each in readings if each.document.kind == "final_accounts"]
    return site / "papers" / paper_page(reading.document.document_id)


def test_every_link_of_every_page_leads_somewhere(built: Built, demo_readings: list[Reading]) -> None:
    site = built.site
    pages = sorted(site.rglob("*.html"))
    assert len(pages) >= 9
    for page in pages:
        text = page.read_text(encoding="utf-8")
        ids = set(re.findall(r'id="?([^" >]+)', text))
        for link in map(html.unescape, re.findall(r'(?:href|src)="([^"]+)"', text)):
            if link.startswith(("http:", "https:")):
                continue
            file, _, fragment = link.partition("#")
            assert not file or (page.parent / file).exists(), (page, link)
            assert file or fragment in ids, (page, link)


def test_each_amount_is_a_link_with_its_permalink_and_its_box(built: Built, demo_readings: list[Reading]) -> None:
    site = built.site
    for reading in demo_readings:
        page = site / "papers" / paper_page(reading.document.document_id)
        links = re.findall(r"<a id=([0-9a-z]+)>([^<]*)</a>", page.read_text("utf-8"))
        amounts = payload_of(page)["amounts"]
        assert len(links) == len(amounts)
        shown = {identity: (text, told[0], told[1:5]) for (identity, text), told in zip(links, amounts, strict=True)}  # type: ignore[index]
        for item in reading.line_items:
            box = [round(edge, 1) for edge in (item.x0, item.y0, item.x1, item.y1)]
            assert shown[item.amount_id] == (item.printed, item.page, box)


def test_the_failing_sum_comes_first_and_says_by_how_much(built: Built, demo_readings: list[Reading]) -> None:
    page = misprinted_paper(built.site, demo_readings)
    content = payload_of(page)
    first = content["sums"][0]
    *_, left, right, difference, _tolerance, terms = first  # type: ignore[misc]
    assert abs(Decimal(difference)) == OFF_BY  # type: ignore[has-type]
    assert Decimal(left) - Decimal(right) == Decimal(difference)  # type: ignore[has-type]
    assert {abs(term[1]) for term in terms} == {1}  # type: ignore[has-type]
    text = page.read_text("utf-8")
    assert text.index('id="failing"') < text.index('id="table-')
    assert "270,000" in text[text.index('id="failing"') : text.index('id="table-')]


def test_a_page_is_light(built: Built) -> None:
    sizes = {page.name: page.stat().st_size for page in (built.site / "papers").glob("*.html")}
    assert sizes
    assert max(sizes.values()) <= LARGEST_PAGE


def test_a_long_paper_is_parted_and_its_sums_lead_from_part_to_part(
    demo_readings: list[Reading], processes: DocumentProcesses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("website.papers.page.LIGHT", 20_000)
    built = build_site(published(demo_readings, tmp_path), None, NOWHERE, processes)
    identity = demo_readings[0].document.document_id
    parts = sorted((built.site / "papers").glob(f"{identity[:16]}*.html"))
    assert len(parts) > 2
    addresses = {str(told[-1]) for part in parts for told in payload_of(part)["elsewhere"]}  # type: ignore[index]
    assert addresses
    for address in addresses:
        name, _, amount = address.partition("#")
        assert f"<a id={amount}>" in (built.site / "papers" / name).read_text("utf-8")


def test_only_what_changed_is_made_anew(
    demo_readings: list[Reading], processes: DocumentProcesses, tmp_path: Path
) -> None:
    root = published(demo_readings, tmp_path)
    assert build_site(root, None, NOWHERE, processes).made == 2
    written = {page: page.stat().st_mtime_ns for page in (root / "site").rglob("*") if page.is_file()}
    assert build_site(root, None, NOWHERE, processes).made == 0
    assert {page: page.stat().st_mtime_ns for page in written if page.name != ".gongkai-site"} == {
        page: time for page, time in written.items() if page.name != ".gongkai-site"
    }
    first = demo_readings[0]
    renamed = replace(first, document=replace(first.document, file_name="another.pdf"))
    published([renamed, *demo_readings[1:]], root, "2026.3.6")
    again = build_site(root, None, NOWHERE, processes)
    assert (again.papers, again.made, again.removed) == (2, 1, 0)
    assert "another.pdf" in (root / "site" / "papers" / paper_page(first.document.document_id)).read_text("utf-8")
    published(demo_readings[1:], root, "2026.3.7")
    last = build_site(root, None, NOWHERE, processes)
    assert (last.papers, last.made, last.removed) == (1, 0, 1)
    assert not (root / "site" / "papers" / paper_page(first.document.document_id)).exists()


def test_pages_are_drawn_from_the_cells_where_the_file_is_not_here(
    demo_readings: list[Reading], demo_papers: Path, processes: DocumentProcesses, tmp_path: Path
) -> None:
    root = published(demo_readings[:1], tmp_path)
    site = build_site(root, None, NOWHERE, processes).site
    page = site / "papers" / paper_page(demo_readings[0].document.document_id)
    assert "由读出的单元格画成" in page.read_text("utf-8")
    assert sorted(page.with_suffix("").glob("*.svg"))
    built = build_site(root, None, Originals(folders=[demo_papers]), processes)
    assert built.made == 1
    assert "由读出的单元格画成" not in page.read_text("utf-8")
    assert sorted(page.with_suffix("").glob("*.webp"))


def test_search_engines_are_told_what_it_is(built: Built) -> None:
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', built.index.read_text("utf-8"), re.S)
    described = json.loads(told)
    assert (described["@type"], described["version"]) == ("Dataset", "2026.3.5")
    assert described["license"].startswith("https://creativecommons.org/")


def test_a_folder_with_other_things_is_left_alone(
    demo_readings: list[Reading], processes: DocumentProcesses, tmp_path: Path
) -> None:
    root = published(demo_readings[:1], tmp_path / "root")
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter.txt").write_text("mine")
    with pytest.raises(WrongUseError, match="holds something else"):
        build_site(root, other, NOWHERE, processes)
    assert [file.name for file in other.iterdir()] == ["chapter.txt"]


def test_what_is_printed_never_becomes_markup(
    demo_readings: list[Reading], processes: DocumentProcesses, tmp_path: Path
) -> None:
    nasty = "</script><img src=x onerror=alert(1)>"
    first = demo_readings[0]
    items = tuple(replace(item, name=nasty) for item in first.line_items)
    document = replace(first.document, file_name=nasty, department=nasty)
    root = published([replace(first, document=document, line_items=items)], tmp_path)
    for page in build_site(root, None, NOWHERE, processes).site.rglob("*.html"):
        assert "<img src=x" not in page.read_text("utf-8"), page


def test_cells_span_as_they_are_printed() -> None:
    def cell(row: int, col: int, text: str, down: int = 1, across: int = 1) -> dict[str, object]:
        box = {"x0": 0.0, "y0": 0.0, "x1": 10.0, "y1": 10.0, "page": 1}
        return {"table_no": 1, "row": row, "col": col, "row_span": down, "col_span": across, "text": text, **box}

    cells = [cell(1, 1, "项目", down=2), cell(1, 2, "金额", across=2), cell(2, 3, "其中"), cell(3, 1, "合计")]
    table = {"table_no": 1, "row_count": 3, "col_count": 3}
    paper = PaperRows(Reading(document=None), [table], cells, [])  # type: ignore[arg-type]
    (printed,) = printed_tables(paper, [])
    assert [[each.text for each in row] for row in printed.rows] == [["项目", "金额"], ["", "其中"], ["合计", "", ""]]
    assert drawn_page(cells, 100, 50).count("<text") == 4


def a_year_before(reading: Reading) -> Reading:
    """The same paper as if it were last year's, every amount a yuan less."""
    identity = "a" * 64
    year = (reading.document.fiscal_year or 0) - 1
    items = tuple(
        replace(
            item,
            document_id=identity,
            fiscal_year=year,
            amount=item.amount - 1,
            amount_id=hashlib.sha256(item.amount_id.encode()).hexdigest()[:16],
        )
        for item in reading.line_items
    )
    return replace(
        reading, document=replace(reading.document, document_id=identity, fiscal_year=year), line_items=items
    )


def test_last_year_s_amount_stands_beside_this_year_s(
    demo_readings: list[Reading], processes: DocumentProcesses, tmp_path: Path
) -> None:
    (this,) = [each for each in demo_readings if each.document.kind == "budget"]
    site = build_site(published([this, a_year_before(this)], tmp_path), None, NOWHERE, processes).site
    page = site / "papers" / paper_page(this.document.document_id)
    earlier = payload_of(page)["earlier"]
    links = re.findall(r"<a id=([0-9a-z]+)>", page.read_text("utf-8"))
    amounts = {item.amount_id: item.amount for item in this.line_items}
    assert len(earlier) > len(amounts) / 2
    for at, (yuan, address) in earlier.items():  # type: ignore[attr-defined]
        assert Decimal(yuan) == amounts[links[int(at)]] - 1
        name, _, amount_id = address.partition("#")
        assert f"<a id={amount_id}>" in (site / "papers" / name).read_text("utf-8")
