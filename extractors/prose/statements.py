"""What a figure of the prose was understood to say, or that it was not understood."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extractors.prose.arithmetic import Rounded
from extractors.prose.clauses import Span
from extractors.prose.naming import Subject
from extractors.prose.paragraphs import Paragraph
from schemas.records import StatedFact


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that was understood: what it is of, what it says, and where in its paragraph it stands.

    `value` is signed, in yuan, per cent or units, `half_step` half its last printed place; `suffix` see
    `amounts.Meaning`, `base` is what a share is said to be of;
    `aside` tells that it was told as the cause of something else.
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
    aside: bool = False

    @property
    def name(self) -> str:
        """The subject's name, lengthened where the figure is not this year's plain amount or change."""
        return self.subject.name + self.suffix

    @property
    def rounded(self) -> Rounded:
        """The value with what it can be off by."""
        return Rounded(self.value, self.half_step)


class Seen(NamedTuple):
    """Something in a paragraph that is no fact: a figure not understood, or what a check or a template left to say.

    `code` is the name of the finding, `right` what would be right, in the paper's language, '' where that is not known.
    """

    code: str
    paragraph: Paragraph
    place: Span
    right: str = ""
