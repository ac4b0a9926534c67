"""How far documents came: runs begun, ended, killed and begun again; what is due next."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_events import CODE, PORTAL, capture, identity
from sqlalchemy import select

from ledger import Ledger
from ledger.database import read_transaction, write_transaction
from ledger.errors import (
    AmbiguousDocumentError,
    NoInputError,
    UnknownDocumentError,
)
from ledger.queries import due as due_pages
from ledger.recording.counts import recount
from ledger.records import StateCount
from ledger.tables import standing_tallies

A, B = identity("a"), identity("b")


@pytest.fixture
def papers(ledger, clock) -> Ledger:
    """A ledger with two documents that were fetched."""
    night = ledger.begin_night(PORTAL, CODE)
    ledger.record_all([capture("a", clock()), capture("b", clock())], night)
    return ledger


def done(ledger: Ledger, document_id: str, *stages: str, code: str = CODE) -> None:
    for stage in stages:
        ledger.stage_done(ledger.stage_begun(document_id, stage, code))


def due(ledger: Ledger, stage: str, code: str | None = CODE) -> dict[str, str]:
    found = [(each.document_id, each.why) for each in ledger.due(stage, code)]
    assert ledger.due_count(stage, code) == len(found) == len(dict(found))
    return dict(found)


def counts(ledger: Ledger) -> Counter:
    with read_transaction(ledger.engine) as connection:
        rows = connection.execute(select(standing_tallies)).all()
    return Counter({tuple(row[:-1]): row[-1] for row in rows if row[-1]})


def test_a_document_goes_down_the_line(papers):
    assert due(papers, "read") == {A: "waiting", B: "waiting"}
    assert due(papers, "checked") == {}
    for stage, following in (("read", "checked"), ("checked", "published")):
        done(papers, A, stage)
        assert due(papers, following) == {A: "waiting"}
    assert papers.mark_published([A, B], CODE, "2026.09.21.1") == 1
    assert due(papers, "published") == {}
    assert due(papers, "read") == {B: "waiting"}


def test_a_failed_document_is_published_as_failed_and_not_tried_again_by_the_same_code(papers):
    papers.stage_failed(papers.stage_begun(A, "read", CODE), "encrypted_pdf", "asks for a password")
    assert due(papers, "read") == {B: "waiting"}
    assert due(papers, "checked") == {}
    assert due(papers, "published") == {A: "waiting"}
    assert due(papers, "read", "code-2") == {A: "stale", B: "waiting"}
    run = papers.history(A).runs[-1]
    assert (run.status, run.reason, run.detail) == ("failed", "encrypted_pdf", "asks for a password")


def test_a_killed_run_is_due_again_first_and_taken_up_under_its_number(papers, clock):
    killed = papers.stage_begun(B, "read", CODE)
    assert due(papers, "read") == {B: "interrupted", A: "waiting"}
    assert next(papers.due("read", CODE)).document_id == B
    clock.forward(minutes=5)
    assert papers.stage_begun(B, "read", CODE) == killed
    papers.stage_done(killed)
    run = papers.history(B).runs[-1]
    assert (run.started, run.finished, run.status) == (clock(), clock(), "ok")
    assert len(papers.history(B).runs) == 2


def test_a_killed_run_of_other_code_stays_in_the_history_as_interrupted(papers):
    killed = papers.stage_begun(A, "read", CODE)
    papers.stage_done(papers.stage_begun(A, "read", "code-2"))
    assert [(run.code_version, run.status, run.reason) for run in papers.history(A).runs] == [
        (CODE, "ok", None), (CODE, "failed", "interrupted"), ("code-2", "ok", None),
    ]  # fmt: skip
    papers.stage_failed(killed, "too_late")
    assert due(papers, "read", "code-2") == {B: "waiting"}


def test_ending_a_run_twice_changes_nothing(papers):
    run = papers.stage_begun(A, "read", CODE)
    papers.stage_done(run)
    told = (papers.history(A), papers.counts(), papers.night_counts(papers.last_night()))
    papers.stage_failed(run, "late")
    papers.stage_done(run)
    assert (papers.history(A), papers.counts(), papers.night_counts(papers.last_night())) == told


def test_newer_code_reads_again_and_what_follows_waits_only_where_its_input_changed(papers):
    for document in (A, B):
        papers.stage_done(papers.stage_begun(document, "read", CODE), output_hash=f"reading of {document}")
        done(papers, document, "checked")
    assert due(papers, "read", "code-2") == {A: "stale", B: "stale"}
    assert due(papers, "read", None) == {}
    papers.stage_done(papers.stage_begun(A, "read", "code-2"), output_hash="another reading")
    papers.stage_done(papers.stage_begun(B, "read", "code-2"), output_hash=f"reading of {B}")
    assert due(papers, "checked") == {A: "waiting"}
    assert due(papers, "read", "code-2") == {}
    assert len(papers.history(A).runs) == 4


def test_a_document_that_fails_on_reading_again_is_no_longer_checked(papers):
    done(papers, A, "read", "checked")
    papers.stage_failed(papers.stage_begun(A, "read", "code-2"), "memory_limit")
    assert due(papers, "checked", "code-2") == {}
    assert [each.stage for each in papers.standings(documents=[A])] == ["fetched", "published", "read"]


def test_an_input_may_be_given(papers):
    papers.stage_done(papers.stage_begun(A, "read", CODE, input_hash="with corrections"))
    assert papers.history(A).runs[-1].input_hash == "with corrections"


def test_a_requeued_document_waits_whatever_became_of_it(papers):
    done(papers, A, "read", "checked")
    assert papers.requeue([A, B], "read") == 1
    assert papers.requeue([A], "read") == 0
    assert due(papers, "read") == {A: "waiting", B: "waiting"}
    papers.stage_done(papers.stage_begun(A, "read", CODE))
    assert due(papers, "checked") == {}


def test_unknown_documents_and_missing_inputs_are_typed_errors(papers):
    with pytest.raises(UnknownDocumentError):
        papers.stage_begun("0" * 64, "read", CODE)
    with pytest.raises(NoInputError):
        papers.stage_begun(A, "checked", CODE)
    with pytest.raises(UnknownDocumentError):
        papers.history("0" * 64)


def test_a_unique_prefix_names_a_document(papers):
    assert papers.document_id(A[:4].upper()) == A
    assert papers.document_id(A) == A
    with pytest.raises(UnknownDocumentError):
        papers.document_id("fff%")
    with pytest.raises(AmbiguousDocumentError, match=A):
        papers.document_id("")


def test_standings_are_narrowed_by_all_that_is_given(papers):
    papers.stage_failed(papers.stage_begun(A, "read", CODE), "encrypted_pdf")
    done(papers, B, "read")

    def found(**wanted) -> set[tuple[str, str]]:
        return {(each.document_id, each.stage) for each in papers.standings(**wanted)}

    assert found(states=("failed",)) == {(A, "read")}
    assert found(reasons=("encrypted_pdf",)) == {(A, "read")}
    assert found(stages=("read",), portals=(PORTAL,)) == {(A, "read"), (B, "read")}
    assert found(portals=("hunan",)) == set()
    assert found(documents=(B,), states=("waiting",)) == {(B, "checked")}
    assert found(stages=("read",), other_version_than="code-2") == {(A, "read"), (B, "read")}
    assert found(stages=("read",), other_version_than=CODE) == set()


def test_a_night_tells_what_its_stages_brought(papers, clock):
    papers.stage_failed(papers.stage_begun(A, "read", CODE), "encrypted_pdf")
    papers.stage_done(papers.stage_begun(B, "read", CODE), reason="needs_ocr")
    assert papers.night_counts(papers.last_night()) == (
        StateCount(PORTAL, "fetched", "ok", "new", 2),
        StateCount(PORTAL, "read", "failed", "encrypted_pdf", 1),
        StateCount(PORTAL, "read", "ok", "needs_ocr", 1),
    )
    (read_b,) = papers.standings(reasons=("needs_ocr",))
    assert (read_b.document_id, read_b.state) == (B, "ok")


def test_due_documents_come_in_pages_without_gaps_while_they_are_worked_on(ledger, clock, monkeypatch):
    monkeypatch.setattr(due_pages, "PAGE", 3)
    night = ledger.begin_night(PORTAL, CODE)
    names = [f"paper {number}" for number in range(11)]
    ledger.record_all([capture(name, clock()) for name in names], night)
    taken = []
    for each in ledger.due("read", CODE):
        done(ledger, each.document_id, "read")
        taken.append(each.document_id)
    assert sorted(taken) == sorted(map(identity, names))
    assert len(list(ledger.standings(stages=("read",)))) == 11


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["capture", "begin", "done", "failed", "requeue", "publish"]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["read", "checked", "published"]),
        st.sampled_from(["code-1", "code-2"]),
        st.sampled_from([PORTAL, "hunan"]),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_tallies_count_what_is_there_whatever_happens(ledger, clock, steps):
    """Against an independent count by the database itself."""
    running: dict[tuple[str, str], int] = {}
    for action, name, stage, code, portal in steps:
        clock.forward(seconds=-1)  # a capture that comes in late may be the earliest
        take(ledger, clock, running, (action, name, stage, code, portal))
        kept = counts(ledger)
        with write_transaction(ledger.engine) as connection:
            recount(connection)
        assert kept == counts(ledger)


def take(ledger, clock, running, step) -> None:
    action, name, stage, code, portal = step
    document, run = identity(name), running.get((name, stage))
    try:
        if action == "capture":
            ledger.record(capture(name, clock(), portal=portal), ledger.begin_night(portal, code))
        elif action == "begin":
            running[name, stage] = ledger.stage_begun(document, stage, code)
        elif action == "requeue":
            ledger.requeue([document], stage)
        elif action == "publish":
            ledger.mark_published([document], code)
        elif run is not None and action == "done":
            ledger.stage_done(run)
        elif run is not None:
            ledger.stage_failed(run, "damaged_pdf")
    except (UnknownDocumentError, NoInputError):
        pass  # a step that the ledger rightly refuses
