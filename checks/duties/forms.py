"""Duties that the printed forms answer: whether a form is there, how deep its codes go, which parts it tells apart."""

import re
from collections.abc import Iterator, Sequence

from checks.duties.sections import everywhere, matching, says_none, shortened
from checks.duties.seen import PaperSeen
from schemas.duties import ByDepth, ByForm, ByParts
from schemas.identities.papers import papers_known
from schemas.records import DisclosureItem, DutyReason, Finding, Table
from schemas.wording import plain

FEWEST_FORMS = 3
"""A file with fewer recognised forms is none that was meant to hold all of them."""


def by_form(duty: str, answer: ByForm, seen: PaperSeen) -> DisclosureItem | None:
    """Tell of a form whether it is there, None where it is absent.

    One that prints nothing and says why, or of which the paper says that it has none, is not applicable.
    """
    own = tuple(_of(seen, answer.any_of))
    printed = {item.table_no for item in seen.items}
    empty = [table for table in own if table.number not in printed]
    if own and len(empty) == len(own) and (note := _note(empty)):
        return DisclosureItem(duty, "not_applicable", "paper_says_none", note[1], shortened(note[0]))
    if own:
        return DisclosureItem(duty, "met", None, own[0].pages[0], own[0].declared.title)
    said = says_none(everywhere(seen), answer.none, or_zero=True)
    if said:
        return DisclosureItem(duty, "not_applicable", "paper_says_none", said[1], shortened(said[0]))
    return _untold(duty, answer, seen)


def _untold(duty: str, answer: ByForm, seen: PaperSeen) -> DisclosureItem | None:
    """Why nobody can say that a form is absent: None where all was read, and its title stands nowhere but in a list."""
    if not seen.whole:
        return DisclosureItem(duty, "cannot_be_told", "not_read_whole")
    if len({table.declared.form for table in seen.forms}) < FEWEST_FORMS:
        return DisclosureItem(duty, "cannot_be_told", "forms_not_in_file")
    listed = {id(passage) for passage in seen.front}
    texts = [
        (text, passage.page)
        for text, passage in zip(seen.plain, seen.passages, strict=True)
        if id(passage) not in listed
    ]
    said = next(matching((*texts, *seen.printed_beside), answer.titles), None)
    if said:
        return DisclosureItem(duty, "cannot_be_told", "form_unread", said[1], shortened(said[0]))
    return None


def by_depth(duty: str, answer: ByDepth, seen: PaperSeen) -> DisclosureItem:
    """Tell whether a form's codes are as long as the rule asks for."""
    own = tuple(_of(seen, answer.any_of))
    numbers = {table.number for table in own}
    items = [item for item in seen.items if item.table_no in numbers]
    if not own:
        return DisclosureItem(duty, "cannot_be_told", "form_unread" if seen.forms else "forms_not_in_file")
    if not items:
        note = _note(own)
        reason: DutyReason = "paper_says_none" if note else "no_such_case"
        page, said = (note[1], shortened(note[0])) if note else (own[0].pages[0], own[0].declared.title)
        return DisclosureItem(duty, "not_applicable", reason, page, said)
    coded = [item for item in items if item.code and item.code_system == answer.system]
    deep = next((item for item in coded if len(item.code or "") >= answer.digits), None)
    if deep is not None:
        return DisclosureItem(duty, "met", None, deep.page, f"{deep.code} {deep.name}")
    if not coded or any(_of_tables(each, numbers) for each in seen.findings):
        return DisclosureItem(duty, "cannot_be_told", "levels_unread", items[0].page, own[0].declared.title)
    deepest = max(coded, key=lambda item: len(item.code or ""))
    return DisclosureItem(duty, "not_met", "not_deep_enough", deepest.page, f"{deepest.code} {deepest.name}")


def by_parts(duty: str, answer: ByParts, seen: PaperSeen) -> DisclosureItem:
    """Tell whether a form names each of the parts that the rule tells apart; blank cells name them, too."""
    own = tuple(_of(seen, answer.any_of))
    if not own:
        return DisclosureItem(duty, "cannot_be_told", "form_unread" if seen.forms else "forms_not_in_file")
    texts = [plain(cell.text) for table in own for cell in table.cells if cell.text]
    missing = [part for part in answer.parts if not any(re.search(part, text) for text in texts)]
    page, title = own[0].pages[0], own[0].declared.title
    if not missing:
        return DisclosureItem(duty, "met", None, page, title)
    if note := _note(own):
        return DisclosureItem(duty, "not_applicable", "paper_says_none", note[1], shortened(note[0]))
    if any(_of_tables(each, {table.number for table in own}) for each in seen.findings):
        return DisclosureItem(duty, "cannot_be_told", "levels_unread", page, title)
    return DisclosureItem(duty, "not_met", "not_deep_enough", page, title)


def _of(seen: PaperSeen, forms: Sequence[str]) -> Iterator[Table]:
    """The tables of the first of some forms that is there."""
    for form in forms:
        own = [table for table in seen.forms if table.declared.form == form]
        if own:
            yield from own
            return


def _note(tables: Sequence[Table]) -> tuple[str, int] | None:
    """What an empty form says of why it is empty, with its page."""
    for table in tables:
        lines = [(line.text, line.page) for line in table.below]
        lines += [(cell.text, cell.page) for cell in table.cells]
        for text, page in lines:
            if text and papers_known().is_note(plain(text)):
                return text, page
    return None


def _of_tables(finding: Finding, numbers: set[int]) -> bool:
    return finding.table_no in numbers
