"""The files that a PDF carries (ISO 32000-1, 7.11.4): attachments of the document, of a page, of a portfolio.

They are taken out by a process of its own (`crawlers.files.pdf_attachments`), which hands them over as a zip.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from crawlers.errors import ArchiveLimitError, DamagedArchiveError, DecompressionBombError, EncryptedArchiveError
from crawlers.files.pdf_attachments import PASSWORD, SECONDS, TOO_MANY, TOO_MUCH
from crawlers.limits import Limits

_PROGRAM = Path(__file__).with_name("pdf_attachments.py")


def attachments_as_zip(content: bytes, limits: Limits) -> bytes:
    """The files that a PDF carries as a zip, in which they are stored as they are.

    Raises `DamagedArchiveError`, `EncryptedArchiveError`, `ArchiveLimitError`, or `DecompressionBombError` where they
    inflate to more than may be unpacked.
    """
    asked = (sys.executable, "-I", str(_PROGRAM), str(limits.unpacked_bytes), str(limits.members))
    with tempfile.TemporaryFile() as out:
        try:
            done = subprocess.run(
                asked, input=content, stdout=out, stderr=subprocess.DEVNULL, timeout=2 * SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise DamagedArchiveError(f"its attachments took more than {2 * SECONDS} s") from error
        if done.returncode == PASSWORD:
            raise EncryptedArchiveError("the PDF asks for a password")
        if done.returncode == TOO_MUCH:
            raise DecompressionBombError(f"its attachments unpack to more than {limits.unpacked_bytes} bytes")
        if done.returncode == TOO_MANY:
            raise ArchiveLimitError(f"more than {limits.members} attachments")
        if done.returncode:
            raise DamagedArchiveError(f"its attachments cannot be had (status {done.returncode})")
        out.seek(0)
        return out.read()
