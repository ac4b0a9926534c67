"""What the review's server asks of whoever keeps the decisions: doubts, one of them in full, what would be."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

Choice = Literal["first_reading", "second_reading", "printed", "publishers_own", "not_a_fault"]
"""The first reader's word or the second's, where they differ; what is printed, typed; a misprint; no fault."""
Told = Mapping[str, Any]
"""What is told to the page, ready for JSON."""


class Decision(BaseModel):
    """What a reviewer decides of an amount.

    `seen` is the mark of what had been decided before, as the page showed it (None: nothing), so that nobody overrules
    another unawares. `right` is what is printed, as the form writes it; `url` where the publisher owns up to it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    amount: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    choice: Choice
    says: Annotated[str, Field(min_length=1, max_length=500)]
    by: Annotated[str | None, Field(max_length=80)] = None
    right: Annotated[str | None, Field(max_length=40)] = None
    url: Annotated[str | None, Field(max_length=500)] = None
    seen: str | None = None


class DecidedMeanwhileError(Exception):
    """Somebody has decided meanwhile, and the page did not show it."""


class Desk(Protocol):
    """Where decisions are kept. Everything may raise `schemas.errors.WrongUseError` with what to do about it."""

    def doubts(self) -> Sequence[Told]:
        """Every doubtful amount, most yuan at stake first, with whether it is `decided`."""

    def doubt(self, amount: str) -> Told:
        """One amount in full: how it was read, its sums, what was decided of it."""

    def preview(self, amount: str, right: str) -> Told:
        """The amount's sums, and how many of the paper's fail, were this printed."""

    def decide(self, decision: Decision) -> Told:
        """Keep a decision and bring it in; what became of the amount. Raises `DecidedMeanwhileError`."""

    def publish(self) -> Told:
        """A release with all that was decided."""
