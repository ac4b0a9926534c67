"""What somebody has said of a fault: the publisher's own, or no fault. Kept in a YAML file beside the project's data.

- document: 64 hex digits      SHA-256 of the paper; an entry lapses when the paper is replaced
  fault: 12 hex digits         as `gongkai check` prints it
  as: publishers_own           the publisher has been told, or has admitted it; or not_a_fault
  reason: 已电话核实           required: why
  by: 张三                     who and when, for whoever comes next
  on: 2026-03-05
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from publish.tables.durable import partial_beside
from reading.questions.faults import Fault
from schemas.errors import WrongUseError

FILE = "acknowledged.yaml"
Said = Literal["publishers_own", "not_a_fault"]


class Acknowledgement(BaseModel):
    """One entry; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    document: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    fault: Annotated[str, Field(pattern="^[0-9a-f]{12}$")]
    said: Annotated[Said, Field(alias="as")]
    reason: Annotated[str, Field(min_length=1)]
    by: str | None = None
    on: date | None = None


Acknowledged = Mapping[str, Acknowledgement]
"""The entries by the fault's id."""

_ENTRIES: TypeAdapter[tuple[Acknowledgement, ...]] = TypeAdapter(tuple[Acknowledgement, ...])


def read_acknowledged(file: Path) -> Acknowledged:
    """The entries of a file, none where there is no such file. Raises `WrongUseError` where it says what cannot be."""
    if not file.is_file():
        return {}
    try:
        raw = yaml.safe_load(file.read_text("utf-8")) or []
        entries = _ENTRIES.validate_python(raw)
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongUseError(f"确认文件有误 / the file of acknowledgements is wrong: {file}\n{error}") from error
    return {entry.fault: entry for entry in entries}


def acknowledge(file: Path, entry: Acknowledgement) -> None:
    """Put an entry into the file, in place of an earlier one on the same fault; the file appears whole."""
    entries = {**read_acknowledged(file), entry.fault: entry}
    told = [each.model_dump(by_alias=True, mode="json", exclude_none=True) for each in entries.values()]
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = partial_beside(file)
    partial.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
    partial.replace(file)


def lapsed(known: Acknowledged, documents: Iterable[str], faults: Sequence[Fault]) -> tuple[Acknowledgement, ...]:
    """The entries on papers that were read and do not have the fault any more: mended, or read otherwise now."""
    read, found = set(documents), {fault.id for fault in faults}
    return tuple(entry for entry in known.values() if entry.document in read and entry.fault not in found)
