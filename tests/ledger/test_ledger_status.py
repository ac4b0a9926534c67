"""What `gongkai status` and `gongkai rerun --dry-run` tell of a night."""

import json
from io import StringIO

import pytest
from made_events import CODE, PORTAL, capture, failure, finding, identity, unchanged
from rich.console import Console

from cli.printing.selection import print_selection
from cli.printing.status import show_status
from ledger import Ledger
from ledger.selection import Selection, chosen, requeue
from schemas.errors import WrongUseError

NAMES = ("财政局", "审计局", "教育局", "卫健局")
READ, DAMAGED, ENCRYPTED, WAITING = (identity(name) for name in NAMES)


@pytest.fixture
def night(ledger, clock) -> Ledger:
    """A night with four papers, of which two could not be read, one failed address and one finding."""
    visit = ledger.begin_night(PORTAL, CODE)
    ledger.record_all([capture(name, clock()) for name in NAMES], visit)
    ledger.record_all([failure("x", clock(), "gone"), finding(clock())], visit)
    clock.forward(minutes=4)
    ledger.end_night(visit, requests=31, bytes_received=2_500_000, finish_reason="finished")
    ledger.stage_done(ledger.stage_begun(READ, "read", CODE))
    ledger.stage_failed(ledger.stage_begun(DAMAGED, "read", CODE), "damaged_pdf", "no trailer")
    ledger.stage_failed(ledger.stage_begun(ENCRYPTED, "read", "older"), "encrypted_pdf")
    return ledger


def told(ledger: Ledger, document: str | None = None, *, as_json: bool = False) -> str:
    out = StringIO()
    assert show_status(ledger, document, Console(file=out, width=200), as_json=as_json)
    return out.getvalue()


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_the_status_tells_the_night_by_portal_stage_and_reason(night):
    lines = rows(told(night))
    assert ["夜", "night", "2026-09-21"] in lines
    assert [PORTAL, "02:00:00", "02:04:00", "finished", "31", "2.5", "4", "1", "3"] in lines
    assert ["抓取", "fetched", "失败", "failed", "gone", "1"] in lines
    assert ["读取", "read", "失败", "failed", "PDF", "已损坏", "damaged_pdf", "1"] in lines
    assert [PORTAL, "读取", "read", "PDF", "已加密", "encrypted_pdf", "1"] in lines
    assert ["读取", "read", "1", "1", "2"] in lines  # waiting, ok, failed
    assert ["!", PORTAL, "yields_nothing：expected", "80,", "found", "0"] in lines
    assert any(line[:3] == ["✗", "gone：status", "404"] for line in lines)


def test_the_status_as_json_has_the_same(night):
    status = json.loads(told(night, as_json=True))
    (visit,) = status["nights"]
    assert (status["date"], visit["portal"], visit["requests"]) == ("2026-09-21", PORTAL, 31)
    assert {(each["stage"], each["state"], each["reason"]): each["count"] for each in status["brought"]} == {
        ("fetched", "ok", "new"): 4,
        ("fetched", "failed", "gone"): 1,
        ("read", "ok", None): 1,
        ("read", "failed", "damaged_pdf"): 1,
        ("read", "failed", "encrypted_pdf"): 1,
    }
    assert status["failures"][0]["title"] == "x部门决算"
    assert status["findings"][0]["code"] == "yields_nothing"
    assert sum(each["count"] for each in status["standing"] if each["stage"] == "read") == 4


def test_portals_without_news_are_counted_not_listed(night, clock):
    clock.forward(days=1)
    for portal, event in ((PORTAL, unchanged("财政局", clock())), ("hunan", capture("新", clock(), portal="hunan"))):
        visit = night.begin_night(portal, CODE)
        night.record(event, visit)
        night.end_night(visit, requests=2, bytes_received=100, finish_reason="finished")
    lines = rows(told(night))
    assert PORTAL not in [line[0] for line in lines if line]
    assert ["另", "1", "次", "more", "visits"] in lines
    assert ["合计", "total", "4", "0.0", "1", "1"] in lines


def test_an_empty_ledger_says_so(ledger):
    assert "no night yet" in told(ledger)
    assert json.loads(told(ledger, as_json=True))["date"] is None


def test_a_documents_history_is_found_by_the_beginning_of_its_id(night):
    text = told(night, DAMAGED[:8])
    assert DAMAGED in text
    assert "审计局部门决算" in text
    assert "no trailer" in text
    history = json.loads(told(night, DAMAGED[:8], as_json=True))
    assert [(run["stage"], run["status"], run["reason"]) for run in history["runs"]] == [
        ("fetched", "ok", None), ("read", "failed", "damaged_pdf"),
    ]  # fmt: skip


def test_superseded_bytes_say_so(night, clock):
    clock.forward(days=1)
    night.record(capture("审计局", clock(), content="mended"), night.begin_night(PORTAL, CODE))
    assert f"superseded by {identity('mended')}" in told(night, DAMAGED)


@pytest.mark.parametrize("prefix", ["zzzz", ""])
def test_a_document_that_is_not_one_is_wrong_use(night, prefix):
    with pytest.raises(WrongUseError, match="not one document"):
        told(night, prefix)


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(failed=True), {DAMAGED, ENCRYPTED}),
        (Selection(reasons=("damaged_pdf",)), {DAMAGED}),
        (Selection(failed=True, stale=True), {ENCRYPTED}),
        (Selection(stale=True), {ENCRYPTED}),
        (Selection(portals=(PORTAL,)), {READ, DAMAGED, ENCRYPTED, WAITING}),
        (Selection(portals=("hunan",), failed=True), set()),
        (Selection(documents=(READ[:10], WAITING)), {READ, WAITING}),
        (Selection(documents=(READ[:10],), failed=True), set()),
    ],
)
def test_a_selection_finds_its_documents_each_once(night, selection, found):
    standings = list(chosen(night, selection, CODE))
    assert sorted(each.document_id for each in standings) == sorted(found)
    assert {each.stage for each in standings} <= {"read"}


def test_a_document_that_failed_at_two_stages_begins_at_the_first(night):
    night.stage_failed(night.stage_begun(DAMAGED, "published", CODE), "rows_refused")
    stages = {each.document_id: each.stage for each in chosen(night, Selection(failed=True), CODE)}
    assert stages == {DAMAGED: "read", ENCRYPTED: "read"}


def test_nothing_given_is_not_everything(night):
    with pytest.raises(WrongUseError, match="--failed"):
        chosen(night, Selection(), CODE)


def test_what_is_chosen_waits_again_and_choosing_again_is_no_change(night):
    failed = Selection(failed=True)
    assert requeue(night, chosen(night, failed, CODE)) == 2
    assert requeue(night, chosen(night, failed, CODE)) == 0
    assert {each.document_id for each in night.due("read", CODE)} == {DAMAGED, ENCRYPTED, WAITING}


def test_a_dry_run_tells_what_would_be_done(night):
    out = StringIO()
    assert print_selection(chosen(night, Selection(failed=True), CODE), Console(file=out, width=200)) == 2
    lines = rows(out.getvalue())
    assert [PORTAL, "读取", "read", "失败", "failed", "PDF", "已损坏", "damaged_pdf", "1"] in lines
    assert [DAMAGED, PORTAL] in lines
    assert "2 documents" in out.getvalue()
