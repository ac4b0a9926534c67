"""Papers in several files, as some cities publish them: the prose as PDF, and the forms as a workbook beside it.

Files lie together that one page offers, or that lie in one folder or archive. They are one paper where they are of one
department, kind and year, no form is in two of them, at most one has prose, and the figures bear it out: more of the
checks between them hold than fail. Each stays a document; `paper_id` says which belong together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from checks import place_of, recorded
from checks.between_files import FileSeen, between_files, within_file
from checks.statements.last_year import CHECK_ID as LAST_YEAR
from reading import work
from reading.running.outcomes import Outcome, outcome_of
from schemas.records import Check, DisclosureItem, DutyReason, Reading
from schemas.wording import short_name

FEWEST_FACTS = 3
"""A file that states fewer figures has no prose: notes below forms state one or two."""
MOST_FILES = 40
"""No paper is in more files."""
ANSWERS = ("met", "not_applicable")
ELSEWHERE: DutyReason = "in_another_file"


def join_parts(outcomes: Iterable[Outcome], places: Mapping[str, str], folder: Path) -> Mapping[str, Outcome]:
    """Join the readings of the work folder that are parts of one paper; what became of those that this changes.

    `places` says for a document where it lies: documents of one place lie together.
    """
    together: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.department and outcome.kind and outcome.fiscal_year and outcome.document_id in places:
            paper = (short_name(outcome.department), outcome.kind, outcome.fiscal_year)
            together[places[outcome.document_id], *paper].append(outcome.document_id)
    changed: dict[str, Outcome] = {}
    for identities in together.values():
        if len(identities) > 1:
            changed |= join(identities, folder)
    return changed


def join(identities: Sequence[str], folder: Path) -> Mapping[str, Outcome]:
    """Join these documents' readings of the work folder where they are one paper, and part them where they are not.

    Done again after one of them was read anew, it gives what it would have given at once. Returns what became of those
    that this changes, by document.
    """
    before = [work.kept(identity, folder) for identity in sorted(identities)]
    apart = [alone(reading) for reading in before]
    parts = [reading for reading in apart if reading.document.superseded_by is None and _says_anything(reading)]
    joined = {reading.document.document_id: reading for reading in _joined(parts)}
    changed = {}
    for old, own in zip(before, apart, strict=True):
        new = joined.get(own.document.document_id, own)
        if new != old:
            work.keep(new, folder)
            changed[new.document.document_id] = outcome_of(new)
    return changed


def alone(reading: Reading) -> Reading:
    """A reading without what it has of other files of its paper."""
    document = reading.document
    if document.paper_id is None:
        return reading
    file = FileSeen(reading.line_items, reading.narrative_facts)
    own = {(check.check_id, check.subject): check for check in recorded(within_file(file))}
    printed = {str(place_of(item)) for item in reading.line_items}
    checks = [
        check if check.check_id == LAST_YEAR or printed.issuperset(check.amounts) else own.get(_key(check))
        for check in reading.checks
    ]
    lacking: DutyReason = (
        "prose_not_in_file" if any(table.declared.form for table in reading.tables) else "forms_not_in_file"
    )
    disclosure = tuple(
        DisclosureItem(item.duty, "cannot_be_told", lacking) if item.reason == ELSEWHERE else item
        for item in reading.disclosure
    )
    return replace(
        reading,
        document=replace(document, paper_id=None),
        checks=tuple(check for check in checks if check is not None),
        disclosure=disclosure,
    )


def _key(check: Check) -> tuple[str, str]:
    return check.check_id, check.subject


def _says_anything(reading: Reading) -> bool:
    return bool(reading.line_items) or _has_prose(reading)


def _has_prose(reading: Reading) -> bool:
    return len(reading.narrative_facts) >= FEWEST_FACTS


def _forms(reading: Reading) -> frozenset[str]:
    return frozenset(item.form for item in reading.line_items)


def _joined(parts: Sequence[Reading]) -> Iterator[Reading]:
    """The parts as those of one paper; nothing where they are none."""
    forms = [form for part in parts for form in _forms(part)]
    if not 1 < len(parts) <= MOST_FILES or len(forms) > len(set(forms)) or sum(map(_has_prose, parts)) > 1:
        return
    files = {part.document.document_id: FileSeen(part.line_items, part.narrative_facts) for part in parts}
    between = between_files(files)
    if not between.borne_out:
        return
    paper_id = min(files)
    for part in parts:
        found = recorded(between.checks[part.document.document_id])
        new = {_key(check) for check in found}
        kept = tuple(check for check in part.checks if _key(check) not in new)
        yield replace(
            part,
            document=replace(part.document, paper_id=paper_id),
            checks=(*kept, *found),
            disclosure=tuple(_disclosed(part, parts)),
        )


def _disclosed(part: Reading, parts: Sequence[Reading]) -> Iterator[DisclosureItem]:
    """What the paper has, as one of its files: what another has, this one does not lack."""
    others = [item for other in parts if other is not part for item in other.disclosure if item.verdict in ANSWERS]
    answers = {item.duty: item for item in reversed(others)}
    for item in part.disclosure:
        answer = answers.get(item.duty)
        if item.verdict in ANSWERS or answer is None or item.verdict == "not_looked":
            yield item
        else:
            yield DisclosureItem(item.duty, answer.verdict, ELSEWHERE, found=answer.found)
