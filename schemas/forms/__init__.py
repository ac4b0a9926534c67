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

Rows = Literal["coded", "halves", "sources", "single", "three_public", "organisations", "projects", "none"]
CodeSystem = Literal["function", "economic"]


def _compiles(pattern: str) -> str:
    re.compile(pattern)
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FormDefinition(_Strict):
    """One form: how its rows are made, which measures its columns can be.

    Its titles are composed of the words in `titles.yaml`. What the form is called in Chinese and English stands with
    the dataset's vocabulary of forms.
    """

    form: str
    rows: Rows
    measures: tuple[str, ...]
    code_system: CodeSystem | None = None
    names: Mapping[str, tuple[Pattern, ...]] = {}


class Headings(_Strict):
    """What the headings of columns mean: roles of columns without amounts, measures of those with."""

    roles: Mapping[str, tuple[Pattern, ...]]
    measures: Mapping[str, tuple[Pattern, ...]]


def _yaml(name: str) -> Any:
    return yaml.load(resources.files(__package__).joinpath(name).read_text("utf-8"), Loader=yaml.CSafeLoader)


@cache
def forms() -> Mapping[str, FormDefinition]:
    """All forms by their id. Raises `ValueError` where a form's measures are not among the known headings."""
    special = {"headings.yaml", "titles.yaml"}
    names = sorted(
        entry.name
        for entry in resources.files(__package__).iterdir()
        if entry.name.endswith(".yaml") and entry.name not in special
    )
    definitions = [FormDefinition(**_yaml(name)) for name in names]
    known = {*headings().measures, "budget", "final"}
    for definition in definitions:
        if unknown := set(definition.measures) - known:
            raise ValueError(f"{definition.form}: no headings are known for the measures {sorted(unknown)}")
    return {definition.form: definition for definition in definitions}


@cache
def headings() -> Headings:
    """The headings of all forms."""
    return Headings(**_yaml("headings.yaml"))
