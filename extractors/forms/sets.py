"""Sets of forms within one file: a department's and its units', or two papers that were bound together."""

from collections.abc import Iterator, Sequence

from extractors.forms.form import Form

FEWEST_FORMS = 3
"""So many forms make a set."""
FORMS_BEFORE = 12
"""So many forms that the set before does not have can begin a set."""


def sets_of(forms: Sequence[Form]) -> list[Sequence[Form]]:
    """The forms as sets, in order; a file with one set, or none, gives just that.

    A set begins where a form comes again that the set before has, and several others of it are still to come: what is
    printed for the department and again for its own level, form by form, is one set. Forms that only the new set has
    can stand before: it begins behind the most pages without forms.
    """
    starts = list(_starts(forms))
    return [forms[start:end] for start, end in zip(starts, [*starts[1:], len(forms)], strict=True)]


def _starts(forms: Sequence[Form]) -> Iterator[int]:
    yield 0
    seen: set[str] = set()
    for at, form in enumerate(forms):
        if form.id in seen and len(seen) >= FEWEST_FORMS and _again(forms[at:], seen):
            begins = _behind_most_pages(forms, at)
            yield begins
            seen = {each.id for each in forms[begins:at]}
        seen.add(form.id)


def _behind_most_pages(forms: Sequence[Form], at: int) -> int:
    """The form, of those shortly before `at` and that one, before which the most pages have none."""
    near = range(max(FEWEST_FORMS, at - FORMS_BEFORE), at + 1)
    gaps = {each: forms[each].table.pages[0] - forms[each - 1].table.pages[-1] for each in near}
    most = max(gaps.values())
    return max(each for each in near if gaps[each] == most) if most > 1 else at


def _again(forms: Sequence[Form], seen: set[str]) -> bool:
    """Whether several kinds of forms come that were seen before."""
    return len(seen & {form.id for form in forms}) >= FEWEST_FORMS
