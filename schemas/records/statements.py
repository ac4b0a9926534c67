"""What a paper says, and what is said of it: prose, checks, duties."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from schemas.records.vocabulary import CheckVerdict, DutyReason, DutyVerdict, StatedFact


@dataclass(frozen=True, slots=True)
class Check:
    """An identity applied to one subject; yuan, None where it is not applicable.

    `amounts` are the line items that took part, each as form/side/line/measure.
    """

    check_id: str
    subject: str
    left_yuan: Decimal | None
    right_yuan: Decimal | None
    difference_yuan: Decimal | None
    tolerance_yuan: Decimal | None
    verdict: CheckVerdict
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NarrativeFact:
    """A figure stated in the prose; the columns of the dataset's `narrative_facts` but for the document.

    `value` is decimal yuan with unit 元, or per cent with unit %, or a count in its printed unit; a decrease is
    negative. `page` is where the clause `text` begins; `printed` is the figure itself, as printed.
    """

    fact_no: int
    page: int
    section: str
    subject_form: str | None
    code: str | None
    name: str
    fact: StatedFact
    value: Decimal
    unit: str
    text: str
    printed: str


class Passage(NamedTuple):
    """A paragraph of the running text, as printed without white space, and the page on which it begins."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class DisclosureItem:
    """Whether a paper has one thing that it must have; the columns of `disclosure_items` but for the document.

    `duty` is the id in `schemas/duties`. `page` and `found` are where it was found and what is printed there; `reason`
    says why the verdict is no plain `met`. `stated_on` is the day that a duty about time takes from the paper.
    """

    duty: str
    verdict: DutyVerdict
    reason: DutyReason | None = None
    page: int | None = None
    found: str | None = None
    stated_on: date | None = None
