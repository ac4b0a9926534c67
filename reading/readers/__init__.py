"""The readers of documents, by the formats that they read: PDF is one of several.

Each is imported when the first document of its kind is read: a PDF needs none of the libraries that open workbooks.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from reading.contents import DocumentReader
from reading.errors import UnknownFormatError
from schemas.records import Format

__all__ = ["READERS", "reader_of"]

READERS: Mapping[str, tuple[Format, ...]] = {
    "pdf:PdfReader": ("pdf",),
    "workbooks:WorkbookReader": ("xlsx", "xls", "ods"),
    "flowing:FlowingReader": ("docx", "html"),
    "office:OfficeReader": ("doc", "rtf", "odt"),
    "ofd:OfdReader": ("ofd",),
    "pictures:PictureReader": ("picture",),
    "containers:ContainerReader": ("zip", "rar", "7z", "tar"),
}
"""Module and class of each reader of this package → the formats that it reads, as the class itself says."""


def reader_of(kind: Format, path: Path) -> DocumentReader:
    """The reader of a format. Raises `UnknownFormatError` where there is none."""
    for name, formats in READERS.items():
        if kind in formats:
            return _reader(name)
    raise UnknownFormatError(f"{path.name} is {kind}")


@cache
def _reader(name: str) -> DocumentReader:
    return cast(DocumentReader, pkgutil.resolve_name(f"{__name__}.{name}")())
