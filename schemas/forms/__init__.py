"""The printed forms as data: headings and rows of each, one YAML file for a form; `titles.yaml` composes their titles.

A pattern is a regular expression over wording as `schemas.wording.plain` leaves it; unknown keys, measures and broken
patterns are refused when the data is loaded.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict

from schemas.compiled import compiled

Rows = Literal["coded", "halves", "sources", "single", "three_public", "organisations", "listed", "none"]
CodeSystem = Literal["function", "economic"]


def _compiles(pattern: str) -> str:
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Scope(_Strict):
    """What all amounts of a form are, so that its headings may repeat it without meaning anything more."""

    funds: tuple[str, ...] = ()
    use: str | None = None


class FormDefinition(_Strict):
    """One form: how its rows are made, which measures its columns can be.

    Its titles are composed of the words in `titles.yaml`. What the form is called in Chinese and English stands with
    the dataset's vocabulary of forms.
    """

    form: str
    rows: Rows
    measures: tuple[str, ...]
    scope: Scope = Scope()
    code_system: CodeSystem | None = None
    items: Mapping[str, str] = {}


Words = Mapping[str, tuple[str, ...]]
"""How each value is printed."""


class HeadingWords(_Strict):
    """The words that headings are made of: kind → value → how it is printed."""

    fund: Words
    source: Words
    use: Words
    balance: Words
    item: Words
    total: Words
    year: Words
    stage: Words
    change: Words
    side: Words
    aside: Words
    noun: Words
    system: Words
    level: Words
    filler: Words

    def kinds(self) -> Mapping[str, Words]:
        """Every kind with its words."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class Organisations(_Strict):
    """How names of organisations end, and what levels stand behind them."""

    endings: tuple[str, ...]
    levels: tuple[str, ...]


class UsualHeadings(_Strict):
    """Headings as they are usually printed: what a word of a picture is held against."""

    patterns: tuple[Pattern, ...]


def _yaml(name: str) -> Any:
    return yaml.load(resources.files(__package__).joinpath(name).read_text("utf-8"), Loader=yaml.CSafeLoader)


@compiled
def forms() -> Mapping[str, FormDefinition]:
    """All forms by their id. Raises `ValueError` where a form's measures are not among the known headings."""
    special = {"headings.yaml", "usual_headings.yaml", "organisations.yaml", "titles.yaml"}
    names = sorted(
        entry.name
        for entry in resources.files(__package__).iterdir()
        if entry.name.endswith(".yaml") and entry.name not in special
    )
    definitions = [FormDefinition(**_yaml(name)) for name in names]
    for definition in definitions:
        if unknown := set(definition.measures) - known_measures():
            raise ValueError(f"{definition.form}: no headings are known for the measures {sorted(unknown)}")
    return {definition.form: definition for definition in definitions}


@cache
def known_measures() -> frozenset[str]:
    """Every measure that headings can give: those of words, and those that words make together."""
    words = headings()
    composed = ("amount", "total", "revenue", "budget", "final", "initial_budget", "adjusted_budget", "previous_year",
                "previous_year_executed")  # fmt: skip
    return frozenset((*words.fund, *words.source, *words.use, *words.balance, *composed))


@compiled
def headings() -> HeadingWords:
    """The words of all headings."""
    return HeadingWords(**_yaml("headings.yaml"))


@compiled
def usual_headings() -> tuple[str, ...]:
    """Patterns of headings as they are usually printed."""
    return UsualHeadings(**_yaml("usual_headings.yaml")).patterns


@compiled
def organisations() -> Organisations:
    """How the names of organisations end."""
    return Organisations(**_yaml("organisations.yaml"))
