"""Where things lie in an archive: keys relative to its root, with forward slashes."""

import hashlib
import re

from schemas.captures import Capture

DOCUMENTS = "sha256"
CAPTURES = "captures"
DOCUMENT_ID = re.compile(r"[0-9a-f]{64}")


def document_key(document_id: str) -> str:
    """The key of a document's bytes. Raises `ValueError` where this is no id, so that none can lead elsewhere."""
    return f"{DOCUMENTS}/{_sharded(document_id)}"


def captures_folder(document_id: str) -> str:
    """The folder of the records of a document's captures. Raises `ValueError` where this is no id."""
    return f"{CAPTURES}/{_sharded(document_id)}"


def capture_key(capture: Capture) -> str:
    """The key of a capture's record: one for each portal, address, member and moment."""
    parts = (capture.portal, capture.paper.url, capture.member or "", capture.fetched_at.isoformat())
    name = hashlib.sha256("\n".join(parts).encode("utf-8", errors="surrogatepass")).hexdigest()
    return f"{captures_folder(capture.document_id)}/{name}.json"


def _sharded(document_id: str) -> str:
    """Two levels of folders, so that none holds more than some thousand names."""
    if not DOCUMENT_ID.fullmatch(document_id):
        raise ValueError(f"not a document id, which is 64 lower-case hex digits: {document_id!r}")
    return f"{document_id[:2]}/{document_id[2:4]}/{document_id}"
