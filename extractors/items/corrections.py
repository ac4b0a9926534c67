"""Line items with the known errors of their document put right: corrections as data, applied before any check."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from schemas.corrections import CellPlace, Correction, Corrections, corrections
from schemas.records import Finding, LineItem

CORRECTED = "corrected"
UNUSED = "correction_expectation_failed"
OTHER_FILE = "correction_of_another_file"


def corrected(
    document_id: str, items: Sequence[LineItem], findings: Iterable[Finding], known: Corrections | None = None
) -> tuple[list[LineItem], list[Finding]]:
    """Apply what is known of this document (the project's own corrections by default), and add to its findings.

    A corrected item has the right `amount`, what the paper truly prints as `printed`, and `reader` correction; its cell
    keeps the reading. A correction whose expectation fails is not applied. Each of both ends as a finding, and so does
    a correction of the same department's paper in another file.
    """
    given = known or corrections()
    found = [*findings, *_of_other_files(document_id, items, given)]
    own = given.by_document.get(document_id)
    made = list(items)
    for correction in own.corrections if own else ():
        at = [index for index, item in enumerate(made) if stands_at(item, correction.place)]
        if unmet := _unmet(correction, [made[index] for index in at]):
            found.append(Finding(UNUSED, f"{correction.place}: {unmet}", correction.place.page))
            continue
        found.append(_applied(correction, made[at[0]]))
        made[at[0]] = _with(correction, made[at[0]])
    return made, found


def stands_at(item: LineItem, place: CellPlace) -> bool:
    """Whether an item is in the form, half, row and column of a place; what the place leaves out agrees with any."""
    fixed = (item.page, item.form, item.side, item.measure) == (place.page, place.form, place.side, place.measure)
    row = (item.code, place.code), (item.name, place.name), (item.line, place.line), (item.fund, place.fund)
    whose = (item.department, place.department), (item.organisation, place.organisation)
    return fixed and all(wanted in (None, own) for own, wanted in (*row, *whose))


def _unmet(correction: Correction, items: Sequence[LineItem]) -> str | None:
    """Tell what is not as the correction expects it, None where all is."""
    if len(items) != 1:
        return f"{len(items)} amounts stand there" if items else "no amount stands there"
    (item,) = items
    if (item.printed, item.unit) == (correction.expect, correction.unit):
        return None
    read = f"expected {correction.expect} {correction.unit}, and {item.printed} {item.unit} is read"
    return f"{read}, which is right" if item.amount == correction.right_yuan else read


def _with(correction: Correction, item: LineItem) -> LineItem:
    return replace(item, amount=correction.right_yuan, printed=correction.printed, reader="correction", confidence=1.0)


def _applied(correction: Correction, item: LineItem) -> Finding:
    detail = f"{correction.place}: {correction.expect} -> {correction.right} {correction.unit} ({correction.reason})"
    return Finding(CORRECTED, detail, item.page, item.table_no, item.row, item.col)


def _of_other_files(document_id: str, items: Iterable[LineItem], known: Corrections) -> Iterator[Finding]:
    """Remind of corrections that a new version of a paper leaves behind, for its bytes and so its id are others."""
    for paper in dict.fromkeys((item.department, item.kind, item.fiscal_year) for item in items):
        for other in known.of_other_files(document_id, *paper):
            yield Finding(OTHER_FILE, f"{len(other.corrections)} of {other.file_name} ({other.document_id[:12]})")
