"""One spelling for a department that several forms of a scanned paper name, and a worn picture misspells in some."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from extractors.forms.form import Form
from schemas.records import OCR_READERS, Finding

LETTERS_PER_MISTAKE = 4
"""So many characters of a name bear one that is misread."""
TELLING = frozenset("一二三四五六七八九十第0123456789东西南北中上下大小甲乙丙丁")
"""What tells the 第一小学 from the 第二小学: names that differ in these are two."""
OUTNUMBERED = 2
"""A name is a misspelling only where another one is printed at least so many times as often."""


def one_spelling(forms: Sequence[Form]) -> tuple[list[Form], list[Finding]]:
    """The forms, those of pictures with the department that most of the others name where theirs is nearly the same.

    Without this the checks between forms would take the forms of one department for those of two. Each change is a
    finding.
    """
    named = Counter(name for form in forms if (name := form.heading.department))
    spelled = [_spelled(form, named) for form in forms]
    findings = [_finding(old, new) for old, new in zip(forms, spelled, strict=True) if new is not old]
    return spelled, findings


def _spelled(form: Form, named: Counter[str]) -> Form:
    own = form.heading.department
    if not own or not any(cell.reader in OCR_READERS for cell in form.table.cells):
        return form
    meant = max(_near(own, named), key=lambda name: named[name], default=own)
    return form if meant == own else replace(form, heading=replace(form.heading, department=meant))


def _near(own: str, named: Counter[str]) -> Iterable[str]:
    return (
        name
        for name, count in named.items()
        if count >= OUTNUMBERED * named[own] and (_misspelled(own, name) or _run_on(own, name))
    )


def _misspelled(own: str, name: str) -> bool:
    edits = Levenshtein.editops(own, name)
    changed = {own[edit.src_pos : edit.src_pos + 1] for edit in edits if edit.tag != "insert"}
    changed |= {name[edit.dest_pos : edit.dest_pos + 1] for edit in edits if edit.tag != "delete"}
    return len(edits) <= max(1, len(name) // LETTERS_PER_MISTAKE) and not changed & TELLING


def _run_on(own: str, name: str) -> bool:
    """Whether a name runs on into 单位：万元, which was misread so that it did not end there."""
    rest = own[len(name) :]
    return _misspelled(own[: len(name)], name) and fuzz.ratio(rest, "单位：万元") >= 50


def _finding(old: Form, new: Form) -> Finding:
    told = f"{old.heading.department} → {new.heading.department}"
    return Finding("department_matched", told, old.table.pages[0], old.table.number)
