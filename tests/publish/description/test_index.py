import html
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from publish.derived.coverage import CrawlCoverage, write_coverage
from publish.description.citation import CITATION, write_citation
from publish.description.dictionary import PAGE, write_dictionary
from publish.description.figures import SUMMARY, read_figures, write_figures
from publish.description.index import index_page, release_entry
from publish.description.page_templates import percent, readable_size
from publish.store.index_files import INDEX, write_index
from schemas.dataset import dataset
from tests.publish.made_tables import item, paper, put

NASTY = '<script>alert("1")</script>'
LINES = ("csv/line_items/fiscal_year=2023.csv", "csv/line_items/fiscal_year=2024.csv")
PIECES = ("parquet/line_items/fiscal_year=2023/a.parquet", "parquet/line_items/fiscal_year=2024/b.parquet")


def resource(path: str, size: int, **other: Any) -> dict[str, Any]:
    form = path.rpartition(".")[2]
    return {"name": re.sub(r"\W", "_", path), "type": "file", "path": path, "format": form, "bytes": size, **other}


def table(name: str, rows: int, *parquet: str) -> list[dict[str, Any]]:
    described = dataset().all_tables[name]
    own = {"description": described.en, "description_zh": described.zh}
    csv = {**resource(f"csv/{name}.csv", 3 * 1024**2), "name": name, "type": "table", "rows": rows}
    parts = [{**resource(path, 1024**2), "table": name, **own} for path in parquet]
    if parquet != PIECES:
        return [{**csv, **own}, *parts]
    lines = [{**resource(path, 3 * 1024**2 // 2), "table": name, **own} for path in LINES]
    in_files = {key: value for key, value in csv.items() if key != "bytes"} | {"path": list(LINES)}
    return [{**in_files, **own}, *lines, *parts]


def descriptor() -> dict[str, Any]:
    resources = [
        *table("documents", 3, "parquet/documents.parquet"),
        *table("line_items", 5, *PIECES),
        *table("departments", 2, "parquet/departments.parquet"),
        resource("CHANGELOG.md", 100),
        resource(NASTY, 7),
    ]
    return {"name": "gongkai", "resources": resources}


def made_release(releases: Path, version: str) -> Path:
    """A release whose tables are small and whose description is whole."""
    release = releases / version
    papers = [
        paper("a", portal="p", division_code="310107"),
        paper("b", portal="p", division_code="310107", fiscal_year=2024),
        paper("c", portal="p", division_code="310107", status="failed"),
    ]
    items = [item(of, line, f"{line}.00") for of in papers[:2] for line in (1, 2)]
    put(release, papers, [*items, item(papers[0], 9, "9.00", status="contradicted")])
    crawl_coverage = [
        CrawlCoverage("p", "310107", 2024, "final_accounts", "found", 2),
        CrawlCoverage("q", None, 2024, "budget", "blocked"),
    ]
    write_coverage(release, crawl_coverage=crawl_coverage)
    for write in (write_figures, write_citation, write_dictionary):
        write(release)
    described = descriptor()
    for each in described["resources"]:
        if isinstance(each["path"], str) and each["path"] != NASTY:
            (release / each["path"]).parent.mkdir(parents=True, exist_ok=True)
            (release / each["path"]).touch()
    (release / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    return release


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases; the older one was made before there were figures."""
    folder = tmp_path_factory.mktemp("releases")
    made_release(folder, "2026.3.5")
    shutil.copytree(folder / "2026.3.5", folder / "2026.3.5.2")
    (folder / "2026.3.5" / SUMMARY).unlink()
    write_index(folder)
    return folder


def visible(page: str) -> str:
    """The text between the tags, as a person reads it."""
    body = re.sub(r"<style>.*?</style>|<wbr>", "", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_figures_count_papers_amounts_and_gaps(releases: Path) -> None:
    figures = read_figures(releases / "2026.3.5.2")
    assert figures is not None
    assert (figures["documents"], figures["read"], figures["departments"]) == (3, 2, 1)
    assert {status: count for status, count in figures["amounts"].items() if count} == {"proven": 4, "contradicted": 1}
    newest, *_, oldest = figures["coverage"]
    assert (newest["fiscal_year"], newest["kind"], newest["gaps"]) == (2024, "budget", {"blocked": 1, "unknown": 1})
    assert (oldest["fiscal_year"], oldest["kind"], oldest["found"], oldest["read"]) == (2023, "final_accounts", 2, 1)


def test_the_page_says_what_a_data_user_asks_first(releases: Path) -> None:
    text = visible((releases / INDEX).read_text(encoding="utf-8"))
    assert text.index("最新版本 newest release 2026.3.5.2") < text.index("All releases") < text.rindex("2026.3.5 ")
    assert "3 份文件 papers" in text or "份文件 papers 3" in text
    assert "已证 proven 80.0 %" in text
    assert "line_items 认出的报表上印出的一个金额一行" in text
    assert "csv 3.0 MiB parquet 2.0 MiB" in text, "the files of a partitioned table stand as one"
    assert 'href="2026.3.5.2/csv/line_items"' in (releases / INDEX).read_text(encoding="utf-8")
    assert "1 × 平台拒绝访问 blocked" in text
    assert "2024 部门决算 a department's final accounts 1 2 1 1 2 1 × 找到的少于应公开的 partly_found" in text
    assert "FROM '2026.3.5.2/parquet/line_items/**/*.parquet'" in text
    assert "Gongkai contributors (2026)." in text


def test_every_link_of_the_page_leads_somewhere(releases: Path) -> None:
    page = (releases / INDEX).read_text(encoding="utf-8")
    links = {html.unescape(link) for link in re.findall(r'href="([^"]+)"', page)}
    inside = {link for link in links if not link.startswith("https://creativecommons.org/") and NASTY not in link}
    assert len(inside) > 8
    assert [link for link in inside if not (releases / link).exists()] == []


@pytest.mark.parametrize("name", [INDEX, f"2026.3.5.2/{PAGE}"])
def test_a_page_needs_nothing_from_elsewhere_and_runs_nothing(releases: Path, name: str) -> None:
    page = (releases / name).read_text(encoding="utf-8").replace('<script type="application/ld+json">', "<data>")
    assert not re.search(r"<(script|link|img|iframe|object)|\ssrc=|@import|url\(|\son\w+=", page)
    assert "default-src 'none'" in page


def test_text_of_a_release_cannot_become_markup(releases: Path) -> None:
    assert NASTY in visible((releases / INDEX).read_text(encoding="utf-8"))


def test_a_folder_without_releases_has_a_page_too(tmp_path: Path) -> None:
    write_index(tmp_path)
    assert "Nothing has been released yet" in (tmp_path / INDEX).read_text(encoding="utf-8")


def test_the_page_is_made_of_the_descriptions_alone() -> None:
    entry = release_entry("2026.3.5", descriptor(), None)
    assert (entry.bytes, entry.amounts) == (3 * 3 * 1024**2 + 4 * 1024**2 + 107, None)
    assert "—" in index_page([entry])


def test_the_newest_release_s_page_links_its_citation(releases: Path) -> None:
    assert f"2026.3.5.2/{CITATION}" in (releases / INDEX).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (30 * 1024**2, "30 MiB"), (2**50, "1024 TiB")]
)
def test_sizes_are_read_by_people(count: int, text: str) -> None:
    assert readable_size(count) == text


def test_a_share_is_only_whole_when_all_are_in_it() -> None:
    assert [percent(9999, 10_000), percent(5, 5), percent(0, 0)] == ["99.9 %", "100.0 %", "—"]


# What a person sees: the page in headless Chromium.

QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
PHONE = 400


@pytest.fixture(scope="module")
def chromium() -> str:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium to open the page with (apt-get install chromium)")
    return program


def opened(chromium: str, page: Path, scratch: Path, width: int, *wanted: str) -> str:
    command: Sequence[str] = (
        chromium, *QUIET, f"--user-data-dir={scratch / 'profile'}", f"--window-size={width},900", *wanted, page.as_uri()
    )  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=90).stdout


def on_a_phone(page: Path, scratch: Path) -> Path:
    """The page in a frame as wide as a phone (a window of Chromium is wider), with a script that tells its widths."""
    frame = html.escape(page.read_text(encoding="utf-8"))
    tell = "const page = frames[0].document.documentElement; document.title = [page.clientWidth, page.scrollWidth]"
    host = scratch / "phone.html"
    style = f"width: {PHONE}px; height: 900px; border: 0"
    shown = f'<title>not measured</title><iframe style="{style}" srcdoc="{frame}"></iframe>'
    host.write_text(f"{shown}<script>onload = () => {{ {tell} }}</script>", encoding="utf-8")
    return host


def test_a_browser_shows_the_page(chromium: str, releases: Path, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    opened(chromium, releases / INDEX, tmp_path, 1200, f"--screenshot={picture}")
    shown = cv2.imread(str(picture))
    assert shown is not None
    assert shown.shape[1] == 1200
    ground = np.bincount(shown.max(axis=2).ravel()).argmax()
    inked = float((np.abs(shown.max(axis=2).astype(int) - int(ground)) > 60).mean())
    assert 0.005 < inked < 0.5, "the page is blank, or black"
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) > 50
    dom = opened(chromium, releases / INDEX, tmp_path, 1200, "--dump-dom")
    assert visible(dom) == visible((releases / INDEX).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [INDEX, f"2026.3.5.2/{PAGE}"])
def test_a_phone_shows_the_page_without_moving_it_sideways(
    chromium: str, releases: Path, tmp_path: Path, name: str
) -> None:
    dom = opened(chromium, on_a_phone(releases / name, tmp_path), tmp_path, 600, "--dump-dom")
    assert re.findall(r"<title>(.*?)</title>", dom)[0] == f"{PHONE},{PHONE}"


def test_search_engines_are_told_what_the_newest_release_is_and_where_its_files_are(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    for version in ("2026.3.5", "2026.3.6"):
        made_release(releases, version)
    write_index(releases)
    page = (releases / INDEX).read_text(encoding="utf-8")
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    described = json.loads(told)
    assert (described["@type"], described["version"], described["datePublished"]) == (
        "Dataset",
        "2026.3.6",
        "2026-03-06",
    )
    assert 50 <= len(described["description"]) <= 5_000
    addresses = {each["contentUrl"]: each["contentSize"] for each in described["distribution"]}
    assert "2026.3.6/parquet/documents.parquet" in addresses
    assert addresses["2026.3.6/csv/documents.csv"] == f"{3 * 1024**2} B"
    assert not any("line_items" in address for address in addresses), "it is parted: an address of a folder is no file"
