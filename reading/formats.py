"""Which format a file is, by its bytes and never by its name."""

from pathlib import Path

from crawlers.files.media_types import HEAD_BYTES, Media, sniff
from extractors.errors import DamagedDocumentError, EncryptedDocumentError
from reading.errors import UnknownFormatError
from schemas.records import Format

ALIKE: dict[Media, Format] = {
    "pdf": "pdf", "rtf": "rtf", "html": "html", "ofd": "ofd", "jpeg": "picture", "png": "picture", "tiff": "picture",
    "zip": "zip", "rar": "rar", "7z": "7z", "tar": "tar",
}  # fmt: skip
CONTAINERS: frozenset[Format] = frozenset({"zip", "rar", "7z", "tar"})
IN_OLE: dict[str, Format] = {"Workbook": "xls", "Book": "xls", "WordDocument": "doc"}
"""The stream that a program keeps its document in ([MS-XLS] 2.1.2, [MS-DOC] 2.1.1); ET and WPS do as Excel and Word."""
IN_OOXML: dict[str, Format] = {"spreadsheetml": "xlsx", "wordprocessingml": "docx"}
IN_ODF: dict[str, Format] = {"spreadsheet": "ods", "text": "odt"}


def format_of(path: Path) -> Format:
    """The format of the file at `path`; an empty file, or one of no kind that is known, is left to the PDF reader.

    Raises `UnknownFormatError` for a kind that no reader takes, and the errors of packages that cannot be opened.
    """
    media = sniff(path.read_bytes())
    if media in ALIKE:
        return ALIKE[media]
    if media == "ole":
        return _of_ole(path)
    if media == "ooxml":
        return _of_parts(path)
    if media == "odf":
        return _of_mimetype(path)
    if media == "office_xml":
        return "doc" if b"ord" in path.read_bytes()[:HEAD_BYTES].partition(b"xmlns")[0] else "xls"
    return "pdf"


def _of_ole(path: Path) -> Format:
    import olefile  # type: ignore[import-untyped]  # noqa: PLC0415  most papers are PDFs

    try:
        with olefile.OleFileIO(str(path)) as ole:
            streams = {entry[0] for entry in ole.listdir()}
    except Exception as error:  # olefile takes sectors at their word: over damaged ones it fails as the bytes have it
        raise DamagedDocumentError(f"{type(error).__name__}: {error}") from error
    if not streams:
        raise DamagedDocumentError("an OLE file without a stream")
    if "EncryptedPackage" in streams:
        raise EncryptedDocumentError("it asks for a password")
    found = next((IN_OLE[name] for name in IN_OLE if name in streams), None)
    if found is None:
        raise UnknownFormatError(f"an OLE file of {', '.join(sorted(streams)[:5])}")
    return found


def _of_parts(path: Path) -> Format:
    from extractors.packages import opened  # noqa: PLC0415

    with opened(path) as package:
        types = b"".join(
            str(element.get("ContentType")).encode()
            for _, element in package.elements("[Content_Types].xml", "{*}Override", "{*}Default")
        ).decode()
    for word, known in IN_OOXML.items():
        if f"{word}.sheet" in types or f"{word}.document" in types or f"{word}.template" in types:
            return known
    if "excel.sheet.macroEnabled" in types:
        return "xlsx"
    if "word.document.macroEnabled" in types:
        return "docx"
    raise UnknownFormatError("an OOXML file that is neither workbook nor Word document")


def _of_mimetype(path: Path) -> Format:
    from extractors.packages import opened  # noqa: PLC0415

    with opened(path) as package, package.stream("mimetype") as stream:
        kind = stream.read(200).decode("ascii", "replace").removeprefix("application/vnd.oasis.opendocument.")
    found = next((known for word, known in IN_ODF.items() if kind.startswith(word)), None)
    if found is None:
        raise UnknownFormatError(f"an OpenDocument file of kind {kind[:40]}")
    return found
