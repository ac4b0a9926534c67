"""From verdicts to statuses: what is proven, what was misread, and what the publisher printed wrong."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checks.evaluation.evaluating import evaluated
from checks.failures.accusing import Accusations, accused
from checks.failures.constraints import Constraints
from checks.failures.explaining import explanations
from checks.failures.rereading import Reread, SecondReading, read_again
from checks.paper import Paper, papers
from checks.proofs.evidence import Evidence, held_against
from checks.proofs.proving import Proofs
from checks.records import Alternative, Evaluated, Explanation, Place, place_of
from checks.statements.units import Source, meetings, scales_apart, unit_checks
from checks.unread import (
    cut_tables,
    doubtful_tables,
    half_titled_tables,
    tables_of_unsaid_sets,
    tables_of_unsaid_unit,
)
from schemas.changing import changed
from schemas.identities import Catalogue, catalogue
from schemas.records import Finding, LineItem, NarrativeFact, Status


@dataclass(frozen=True, slots=True)
class Settled:
    """The amounts of a document with their statuses, every check, and what the failing ones come down to."""

    items: tuple[LineItem, ...]
    checks: tuple[Evaluated, ...]
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What else is known when amounts are settled.

    `facts` are the figures of the prose, which tell of units only; `findings` what was seen and not understood;
    `doubted` the ids of identities that fail in most papers of the publisher, `known` of those that its other papers
    bear out.
    """

    facts: Sequence[NarrativeFact] = ()
    findings: Sequence[Finding] = ()
    doubted: Collection[str] = ()
    known: Collection[str] = ()


NOTHING = Beside()


def check(
    items: Sequence[LineItem],
    reread: Reread | None = None,
    identities: Catalogue | None = None,
    facts: Sequence[NarrativeFact] = (),
    *,
    findings: Sequence[Finding] = (),
    doubted: Collection[str] = (),
    known: Collection[str] = (),
) -> Settled:
    """Check the amounts of one document and settle their statuses.

    `reread` is the second reader, None without one; the others are those of `Beside`.
    """
    beside = Beside(facts, findings, doubted, known)
    return settle(items, evaluated(items, identities), reread, identities, beside)


def settle(
    items: Sequence[LineItem],
    checks: Sequence[Evaluated],
    reread: Reread | None = None,
    identities: Catalogue | None = None,
    beside: Beside = NOTHING,
) -> Settled:
    """Give each amount its status from the checks of its document, and the reason where it is not proven.

    Where a check fails, the second reader reads every amount of it; the one combination of readings that satisfies all
    checks around is taken (`repaired`). What still fails, and is borne out elsewhere, is explained by the fewest
    amounts, which are marked: as `source_inconsistent` where both readers agree on them and nothing beside them is
    unread, else as `contradicted`. A form whose unit slipped proves nothing, and what it says against other forms is
    not held against them.
    """
    shared = meetings(checks, items, beside.facts)
    slipped = scales_apart(shared)
    second = _second_reading(items, _of_one_scale(checks, slipped), reread) if reread else SecondReading()
    if second.taken:
        items = [_with_reading(item, second.taken.get(place_of(item))) for item in items]
        checks = evaluated(items, identities)
    sound = _of_one_scale(checks, slipped)
    at = _by_place(items)
    evidence = Evidence.of(sound, beside.doubted, beside.known)
    held = held_against(sound, evidence)
    proofs = Proofs.of(items, _papers(items, identities), sound, evidence, half_titled_tables(beside.findings))
    blamed = explanations(at, Constraints(held))
    found = blamed if len(held) == len(sound) else explanations(at, Constraints(sound))
    likely = {place for each in found for place in each.changes}
    unread = doubtful_tables(beside.findings, items)
    marks = accused(blamed, at, second, unread=unread, doubtful=proofs.doubtful, likely=likely)
    unsaid = tables_of_unsaid_unit(beside.findings)
    told = _Told(
        proofs,
        marks,
        second,
        slipped,
        _failing_places(checks),
        _suspects(found, evidence),
        unsaid,
        cut_tables(beside.findings),
        tables_of_unsaid_sets(beside.findings),
    )
    settled = tuple(_settled(item, told) for item in items)
    return Settled(settled, (*checks, *unit_checks(shared, slipped)), found)


@dataclass(frozen=True, slots=True)
class _Told:
    """All that decides on an amount's status."""

    proofs: Proofs
    marks: Accusations
    second: SecondReading
    slipped: Collection[Source]
    failing: Collection[Place]
    suspects: Collection[Place]
    of_unsaid_unit: Collection[int]
    cut: Collection[int]
    of_unsaid_sets: Collection[int]


def _suspects(found: Iterable[Explanation], evidence: Evidence) -> frozenset[Place]:
    """The places that failing checks come down to, also where nobody may be held to these: one of them can be wrong."""
    told = [each for each in found if any(failure.family not in evidence.lost for failure in each.failures)]
    return frozenset(place for each in told for place in each.changes)


def _settled(item: LineItem, told: _Told) -> LineItem:
    status, reason = _status(item, place_of(item), told)
    return changed(item, status=status, status_reason=reason)


def _status(item: LineItem, place: Place, told: _Told) -> tuple[Status, str | None]:
    """Give a status and the reason why it is not `proven`: a mark comes first, then a repair, then a proof."""
    if item.table_no in told.of_unsaid_sets:
        return "unproven", "paper_unsaid"
    if place in told.marks:
        return told.marks[place]
    if Source(*place[:2]) in told.slipped:
        return ("contradicted" if place in told.failing else "unproven"), "unit_in_doubt"
    if item.table_no in told.of_unsaid_unit or item.table_no in told.cut:
        return "unproven", "unit_in_doubt" if item.table_no in told.of_unsaid_unit else "column_unsettled"
    refuted = told.proofs.refuted(item, place) or ("accusation_unproven" if place in told.suspects else None)
    if place in told.second.taken and refuted is None:
        return "repaired", "reread"
    reason = "second_reader_differs" if place in told.second.disputed else refuted or told.proofs.missing(item, place)
    return ("unproven", reason) if reason else ("proven", None)


def _of_one_scale(checks: Sequence[Evaluated], slipped: Collection[Source]) -> Sequence[Evaluated]:
    """Leave out the checks between a form whose unit slipped and others."""
    if not slipped:
        return checks
    return [each for each in checks if len(sources := _sources(each)) < 2 or sources.isdisjoint(slipped)]


def _sources(check: Evaluated) -> set[Source]:
    return {Source(*term.place[:2]) for term in check.terms}


def _failing_places(checks: Iterable[Evaluated]) -> frozenset[Place]:
    return frozenset(term.place for each in checks if each.verdict == "fails" for term in each.terms)


def _second_reading(items: Iterable[LineItem], checks: Iterable[Evaluated], reread: Reread) -> SecondReading:
    at = _by_place(items)
    constraints = Constraints(checks)
    suspects = [place for each in explanations(at, constraints) for place in each.changes]
    return read_again(at, constraints, suspects, reread)


def _with_reading(item: LineItem, other: Alternative | None) -> LineItem:
    if other is None:
        return item
    return replace(item, printed=other.printed, amount=other.amount, reader=other.reader, confidence=other.confidence)


def _by_place(items: Iterable[LineItem]) -> Mapping[Place, LineItem]:
    return {place_of(item): item for item in items}


def _papers(items: Iterable[LineItem], identities: Catalogue | None) -> list[Paper]:
    return list(papers(items, (identities or catalogue()).rows))
