"""A correction written down: the place and the right figure are given, what was read there is looked up."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from extractors.items.corrections import stands_at
from publish.tables.durable import partial_beside
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


def expected_text(reading: Reading, item: LineItem) -> str:
    """What the first reader gives for the amount, which is what a correction expects: its cell keeps the reading."""
    if item.status != "repaired" and item.reader != "correction":
        return item.printed
    table = next((each for each in reading.tables if each.number == item.table_no), None)
    cells = table.cells if table else ()
    texts = (cell.text for cell in cells if (cell.row, cell.col) == (item.row, item.col))
    return next(texts, item.printed)


def place_of_item(item: LineItem) -> CellPlace:
    """The place that tells an amount from all others of its document."""
    return CellPlace(
        page=item.page,
        form=item.form,
        side=item.side,
        code=item.code,
        name=item.name or None,
        measure=item.measure,
        line=item.line,
        department=item.department or None,
        organisation=item.organisation,
        fund=item.fund,
    )


def correction_at(reading: Reading, item: LineItem, given: Path) -> Correction | None:
    """What the file of a document says of an amount already; None where it says nothing. Raises `WrongUseError`."""
    file = file_of(reading.document.document_id, given)
    known = _read(file).corrections if file.exists() else ()
    return next((each for each in known if stands_at(item, each.place)), None)


def file_of(document_id: str, given: Path) -> Path:
    """The file of a document's corrections: `given` is a folder, or the one YAML file."""
    return given if given.suffix == ".yaml" else given / f"{document_id[:16]}.yaml"


def write_correction(
    reading: Reading, correction: Correction, item: LineItem, given: Path, *, instead_of: Correction | None = None
) -> Path:
    """Add a correction to its document's file, `instead_of` one that it has; returns the file, which appears whole.

    `given` is a folder, or the one YAML file. Raises `WrongUseError` where the file is another document's or the place
    is corrected already.
    """
    document = reading.document
    file = file_of(document.document_id, given)
    before = _read(file) if file.exists() else None
    if before and before.document_id != document.document_id:
        raise WrongUseError(f"这个文件是另一份文件的更正 / this file corrects another document: {file}")
    others = [each for each in (before.corrections if before else ()) if each != instead_of]
    whole = {
        "document_id": document.document_id,
        "file_name": document.file_name,
        "department": item.department,
        "kind": item.kind,
        "fiscal_year": item.fiscal_year,
        "corrections": [*others, correction],
    }
    checked = _checked(whole, file)
    text = yaml.safe_dump(
        checked.model_dump(mode="json", exclude_none=True, exclude_defaults=True), allow_unicode=True, sort_keys=False
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = partial_beside(file)
    partial.write_text(text, encoding="utf-8")
    partial.replace(file)
    return file


def _read(file: Path) -> PaperCorrections:
    return _checked(yaml.safe_load(file.read_text(encoding="utf-8")), file)


def _checked(data: object, file: Path) -> PaperCorrections:
    try:
        return PaperCorrections.model_validate(data)
    except ValidationError as error:
        raise WrongUseError(f"{file}: {error.errors()[0]['msg']}") from error
