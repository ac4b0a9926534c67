"""The catalogue as a page for readers: `python -m schemas.identities.describe` writes docs/identities.md.

Identities that one entry stands for are told together.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from schemas.identities import Catalogue, Identity, OtherCheck, Structural, catalogue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "identities.md"
INTRODUCTION = """\
# The identities

Generated from `schemas/identities` by `python -m schemas.identities.describe`; do not edit.

Each identity is applied to every subject that a paper prints (a row, a code, a column) and ends as one verdict:

- `holds` or `fails`: left and right differ by less or by more than rounding explains. The tolerance comes from what was
  printed alone: half a unit of the last decimal of each term, so `(n + 1) × ½ × 10^-decimals × unit` for n terms and
  their total. Nothing is relative, and money is exact.
- `not_applicable`: a form is missing, prints another level of detail, or does not meet the identity's condition. This
  is never a pass.

A blank cell beside printed ones counts as 0. An inequality (≤) can refute an amount, it proves none.

An identity is a hypothesis about a publisher. What fails is held against an amount only where the same structure is
borne out by the other rows of its table, by the same identity elsewhere in the paper, or by that publisher's other
papers.
"""
STRUCTURE = """\
## What every form's own rows and columns demand

The id of these checks is `<form>.<name>`; a table's structure is read from the table itself.
"""
OTHERS = """\
## Units, prose, and the paper as a whole

These are recorded in `checks` beside the identities. Only a slip of the unit touches the status of an amount. What the
forms print of what the prose states is listed in `schemas/identities/stated.yaml`, which forms a paper has in
`papers.yaml`. The subject of a check of the prose is the number, section and name of the fact. Checks of the paper as a
whole compare no amounts; their subject names the form or the place that they are about.
"""
KINDS = {"final_accounts": "final accounts", "budget": "budgets"}


def page(known: Catalogue) -> str:
    """Write the whole page."""
    within = [each for each in known.identities if not each.id.startswith("cross.")]
    between = [each for each in known.identities if each.id.startswith("cross.")]
    structure = (STRUCTURE, *map(_structural, known.structure))
    parts = (
        INTRODUCTION,
        *structure,
        "## Within a form\n",
        *_entries(within),
        "## Between forms\n",
        *_entries(between),
    )
    return "\n".join((*parts, OTHERS, *map(_other, known.others)))


def _entries(identities: Sequence[Identity]) -> Iterator[str]:
    for _, same in groupby(identities, key=lambda each: (each.title.zh, each.why)):
        yield _entry(list(same))


def _entry(same: Sequence[Identity]) -> str:
    first = same[0]
    ids = ", ".join(f"`{each.id}`" for each in same)
    forms = ", ".join(f"`{half}`" for half in dict.fromkeys(half for each in same for half in each.halves))
    limits = [f"only {KINDS[first.kinds[0]]}"] if len(first.kinds) == 1 else []
    limits += [f"from {first.from_year} on"] if first.from_year else []
    sign = " (≤)" if first.relation == "at_most" else ""
    scope = f" ({'; '.join(limits)})" if limits else ""
    return f"- **{first.title.zh}** {first.title.en}{sign}{scope}. {first.why} Forms: {forms}.\n  {ids}\n"


def _structural(each: Structural) -> str:
    return f"- **{each.title.zh}** {each.title.en}. {each.why}\n  `<form>.{each.name}`\n"


def _other(check: OtherCheck) -> str:
    sets_status = " (touches statuses)" if check.touches_status else ""
    return f"- **{check.title.zh}** {check.title.en}{sets_status}. {check.why}\n  `{check.id}`\n"


if __name__ == "__main__":
    PAGE.write_text(page(catalogue()), encoding="utf-8")
