"""Every duty of the catalogue → a verdict, for each paper and without exception: what was not looked at says why."""

from checks.duties.dates import approved
from checks.duties.forms import by_depth, by_form, by_parts
from checks.duties.front import by_check, by_contents, by_cover
from checks.duties.sections import by_section, why_untold
from checks.duties.seen import PaperSeen
from schemas.duties import ByCheck, ByDate, ByDepth, ByForm, ByParts, BySection, Duty, duties
from schemas.records import DisclosureItem, DutyReason


def judged(seen: PaperSeen) -> tuple[DisclosureItem, ...]:
    """Judge a paper by each duty of the catalogue, in the catalogue's order.

    A paper whose kind or year nobody knows, or that is no department's, is judged by none: `not_looked`, with the
    reason.
    """
    unlooked = _unlooked(seen)
    if unlooked:
        return not_looked(unlooked)
    return tuple(_judged(duty, seen) for duty in duties().duties)


def not_looked(reason: DutyReason) -> tuple[DisclosureItem, ...]:
    """The verdicts on a paper that no duty could be held against."""
    return tuple(DisclosureItem(duty.id, "not_looked", reason) for duty in duties().duties)


def _unlooked(seen: PaperSeen) -> DutyReason | None:
    document = seen.document
    if document.status == "failed" or (document.status == "needs_ocr" and not seen.passages and not seen.tables):
        return "could_not_be_read"
    if document.kind is None or document.fiscal_year is None:
        return "kind_or_year_unknown"
    if document.department is None and not seen.forms:
        return "no_departments_paper"
    return None


def _judged(duty: Duty, seen: PaperSeen) -> DisclosureItem:
    if seen.document.kind not in duty.kinds:
        return DisclosureItem(duty.id, "not_looked", "not_for_this_kind")
    found = _answered(duty, seen)
    if found is not None and found.verdict != "not_met":
        return found
    department, year = seen.document.department, seen.document.fiscal_year or 0
    page, said = (found.page, found.found) if found else (None, None)
    if department is None:
        return DisclosureItem(duty.id, "cannot_be_told", "department_unknown", page, said)
    if not duties().binding(duty, department, year, seen.cover):
        return DisclosureItem(duty.id, "cannot_be_told", "only_local_rule", page, said)
    return found or DisclosureItem(duty.id, "not_met", "absent")


def _answered(duty: Duty, seen: PaperSeen) -> DisclosureItem | None:
    """What answers a duty; None where the paper was read whole and nothing of it is there."""
    match duty.answer:
        case BySection() as answer:
            found = by_section(duty.id, answer, seen) or why_untold(duty.id, answer, seen)
        case ByForm() as answer:
            found = by_form(duty.id, answer, seen)
        case ByDepth() as answer:
            found = by_depth(duty.id, answer, seen)
        case ByParts() as answer:
            found = by_parts(duty.id, answer, seen)
        case ByCheck() as answer:
            found = by_check(duty.id, answer, seen)
        case ByDate():
            found = approved(duty.id, seen.passages)
        case answer:
            found = by_cover(duty.id, seen) if answer.by == "cover" else by_contents(duty.id, seen)
    return found
