"""What a crawl reports, taken down once however often it is reported."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from made_events import CODE, PORTAL, capture, failure, finding, identity, paper, unchanged
from sqlalchemy.exc import StatementError

from ledger import Ledger
from ledger.records import CaptureRecord, StateCount
from schemas.captures import Validators


def captures_of(ledger: Ledger, content: str) -> tuple[CaptureRecord, ...]:
    return ledger.history(identity(content)).captures


def test_a_capture_is_a_document_that_waits_to_be_read(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record(capture("财政局", clock()), night)
    (due,) = ledger.due("read", CODE)
    assert (due.document_id, due.portal, due.input_hash, due.why) == (
        identity("财政局"), PORTAL, identity("财政局"), "waiting",
    )  # fmt: skip
    (kept,) = captures_of(ledger, "财政局")
    told = paper("财政局")
    assert (kept.portal, kept.url, kept.page_url, kept.title) == (PORTAL, told.url, told.page_url, told.title)
    assert (kept.kind, kept.fiscal_year, kept.department) == ("final_accounts", 2024, "财政局")
    assert (kept.published_on, kept.first_seen, kept.last_seen) == (told.published_on, clock(), clock())
    assert kept.member is None
    assert kept.superseded_by is None


def test_the_same_report_again_changes_nothing(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    events = [capture("a", clock()), failure("b", clock()), finding(clock())]
    for event in events:
        ledger.record(event, night)
    told = everything(ledger)
    for event in events * 2:
        ledger.record(event, night)
    assert everything(ledger) == told
    assert len(ledger.failures(night.date)) == 1
    assert len(ledger.findings(night.date)) == 1


def everything(ledger: Ledger) -> tuple[object, ...]:
    on = ledger.last_night()
    assert on is not None
    current = tuple(ledger.current_documents())
    histories = tuple(ledger.history(each.document_id) for each in current)
    overview = (ledger.counts(), ledger.night_counts(on), ledger.coverage(), ledger.failures(on), ledger.findings(on))
    return (current, histories, tuple(ledger.due("read", CODE)), overview, ledger.nights(on))


def test_new_bytes_supersede_and_both_stay(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record(capture("a", clock(), content="old"), night)
    clock.forward(days=1)
    next_night = ledger.begin_night(PORTAL, CODE)
    ledger.record(capture("a", clock(), content="new"), next_night)
    assert [each.superseded_by for each in captures_of(ledger, "old")] == [identity("new")]
    assert [each.superseded_by for each in captures_of(ledger, "new")] == [None]
    by_id = {each.document_id: each.capture.superseded_by for each in ledger.current_documents()}
    assert by_id == {identity("old"): identity("new"), identity("new"): None}
    assert ledger.night_counts(next_night.date) == (StateCount(PORTAL, "fetched", "ok", "changed", 1),)


def test_a_publisher_who_goes_back_to_the_old_bytes_is_followed(ledger, clock):
    for content in ("old", "new", "old"):
        night = ledger.begin_night(PORTAL, CODE)
        ledger.record(capture("a", clock(), content=content), night)
        clock.forward(days=1)
    assert [each.superseded_by for each in captures_of(ledger, "old")] == [None]
    assert [each.superseded_by for each in captures_of(ledger, "new")] == [identity("old")]
    assert ledger.night_counts(night.date) == (StateCount(PORTAL, "fetched", "ok", "changed", 1),)


def test_what_supersedes_does_not_depend_on_the_clock_moving(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record(capture("a", clock(), content="zz first"), night)
    ledger.end_night(night, requests=1, bytes_received=1, finish_reason="finished")
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record(capture("a", clock(), content="aa second"), night)
    assert [each.superseded_by for each in captures_of(ledger, "zz first")] == [identity("aa second")]


def test_members_of_one_archive_do_not_supersede_one_another(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    members = [capture("zip", clock(), content=name, member=name) for name in ("一.pdf", "二.pdf")]
    ledger.record_all(members, night)
    assert [captures_of(ledger, each.member)[0].superseded_by for each in members] == [None, None]
    validators = ledger.validators(paper("zip").url)
    assert validators is not None
    assert set(validators.document_ids) == {each.document_id for each in members}


def test_an_archive_that_was_cut_short_by_a_kill_is_fetched_whole_again(ledger, clock):
    """Of its members the last alone carries the server's tags."""
    night = ledger.begin_night(PORTAL, CODE)
    one, two = (capture("zip", clock(), content=name, member=name) for name in ("一.pdf", "二.pdf"))
    ledger.record_all([replace(one, headers=()), two], night)
    clock.forward(hours=1)
    newer = capture("zip", clock(), content="一 anew", member="一.pdf")
    ledger.record(replace(newer, headers=()), night)  # and here the crawler was killed
    known = ledger.validators(paper("zip").url)
    assert known == Validators(None, None, (newer.document_id,))


