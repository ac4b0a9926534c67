"""Documents that fail in a night because the archive does not give their bytes."""

from schemas.errors import UnreadableDocumentError


class NotInArchiveError(UnreadableDocumentError):
    """The ledger knows a document whose bytes the archive does not have."""

    reason = "not_in_archive"
    advice = "restore the archive from a backup, or let the next night fetch the paper again"


class ArchivedBytesDifferError(UnreadableDocumentError):
    """The archive's bytes are not those that were put there."""

    reason = "archived_bytes_differ"
    advice = "restore the file from a backup, or remove it from the archive and fetch it again"
