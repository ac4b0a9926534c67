"""`departments.yaml`: which printed amount gives which column of `departments`, validated when it is loaded."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.dataset import dataset
from schemas.forms import forms
from schemas.records import Kind

DEFINITION = Path(__file__).with_name("departments.yaml")


class Source(BaseModel):
    """Where an amount is printed: rows of a form by name or by code, and its money columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: str
    side: str | None = None
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    measures: tuple[str, ...] = Field(min_length=1)
    kind: Kind | None = None
    without: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_words(self) -> Self:
        known = forms().get(self.form)
        if known is None or set(self.measures) - set(known.measures):
            raise ValueError(f"no such form or measures: {self.form} {self.measures}")
        if self.side is not None and self.side not in dataset().terms("side"):
            raise ValueError(f"no such side: {self.side}")
        if bool(self.names) == bool(self.codes):
            raise ValueError(f"rows of {self.form} go by names or by codes")
        return self


class Classes(BaseModel):
    """Sources that every 类 has, with `{code}` for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: str
    codes: tuple[str, ...]
    sources: tuple[Source, ...]

    def columns(self) -> dict[str, tuple[Source, ...]]:
        """The columns of all 类."""
        return {
            self.column.format(code=code): tuple(_of_code(each, code) for each in self.sources) for code in self.codes
        }


class Definition(BaseModel):
    """The whole file; the two lists of names are there for other entries to repeat."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    carried_over: tuple[str, ...]
    carried_forward: tuple[str, ...]
    columns: dict[str, tuple[Source, ...]]
    classes: Classes


class SourceRow(NamedTuple):
    """One row of one money column as a source of a department's column; lower ranks count first."""

    column: str
    rank: int
    form: str
    side: str
    label: str
    measure: str
    only_kind: str | None


class ExclusionRow(NamedTuple):
    """A printed row that rules a source out."""

    column: str
    rank: int
    form: str
    side: str
    label: str


@cache
def column_sources() -> dict[str, tuple[Source, ...]]:
    """Each column's sources, the first to count first. `ValueError` where a column is not one of `departments`."""
    definition = Definition.model_validate(yaml.load(DEFINITION.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    columns = {**definition.columns, **definition.classes.columns()}
    if unknown := columns.keys() - set(dataset().derived["departments"].column_names):
        raise ValueError(f"departments has no columns {sorted(unknown)}")
    return columns


def source_rows() -> Iterator[SourceRow]:
    """The sources as rows to join with: '' for no side, the label a code or a name."""
    for column, rank, source in _ranked():
        for label in source.codes or source.names:
            for measure in source.measures:
                yield SourceRow(column, rank, source.form, source.side or "", label, measure, source.kind)


def exclusion_rows() -> Iterator[ExclusionRow]:
    """What rules sources out, as rows to join with."""
    for column, rank, source in _ranked():
        for label in source.without:
            yield ExclusionRow(column, rank, source.form, source.side or "", label)


def _ranked() -> Iterator[tuple[str, int, Source]]:
    for column, sources in column_sources().items():
        for rank, source in enumerate(sources):
            yield column, rank, source


def _of_code(source: Source, code: str) -> Source:
    return source.model_copy(update={"codes": tuple(each.format(code=code) for each in source.codes)})
