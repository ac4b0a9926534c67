"""Nights on sample portals of three families: what is new is read and published, and nothing is done twice."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from night_world import World, world
from rich.console import Console

from cli.printing.discovery import discover
from flows.night.steps import requeue_selected
from ledger.selection import Selection
from samples.portal import Fault, many_publications
from samples.portal.faults import BLOCK_PAGE

PAPERS = many_publications(7)


@pytest.fixture
def portals(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, {"trs": PAPERS[:2], "vsb": PAPERS[2:4], "jcms": PAPERS[4:6]}) as made:
        yield made


def test_from_an_empty_root_to_a_release_and_then_nothing_new(portals: World) -> None:
    first = portals.night()
    assert [visited.finish_reason for visited in first.visits] == ["finished"] * 3
    assert first.processed.by_status == {"read": 6}
    assert first.sound
    assert first.published is not None
    assert first.published.release.is_new
    documents = portals.rows("documents")
    assert {(row["title"], row["fiscal_year"], row["kind"]) for row in documents} == {
        (paper.title, paper.year, paper.kind) for paper in PAPERS[:6]
    }
    assert all(row["division_code"] == "430299" and row["source_url"] and row["page_url"] for row in documents)
    assert {row["published_on"] for row in documents} == {paper.published_on for paper in PAPERS[:6]}

    sent = sum(site.exchanges.sent_bytes for site in portals.sites)
    for site in portals.sites:
        site.exchanges.clear()
    second = portals.night()
    assert sum(visited.unchanged for visited in second.visits) == 6
    assert second.processed.by_status == {}
    assert second.published is not None
    assert not second.published.release.is_new
    rerun = [exchange for site in portals.sites for exchange in site.exchanges.all()]
    assert [each.target for each in rerun if each.body_bytes and ".pdf" in each.target.lower()] == []
    assert sum(site.exchanges.sent_bytes for site in portals.sites) < 0.05 * sent


def test_changed_bytes_are_a_new_capture_and_what_vanishes_stays(portals: World) -> None:
    portals.night()
    trs = portals.sites[0]
    before = {row["title"]: row["document_id"] for row in portals.rows("documents")}
    trs.publish(PAPERS[1:2])
    trs.replace_content(0, PAPERS[6].content)
    report = portals.night("sample_trs")
    assert report.processed.by_status == {"read": 1}
    rows = {row["document_id"]: row for row in portals.rows("documents")}
    assert before.items() <= {(row["title"], identity) for identity, row in rows.items()}
    newer = next(identity for identity in rows if identity not in before.values())
    superseded = {identity: row["superseded_by"] for identity, row in rows.items() if row["superseded_by"]}
    assert superseded == {before[PAPERS[1].title]: newer}


def test_what_failed_is_told_and_done_again(portals: World) -> None:
    vsb, jcms = portals.sites[1], portals.sites[2]
    vsb.publish([replace(PAPERS[2], content=PAPERS[2].content[:-600] + b"\n%%EOF"), PAPERS[3]])
    jcms.faults.append(Fault("*downfile*", "body", body=BLOCK_PAGE))
    report = portals.night()
    assert report.processed.by_status == {"read": 3, "failed": 1}
    assert not report.sound  # every paper of one portal was refused
    assert list(report.breaches) == ["sample_jcms"]

    status, out, _ = portals.ran("status", "--json")
    assert status == 0
    told = json.loads(out)
    assert "block_page" in json.dumps(told)
    assert "damaged_pdf" in json.dumps(told)

    (failed,) = (row for row in portals.rows("documents") if row["status"] == "failed")
    status, out, _ = portals.ran("status", failed["document_id"][:12])
    assert (status, "damaged_pdf" in out) == (0, True)
    status, out, _ = portals.ran("rerun", "--failed", "--dry-run")
    assert (status, failed["document_id"] in out) == (0, True)
    assert requeue_selected(portals.settings, Selection(failed=True)) == 1
    assert requeue_selected(portals.settings, Selection(failed=True)) == 0

    jcms.faults.clear()
    mended = portals.night()
    assert mended.sound
    assert mended.processed.by_status == {"read": 2, "failed": 1}
    assert len(portals.rows("documents")) == 6


def test_an_address_alone_leads_to_papers_and_to_a_definition_to_begin_with(portals: World) -> None:
    told = io.StringIO()
    site = portals.sites[0]
    assert discover(site.entry, portals.settings, Console(file=told, width=1000), allow_private=True)
    said = told.getvalue()
    assert all(paper.title in said for paper in PAPERS[:2])
    assert f"address: {site.entry}" in said
    assert [each for each in site.exchanges.all() if ".pdf" in each.target] == []


def test_an_address_of_this_machine_is_not_looked_at_for_a_user(portals: World) -> None:
    told = io.StringIO()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GONGKAI_CONTACT", "test@example.org")
        assert not discover(portals.sites[0].entry, portals.settings, Console(file=told, width=1000))
    assert "forbidden_address" in told.getvalue()
    assert portals.sites[0].exchanges.all() == []


def test_a_paper_by_hand_goes_down_the_same_line(portals: World, tmp_path: Path) -> None:
    paper = tmp_path / "手工.pdf"
    paper.write_bytes(PAPERS[6].content)
    status, out, err = portals.ran("add", str(paper), "--portal", "sample_trs", "--url", "http://127.0.0.1/paper.pdf")
    assert status == 0, err
    portals.night("sample_vsb")
    by_hand = [row for row in portals.rows("documents") if row["source_url"] == "http://127.0.0.1/paper.pdf"]
    assert [(row["portal"], row["status"], row["file_name"]) for row in by_hand] == [("sample_trs", "read", "手工.pdf")]
    assert by_hand[0]["document_id"] in out


def test_less_than_expected_breaks_the_night_and_ships_the_rest(portals: World) -> None:
    expected = [{"kind": PAPERS[0].kind, "papers_at_least": 50, "from_month": 1}]
    portals.define(portals.sites[0], expected=expected)
    status, out, err = portals.ran("nightly", "--no-prefect", "--no-site", "--portal", "sample_trs")
    assert status == 1, err
    assert "far_less_than_expected" not in err
    assert "< 25" in out
    assert len(portals.rows("documents")) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nightly", "--portal", "nowhere"), "no such portal"),
        (("rerun",), "run gongkai nightly first"),
        (("status",), "run gongkai nightly first"),
        (("crawl", "--discover", "ftp://example.org"), "give an http or https address"),
    ],
)
def test_wrong_use_is_told_in_a_line(portals: World, words: tuple[str, ...], said: str) -> None:
    status, _, err = portals.ran(*words)
    assert status == 2
    assert said in err
    assert len(err.splitlines()) == 1
