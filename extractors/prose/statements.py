"""What a figure of the prose was understood to say, or that it was not understood."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extractors.prose.arithmetic import Rounded
from extractors.prose.clauses import Span
from extractors.prose.naming import Subject
from extractors.prose.paragraphs import Paragraph
from schemas.prose import StatedFact


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that was understood: what it is of, what it says, and where in its paragraph it stands.

    `value` is signed, in yuan, per cent or units, `half_step` half its last printed place; `suffix` see
    `amounts.Meaning`, `base` is what a share is said to be of.
    """

    subject: Subject
    fact: StatedFact
    value: Decimal
    half_step: Decimal
    unit: str
    paragraph: Paragraph
    place: Span
    suffix: str = ""
    base: str = ""

    @property
    def name(self) -> str:
        """The subject's name, lengthened where the figure is not this year's plain amount or change."""
        return self.subject.name + self.suffix

    @property
    def rounded(self) -> Rounded:
        """The value with what it can be off by."""
        return Rounded(self.value, self.half_step)


class Unread(NamedTuple):
    """A figure or phrase that was seen and not understood, by the name of the finding that says so."""

    code: str
    paragraph: Paragraph
    place: Span
