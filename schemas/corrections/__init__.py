"""Known errors as data: what must stand in place of a single amount of a paper, and what proves it.

One YAML file for each document beside this module; README.md tells when one is right and how to write it. The reading
is never changed by hand: an entry says what the reader is expected to give (`expect`), and is left unused as soon as
it gives something else.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, Inexact
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from schemas.dataset import dataset
from schemas.records import YUAN_PER_UNIT, Kind, Unit

Reason = Literal["misreading", "misprint", "confirmed"]
Text = Annotated[str, Field(min_length=1, strict=True)]
Figure = Annotated[str, Field(pattern=r"^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$", strict=True)]
_CENT = Decimal("0.01")
_EXACT = Context(prec=28, traps=[Inexact])


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class CellPlace(_Strict):
    """Where the amount stands: the columns of `line_items` that tell it from all others of its document.

    `code`, `name` or both name the row; `line`, `department` and `organisation` are for papers that print such a row
    more than once, `fund` for forms that print a measure of several funds.
    """

    page: int = Field(ge=1)
    form: Text
    side: Text | None = None
    code: Text | None = None
    name: Text | None = None
    measure: Text
    line: int | None = Field(default=None, ge=1)
    department: Text | None = None
    organisation: Text | None = None
    fund: Text | None = None

    @field_validator("form", "side", "measure", "fund")
    @classmethod
    def _known_word(cls, value: str | None, column: ValidationInfo) -> str | None:
        if value is not None and value not in dataset().terms(str(column.field_name)):
            raise ValueError(f"no such {column.field_name}: {value}")
        return value

    @model_validator(mode="after")
    def _names_a_row(self) -> Self:
        if self.code is None and self.name is None:
            raise ValueError("the row takes a code, a name or both")
        return self

    def __str__(self) -> str:
        """Write it for a finding: `expenditure_by_function 2050202 total`."""
        parts = (self.form, self.side, self.code, self.name, self.measure, self.fund)
        return " ".join(part for part in parts if part)


class Evidence(_Strict):
    """What proves the right figure: in words, and where it can be seen."""

    says: Text
    url: HttpUrl | None = None


class Earlier(_Strict):
    """What somebody had decided before another decided otherwise."""

    right: Figure
    reason: Reason
    says: Text
    by: Text | None = None
    on: date | None = None


class Correction(_Strict):
    """One amount. `printed` stands in the paper, `right` is true; both as text in `unit`, as a form prints them.

    `expect` is the text that the first reader gives for this cell. A `misreading` is printed right and read otherwise;
    a `misprint` is read as it is printed, and the publisher's own correction of it must be online; what is `confirmed`
    is read as it is printed, though another reader reads it otherwise. `by` and `on` say who decided and when,
    `earlier` what was decided before, the last first.
    """

    place: CellPlace
    unit: Unit
    expect: Text
    printed: Text
    right: Figure
    reason: Reason
    evidence: Evidence
    by: Text | None = None
    on: date | None = None
    earlier: tuple[Earlier, ...] = ()

    @property
    def right_yuan(self) -> Decimal:
        """The right amount in yuan, two decimals."""
        yuan: Decimal = Decimal(self.right.replace(",", "")) * YUAN_PER_UNIT[self.unit]
        return yuan.quantize(_CENT, context=_EXACT)

    @model_validator(mode="after")
    def _agrees_with_its_reason(self) -> Self:
        read_as_printed = self.expect == self.printed
        if self.reason == "misreading" and (read_as_printed or _figure(self.printed) != _figure(self.right)):
            raise ValueError("a misreading is printed right, and the reader is expected to give another text")
        if self.reason == "misprint" and (not read_as_printed or self.printed == self.right):
            raise ValueError("a misprint is read as printed, and another figure is right")
        if self.reason == "confirmed" and (not read_as_printed or _figure(self.printed) != _figure(self.right)):
            raise ValueError("what is confirmed is printed right, and read so")
        if self.reason == "misprint" and self.evidence.url is None:
            raise ValueError("a misprint takes the address of the publisher's own correction; else it stays marked")
        return self

    @model_validator(mode="after")
    def _keeps_the_decimals(self) -> Self:
        if _decimals(self.printed) != _decimals(self.right):
            raise ValueError("right must show the decimals of printed, from which the checks take their tolerance")
        return self

    @model_validator(mode="after")
    def _is_whole_cents(self) -> Self:
        try:
            _ = self.right_yuan
        except Inexact as error:
            raise ValueError(f"{self.right} {self.unit} is no whole number of cents") from error
        return self


class PaperCorrections(_Strict):
    """The corrections of one document; what stands beside its id is for readers, and to notice its other versions."""

    document_id: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    file_name: Text
    department: Text
    kind: Kind
    fiscal_year: int
    corrections: tuple[Correction, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_for_each_place(self) -> Self:
        places = [correction.place for correction in self.corrections]
        if repeated := [str(place) for place in places if places.count(place) > 1]:
            raise ValueError(f"corrected more than once: {repeated[0]}")
        return self


@dataclass(frozen=True)
class Corrections:
    """All known corrections by document id."""

    by_document: Mapping[str, PaperCorrections]

    def of_other_files(self, document_id: str, department: str, kind: Kind, year: int) -> Iterator[PaperCorrections]:
        """Find those of the same department's paper in another file: it may be an older version of this one."""
        for paper in self.by_document.values():
            same = (paper.department, paper.kind, paper.fiscal_year) == (department, kind, year)
            if same and paper.document_id != document_id:
                yield paper


