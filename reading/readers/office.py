"""Word documents of before 2007, RTF and OpenDocument texts: LibreOffice makes DOCX of them, which is read."""

from collections.abc import Sequence
from pathlib import Path

import olefile  # type: ignore[import-untyped]

from extractors.errors import DamagedDocumentError, EncryptedDocumentError
from extractors.packages import opened
from extractors.sheets.flowing.docx import read_docx
from reading.contents import Contents
from reading.formats import format_of
from reading.readers.flowing import contents_of_parts
from reading.rendered.office import converted
from reading.rendered.rendered_reader import RenderedReader
from schemas.records import Format, LineItem

FLAGS_AT = 10
ENCRYPTED = 0x01
"""[MS-DOC] 2.5.2, FibBase: bit 8 of the flags at byte 10, in their second byte."""


class OfficeReader:
    """The reader of DOC, WPS, RTF and ODT."""

    formats: frozenset[Format] = frozenset({"doc", "rtf", "odt"})

    def read(self, path: Path) -> Contents:
        """All of a document. Raises `UnreadableDocumentError`; `OfficeMissingError` where LibreOffice is not there."""
        _check_open(path, format_of(path))
        with converted(path, "docx") as made:
            return contents_of_parts(read_docx(made))

    def second(self, path: Path, items: Sequence[LineItem]) -> RenderedReader:
        """Its own rendering."""
        return RenderedReader(path, format_of(path), items)


def _check_open(path: Path, kind: Format) -> None:
    """Raise `EncryptedDocumentError` where a document asks for a password."""
    if kind == "doc" and olefile.isOleFile(str(path)):
        try:
            with olefile.OleFileIO(str(path)) as ole:
                head = ole.openstream("WordDocument").read(FLAGS_AT + 2)
        except Exception as error:  # as the bytes have it
            raise DamagedDocumentError(f"{type(error).__name__}: {error}") from error
        if len(head) > FLAGS_AT + 1 and head[FLAGS_AT + 1] & ENCRYPTED:
            raise EncryptedDocumentError("it asks for a password")
    if kind == "odt":
        with opened(path) as package:
            manifest = "META-INF/manifest.xml"
            if manifest in package.names and package.tree(manifest).find(".//{*}encryption-data") is not None:
                raise EncryptedDocumentError("it asks for a password")
