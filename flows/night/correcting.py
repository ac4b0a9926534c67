"""A correction written down: the place and the right figure are given, what was read there is looked up."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from extractors.items.corrections import stands_at
from schemas.corrections import CellPlace, Correction, PaperCorrections
from schemas.errors import WrongUseError
from schemas.records import LineItem, Reading


def item_at(reading: Reading, place: CellPlace) -> LineItem:
    """The one amount that stands at a place. Raises `WrongUseError` where none or several do."""
    found = [item for item in reading.line_items if stands_at(item, place)]
    if len(found) != 1:
        raise WrongUseError(
            f"该处有 {len(found)} 个金额，应恰好一个 / {len(found)} amounts stand there, and it takes just one: {place}"
        )
    return found[0]


def write_correction(reading: Reading, correction: Correction, item: LineItem, given: Path) -> Path:
    """Add a correction to the file of its document; returns the file.

    `given` is a folder, or the one YAML file. Raises `WrongUseError` where the file is another document's or the place
    is corrected already.
    """
    document = reading.document
    file = given if given.suffix == ".yaml" else given / f"{document.document_id[:16]}.yaml"
    before = _read(file) if file.exists() else None
    if before and before.document_id != document.document_id:
        raise WrongUseError(f"这个文件是另一份文件的更正 / this file corrects another document: {file}")
    whole = {
        "document_id": document.document_id,
        "file_name": document.file_name,
        "department": item.department,
        "kind": item.kind,
        "fiscal_year": item.fiscal_year,
        "corrections": [*(before.corrections if before else ()), correction],
    }
    checked = _checked(whole, file)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        yaml.safe_dump(checked.model_dump(mode="json", exclude_none=True), allow_unicode=True, sort_keys=False),
        encoding="utf-8",
    )
    return file


def _read(file: Path) -> PaperCorrections:
    return _checked(yaml.safe_load(file.read_text(encoding="utf-8")), file)


def _checked(data: object, file: Path) -> PaperCorrections:
    try:
        return PaperCorrections.model_validate(data)
    except ValidationError as error:
        raise WrongUseError(f"{file}: {error.errors()[0]['msg']}") from error
