"""The catalogue of duties as a page for readers: `python -m schemas.duties.describe` writes docs/duties.md."""

from collections.abc import Iterator
from pathlib import Path

from schemas.duties import Duties, Duty, duties
from schemas.duties.models import Answer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "duties.md"
INTRODUCTION = """\
# What a paper must have

Generated from `schemas/duties` by `python -m schemas.duties.describe`; do not edit.

Each paper is held against every duty below, and the dataset's table `disclosure_items` has one verdict for each:

- `met`: it is there, on the page that is told, with what is printed there.
- `not_met`: every page was read, and neither the thing nor a word of it is there; or it is not as deep as the
  rule asks for, or a check that answers it fails, or it came late. It is said only where a rule binds the paper.
- `not_applicable`: the paper says itself that it has nothing of the kind (本单位无政府性基金预算), or there is no such
  case.
- `cannot_be_told`: whatever lies between, with the reason: a page that could not be read, text or forms that may
  stand in another file, words that were not understood, a rule that binds others. Where there is doubt, it is this.
- `not_looked`: it was not looked for, with the reason. No paper becomes good by not being looked at.

Whether a paper was published in time is told only where it prints the day of its approval (批复) and its portal
the day of publication; neither is guessed.
"""
SOURCES = "## Where the duties come from\n\n| source | | from the papers for |\n|---|---|---|\n"
HEADER = "| duty | | asked for by | answered by |\n|---|---|---|---|\n"
ANSWERED: dict[str, str] = {
    "section": "a heading with text under it, a sentence or a stated figure",
    "form": "a recognised form",
    "depth": "the codes of a form",
    "parts": "the headings of a form",
    "check": "checks",
    "date": "the days of approval and of publication",
    "cover": "the first page",
    "contents": "the first pages",
}


def page(known: Duties) -> str:
    """Write the whole page."""
    return "\n".join((INTRODUCTION, SOURCES + "".join(_sources(known)), *_items(known)))


def _sources(known: Duties) -> Iterator[str]:
    for name, source in known.sources.items():
        yield f"| `{name}` | {source.title.zh} {source.title.en} | {source.from_year} |\n"


def _items(known: Duties) -> Iterator[str]:
    for item in known.sheet.items:
        own = [duty for duty in known.duties if duty.item == item]
        yield f"## {item}\n\n{HEADER}" + "".join(_row(duty) for duty in own)


def _row(duty: Duty) -> str:
    title = f"{duty.title.zh} {duty.title.en}".replace("|", "\\|")
    cited = "; ".join(f"`{each.source}`" + (f" {each.clause}" if each.clause else "") for each in duty.sources)
    return f"| `{duty.id}` | {title} | {cited} | {_answered(duty.answer)} |\n"


def _answered(answer: Answer) -> str:
    names = getattr(answer, "any_of", None) or getattr(answer, "checks", ())
    return ANSWERED[answer.by] + (": " + ", ".join(f"`{name}`" for name in names) if names else "")


if __name__ == "__main__":
    PAGE.write_text(page(duties()), encoding="utf-8")