def test_a_member_that_an_archive_no_longer_has_stays_but_is_not_seen_again(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    members = [capture("zip", clock(), content=name, member=name) for name in ("一.pdf", "二.pdf")]
    ledger.record_all(members, night)
    clock.forward(days=1)
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record(capture("zip", clock(), content="一.pdf", member="一.pdf"), night)
    clock.forward(days=1)
    ledger.record(unchanged("zip", clock()), ledger.begin_night(PORTAL, CODE))
    assert captures_of(ledger, "一.pdf")[0].last_seen == clock()
    assert captures_of(ledger, "二.pdf")[0].last_seen == clock() - timedelta(days=2)


def test_events_taken_down_together_are_taken_down_all_or_none(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    good, bad = (capture("zip", clock(), content=name, member=name) for name in ("一.pdf", "二.pdf"))
    with pytest.raises(StatementError, match="without its zone"):
        ledger.record_all([good, replace(bad, fetched_at=clock().replace(tzinfo=None))], night)
    assert list(ledger.current_documents()) == []
    assert ledger.validators(paper("zip").url) is None


def test_validators_are_those_of_the_newest_bytes(ledger, clock):
    assert ledger.validators(paper("a").url) is None
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record(capture("a", clock(), content="old"), night)
    clock.forward(hours=1)
    ledger.record(capture("a", clock(), content="new"), night)
    validators = ledger.validators(paper("a").url)
    assert validators is not None
    assert (validators.etag, validators.document_ids) == ('"new"', (identity("new"),))
    assert validators.last_modified == "Mon, 01 Sep 2025 00:00:00 GMT"


def test_an_unchanged_paper_was_seen_again_and_is_not_due_again(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record(capture("a", clock()), night)
    first_seen = clock()
    clock.forward(days=1)
    night = ledger.begin_night(PORTAL, CODE)
    for _ in range(2):
        ledger.record(unchanged("a", clock()), night)
    (kept,) = captures_of(ledger, "a")
    assert (kept.first_seen, kept.last_seen) == (first_seen, clock())
    assert kept.etag == '"a"'
    assert ledger.night_counts(night.date) == (StateCount(PORTAL, "fetched", "ok", "unchanged", 1),)
    assert ledger.due_count("read", CODE) == 1


def test_bytes_that_another_portal_fetched_belong_to_both(ledger, clock):
    ledger.record(capture("a", clock()), ledger.begin_night(PORTAL, CODE))
    clock.forward(minutes=1)
    ledger.record(unchanged("a", clock(), portal="hunan"), ledger.begin_night("hunan", CODE))
    assert [each.portal for each in captures_of(ledger, "a")] == [PORTAL, "hunan"]
    (current,) = ledger.current_documents()
    assert current.capture.portal == PORTAL


def test_a_page_that_calls_a_paper_otherwise_is_believed(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record(capture("a", clock(), title="旧名"), night)
    clock.forward(days=1)
    ledger.record(capture("a", clock(), title="新名"), ledger.begin_night(PORTAL, CODE))
    ledger.record(capture("a", clock() - timedelta(hours=9), title="更旧的名"), night)
    assert [each.title for each in captures_of(ledger, "a")] == ["新名"]


def test_an_archives_captures_make_the_same_ledger_in_any_order(ledger, clock):
    kept = [
        capture("a", clock(), content="old"),
        capture("a", clock() + timedelta(days=3), content="new"),
        capture("b", clock() - timedelta(days=1), content="old", portal="hunan"),
    ]
    told = set()
    for order in itertools.permutations(kept):
        assert ledger.rebuild(order, CODE) == 3
        told.add((tuple(ledger.current_documents()), ledger.counts()))
    assert len(told) == 1
    ((current, counts),) = told
    by_id = {each.document_id: (each.capture.portal, each.capture.superseded_by) for each in current}
    assert by_id == {identity("old"): ("hunan", None), identity("new"): (PORTAL, None)}
    assert {(each.portal, each.stage): each.count for each in counts} == {
        ("hunan", "fetched"): 1, ("hunan", "read"): 1, (PORTAL, "fetched"): 1, (PORTAL, "read"): 1,
    }  # fmt: skip
    assert captures_of(ledger, "old")[1].superseded_by == identity("new")


def test_a_killed_night_is_taken_up_again_on_its_day(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    clock.forward(hours=3)
    assert ledger.begin_night(PORTAL, CODE) == night
    ended = ledger.end_night(night, requests=12, bytes_received=3456, finish_reason="finished")
    assert (ended.finished, ended.requests, ended.bytes_received) == (clock(), 12, 3456)
    assert ledger.end_night(night, requests=0, bytes_received=0, finish_reason="again") == ended
    assert ledger.begin_night(PORTAL, CODE).night_id != night.night_id


def test_a_killed_night_of_another_day_is_closed(ledger, clock):
    killed = ledger.begin_night(PORTAL, CODE)
    assert killed.date == date(2026, 9, 21)  # in Shanghai, where it is two in the morning
    clock.forward(days=1)
    night = ledger.begin_night(PORTAL, CODE)
    assert night.night_id != killed.night_id
    assert [each.finish_reason for each in ledger.nights(killed.date)] == ["interrupted"]
    assert ledger.last_night() == date(2026, 9, 22)


def test_coverage_counts_papers_and_failures_of_the_last_night(ledger, clock):
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record(failure("x", clock(), "blocked"), night)
    clock.forward(days=1)
    night = ledger.begin_night(PORTAL, CODE)
    for event in (
        capture("a", clock(), content="old"),
        capture("a", clock() + timedelta(hours=1), content="new"),
        capture("b", clock()),
        capture("c", clock(), year=None),
        failure("d", clock()),
        failure("e", clock()),
    ):
        ledger.record(event, night)
    unknown, of_2024 = ledger.coverage()
    assert (unknown.fiscal_year, unknown.papers, unknown.superseded, unknown.failures) == (None, 1, 0, {})
    assert (of_2024.papers, of_2024.superseded, of_2024.failures) == (2, 1, {"not_found": 2})
