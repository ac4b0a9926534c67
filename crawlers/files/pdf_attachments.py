"""A process of its own that takes the files out of a PDF: the PDF comes on standard input, a zip goes to the output.

pdfium inflates what it is asked for, whatever it inflates to, and a hostile file may end it: all of that costs this
process alone, which has limits of its own (`crawlers.files.archive_pdf` begins it, and says what its statuses mean).
"""

import ctypes
import resource
import sys
import zipfile
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

PASSWORD, TOO_MUCH, TOO_MANY = 3, 4, 5
"""Statuses. Any other than these and 0 is that of a damaged file."""
MEMORY_BYTES = 2 * 2**30
SECONDS = 60


def main() -> int:
    """Write the attachments. Arguments: the most bytes that they may have together, and the most files."""
    most_bytes, most_files = int(sys.argv[1]), int(sys.argv[2])
    for kind, most in {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: most_bytes + 2**20,
        resource.RLIMIT_CORE: 0,
    }.items():
        resource.setrlimit(kind, (most, most))
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        return PASSWORD if "password" in str(error).lower() else 1
    with zipfile.ZipFile(sys.stdout.buffer, "w") as out:
        for number, attachment in enumerate(_attachments(document)):
            size = ctypes.c_ulong()
            if not raw.FPDFAttachment_GetFile(attachment, None, 0, size):
                continue  # a name without a file
            most_bytes -= size.value
            if most_bytes < 0:
                return TOO_MUCH
            if number >= most_files:
                return TOO_MANY
            data = ctypes.create_string_buffer(size.value)
            if size.value:
                raw.FPDFAttachment_GetFile(attachment, data, size.value, size)
            out.writestr(zipfile.ZipInfo(_name(attachment) or f"{number + 1}"), data.raw[: size.value])
    return 0


def _attachments(document: pypdfium2.PdfDocument) -> Iterator[raw.FPDF_ATTACHMENT]:
    """The attachments of the document, then those of its pages."""
    for at in range(raw.FPDFDoc_GetAttachmentCount(document)):
        yield raw.FPDFDoc_GetAttachment(document, at)
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            continue
        for at in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, at)
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT:
                yield raw.FPDFAnnot_GetFileAttachment(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
        page.close()


def _name(attachment: raw.FPDF_ATTACHMENT) -> str:
    size = raw.FPDFAttachment_GetName(attachment, None, 0)
    data = ctypes.create_string_buffer(size)
    raw.FPDFAttachment_GetName(attachment, ctypes.cast(data, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return data.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


if __name__ == "__main__":
    sys.exit(main())
