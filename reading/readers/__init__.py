"""The readers of documents, by the formats that they read: PDF is one of several."""

from pathlib import Path

from reading.contents import DocumentReader
from reading.errors import UnknownFormatError
from reading.readers.containers import ContainerReader
from reading.readers.flowing import FlowingReader
from reading.readers.ofd import OfdReader
from reading.readers.office import OfficeReader
from reading.readers.pdf import PdfReader
from reading.readers.pictures import PictureReader
from reading.readers.workbooks import WorkbookReader
from schemas.records import Format

__all__ = ["READERS", "reader_of"]

READERS: tuple[DocumentReader, ...] = (
    PdfReader(),
    WorkbookReader(),
    FlowingReader(),
    OfficeReader(),
    OfdReader(),
    PictureReader(),
    ContainerReader(),
)


def reader_of(kind: Format, path: Path) -> DocumentReader:
    """The reader of a format. Raises `UnknownFormatError` where there is none."""
    for reader in READERS:
        if kind in reader.formats:
            return reader
    raise UnknownFormatError(f"{path.name} is {kind}")
