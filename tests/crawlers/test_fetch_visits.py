"""Visits to the sample portal: every family, the second night, and what a site does between two nights."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from visiting import Memory, visit

from crawlers.archive import Archive
from samples.portal import Fault, PortalServer, Site, many_publications, portal_of
from samples.portal.publications import bundled
from samples.portal.rar import stored_rar
from schemas.captures import Capture, CrawlEvent
from schemas.portals import Family

FAMILIES: tuple[Family, ...] = ("trs", "vsb", "jcms", "ucap", "generic")
PAPERS = many_publications(18)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_gives_all_its_papers_once(family: Family, tmp_path: Path) -> None:
    zipped = bundled(PAPERS[16:], "示例市直属学校2023年度部门决算")
    site = Site(family, [*PAPERS[:16], zipped], per_page=7)
    with PortalServer([site]):
        visited = visit(portal_of(site), Memory(tmp_path))
    assert visited.error is None
    assert visited.reasons == {}
    assert [len(visited.captures), len({capture.document_id for capture in visited.captures})] == [18, 18]
    assert {capture.file_name for capture in visited.captures} == {paper.file_name for paper in PAPERS}
    assert {capture.paper.fiscal_year for capture in visited.captures} == {2023}
    archive = Archive.open(str(tmp_path / "archive"))
    assert {capture.document_id for capture in visited.captures} < set(archive.document_ids())
    assert site.exchanges.most_at_once == 1
    assert all(exchange.user_agent.startswith("gongkai/") for exchange in site.exchanges.all())
    assert site.exchanges.all()[0].target == "/robots.txt"


def test_a_second_night_transfers_nothing_and_a_third_only_what_changed(tmp_path: Path) -> None:
    site, memory = Site("trs", PAPERS[:6], per_page=4), Memory(tmp_path)
    with PortalServer([site]):
        portal = portal_of(site)
        first = visit(portal, memory)
        first_bytes = site.exchanges.sent_bytes
        site.exchanges.clear()

        second = visit(portal, memory)
        assert [len(second.captures), len(second.unchanged), second.reasons] == [0, 6, {}]
        assert sum(exchange.body_bytes for exchange in site.exchanges.all()) == 0
        assert site.exchanges.sent_bytes < 0.05 * first_bytes

        site.publish(site.published[1:])  # the first vanishes from the list
        site.replace_content(0, PAPERS[10].content)
        third = visit(portal, memory)
        (changed,) = third.captures
        assert changed.paper.title == PAPERS[1].title
        assert changed.document_id not in {capture.document_id for capture in first.captures}
        assert len(third.unchanged) == 4

        site.rebuild()
        fourth = visit(portal, memory)
    assert {capture.document_id for capture in fourth.captures} == {
        capture.document_id for capture in (*first.captures[1:], changed)
    } - {first.captures[1].document_id}
    assert not {capture.paper.url for capture in fourth.captures} & {capture.paper.url for capture in first.captures}


def test_a_server_without_validators_is_fetched_again_and_found_unchanged(tmp_path: Path) -> None:
    site, memory = Site("ucap", PAPERS[:2]), Memory(tmp_path)
    with PortalServer([site]):
        site.faults = [Fault("*/files/*", "no_validators")]
        first, second = visit(portal_of(site), memory), visit(portal_of(site), memory)
    assert [len(first.captures), len(second.captures), len(second.unchanged)] == [2, 0, 2]


def test_members_of_an_archive_are_fetched_again_after_a_crash_between_them(tmp_path: Path) -> None:
    names = ["甲.pdf", "乙.pdf", "丙.pdf"]
    members = [(name.encode("gb18030"), paper.content) for name, paper in zip(names, PAPERS, strict=False)]
    site = Site("vsb", [replace(PAPERS[0], content=stored_rar(members), file_name="三份.rar")])
    memory = Memory(tmp_path)
    with PortalServer([site]):
        first = visit(portal_of(site), memory)
        assert [capture.member for capture in first.captures] == names
        memory.keep(first.captures[:2])  # as if the ledger had seen no more
        second = visit(portal_of(site), memory)
        assert [capture.member for capture in second.captures] == names
        third = visit(portal_of(site), memory)
    assert [len(third.captures), len(third.unchanged)] == [0, 1]


def test_a_pdf_and_the_files_that_it_carries_are_fetched_together(tmp_path: Path) -> None:
    own, carried = PAPERS[0].content, PAPERS[1].content
    with pikepdf.open(io.BytesIO(own)) as pdf:
        pdf.attachments["附件.pdf"] = pikepdf.AttachedFileSpec(pdf, carried, filename="附件.pdf")
        pdf.save(whole := io.BytesIO())
    site = Site("vsb", [replace(PAPERS[0], content=whole.getvalue())])
    memory = Memory(tmp_path)
    with PortalServer([site]):
        first, second = visit(portal_of(site), memory), visit(portal_of(site), memory)
    assert [capture.member for capture in first.captures] == ["附件.pdf", None]
    assert first.captures[0].document_id == sha256(carried).hexdigest()
    assert [len(second.captures), len(second.unchanged)] == [0, 1]


def test_the_portal_as_a_whole_is_judged(tmp_path: Path) -> None:
    expected = [{"kind": "final_accounts", "papers_at_least": 40, "from_month": 9}]
    twice = [PAPERS[0], replace(PAPERS[0], title="示例市第99中学2023年度部门决算")]
    full, empty = Site("trs", twice), Site("trs", [])
    with PortalServer([full, empty]):
        found = visit(portal_of(full, expected=expected), Memory(tmp_path), now=_in_march_2025)
        none = visit(portal_of(empty, "sample_empty"), Memory(tmp_path))
    assert found.findings == ["far_less_than_expected", "same_bytes"]
    assert none.findings == ["yields_nothing"]


def test_a_dry_run_tells_and_fetches_nothing(tmp_path: Path) -> None:
    site = Site("generic", PAPERS[:5], per_page=2)
    with PortalServer([site]):
        visited = visit(portal_of(site), Memory(tmp_path), dry_run=True)
    assert visited.summary
    assert {paper.title for paper in visited.summary.found} == {paper.title for paper in PAPERS[:5]}
    assert sum(page.papers for page in visited.summary.pages) == 5
    assert not any("/upload/" in exchange.target for exchange in site.exchanges.all())
    assert not (tmp_path / "archive").exists()


def test_a_ledger_that_fails_ends_the_visit(tmp_path: Path) -> None:
    site = Site("trs", PAPERS)
    with PortalServer([site]):
        visited = visit(portal_of(site), Memory(tmp_path), report=_third_capture_fails)
    assert visited.error
    assert "ledger is locked" in visited.error
    assert len(visited.captures) == 2
    assert sum(".pdf" in exchange.target for exchange in site.exchanges.all()) <= 7


def _in_march_2025() -> datetime:
    return datetime(2025, 3, 1, tzinfo=UTC)


def _third_capture_fails(events: list[CrawlEvent], event: CrawlEvent) -> Any:
    if isinstance(event, Capture) and len(events) == 2:
        raise OSError("the ledger is locked")
    events.append(event)
