"""The words that titles are composed of, and which forms a composition can be, as data: `titles.yaml`."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Annotated, Literal, Self, get_args

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from schemas.compiled import compiled
from schemas.forms import forms
from schemas.pattern_words import words_of

Scope = Literal[
    "all",
    "fiscal_appropriation",
    "general_public_budget",
    "government_fund",
    "state_capital",
    "special_account",
    "social_insurance",
]
Subject = Literal[
    "none", "summary", "revenue", "expenditure", "basic", "project", "three_public", "operating", "procurement"
]
Classification = Literal["none", "function", "economic", "government_economic", "organisation"]
Owner = Literal["none", "department", "level", "government"]

VALUES: Mapping[str, frozenset[str]] = {
    "owner": frozenset(get_args(Owner)) - {"none"},
    "paper": frozenset({"budget", "final_accounts"}),
    "scope": frozenset(get_args(Scope)) - {"all"},
    "subject": frozenset(get_args(Subject)) - {"none"},
    "beside": frozenset({"three_public"}),
    "classification": frozenset(get_args(Classification)) - {"none"},
    "kind": frozenset({"budget", "final_accounts", "both"}),
    "extent": frozenset({"total", "part"}),
    "neutral": frozenset({"any"}),
    "other": frozenset({"any"}),
    "head": frozenset({"any"}),
}
"""The kinds of words, each with what its words can say."""


def _compiles(pattern: str) -> str:
    re.compile(pattern)
    return pattern


def _is_finite(pattern: str) -> str:
    words = words_of(_compiles(pattern))
    if not words or "" in words:
        raise ValueError(f"{pattern!r} is no finite list of words")
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
WordPattern = Annotated[str, AfterValidator(_is_finite)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Candidates(_Strict):
    """Which forms a table can be whose title says one of these subjects, scopes and classifications."""

    subject: tuple[Subject, ...]
    scope: tuple[Scope, ...] | Literal["any"]
    classification: tuple[Classification, ...] | Literal["any"]
    forms: tuple[str, ...] = Field(min_length=1)

    def fits(self, subject: Subject, scope: Scope, classification: Classification) -> bool:
        """Whether a title that says so is one of these."""
        return (
            subject in self.subject
            and (self.scope == "any" or scope in self.scope)
            and (self.classification == "any" or classification in self.classification)
        )


class TitleWords(_Strict):
    """`titles.yaml`."""

    words: Mapping[str, Mapping[str, tuple[WordPattern, ...]]]
    organisation: Pattern
    organisation_ends: Pattern
    place: Pattern
    forms: tuple[Candidates, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if unknown := set(self.words) ^ set(VALUES):
            raise ValueError(f"kinds of words that are unknown or missing: {sorted(unknown)}")
        for kind, values in self.words.items():
            if unknown := set(values) - VALUES[kind]:
                raise ValueError(f"{kind}: no word can say {sorted(unknown)}")
        if twice := [word for word, count in Counter(self._all()).items() if count > 1]:
            raise ValueError(f"words that say two things: {sorted(twice)}")
        named = {form for entry in self.forms for form in entry.forms}
        if unknown := named ^ set(forms()):
            raise ValueError(f"forms that are unknown or have no title: {sorted(unknown)}")
        return self

    def _all(self) -> Iterator[str]:
        for values in self.words.values():
            for patterns in values.values():
                yield from {word for pattern in patterns for word in words_of(pattern)}


@compiled
def title_words() -> TitleWords:
    """The words of titles. Raises `ValueError` where `titles.yaml` is not what it should be."""
    text = resources.files(__package__).joinpath("titles.yaml").read_text("utf-8")
    return TitleWords(**yaml.load(text, Loader=yaml.CSafeLoader))