@cache
def own_corrections() -> Corrections:
    """Return the project's own corrections."""
    return read_corrections(resources.files(__package__))


def corrections() -> Corrections:
    """Return the corrections in use here: the project's own, and those of the folder or file of `correcting`.

    A document that both correct goes by the latter. Raises `ValueError`, which names the file.
    """
    given = _GIVEN.get()
    if given is None or not given.exists():
        return own_corrections()
    return Corrections({**own_corrections().by_document, **_corrections_at(given, _state(given)).by_document})


@contextmanager
def correcting(given: Path | None) -> Iterator[None]:
    """Let a maintainer's corrections, one YAML file or a folder of them, be in use within; it need not be there."""
    token = _GIVEN.set(given)
    try:
        yield
    finally:
        _GIVEN.reset(token)


_GIVEN: ContextVar[Path | None] = ContextVar("corrections", default=None)


@lru_cache(maxsize=4)
def _corrections_at(given: Path, state: tuple[tuple[str, int], ...]) -> Corrections:
    """Those of a folder or file that stands so; read again once it is changed."""
    if given.is_dir():
        return read_corrections(given)
    paper = _read(given)
    return Corrections({paper.document_id: paper})


def _state(given: Path) -> tuple[tuple[str, int], ...]:
    files = sorted(given.glob("*.yaml")) if given.is_dir() else [given]
    return tuple((file.name, file.stat().st_mtime_ns) for file in files)


def read_corrections(folder: Traversable) -> Corrections:
    """Read every YAML file of a folder. Raises `ValueError`, which names the file and what is wrong with it."""
    found: dict[str, PaperCorrections] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".yaml"):
            continue
        paper = _read(file)
        if paper.document_id in found:
            raise ValueError(f"{file.name}: another file corrects this document too")
        found[paper.document_id] = paper
    return Corrections(found)


def _read(file: Traversable) -> PaperCorrections:
    try:
        return PaperCorrections.model_validate(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as error:
        raise ValueError(f"{file.name}: {error}") from error


def _figure(printed: str) -> str:
    """Keep the digits and the point."""
    return re.sub(r"[^0-9.]", "", unicodedata.normalize("NFKC", printed))


def _decimals(printed: str) -> int:
    return len(_figure(printed).partition(".")[2])
