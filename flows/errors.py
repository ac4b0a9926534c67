"""What goes wrong around the reading: wrong use of the commands, and documents that fail outside the reader."""

from typing import TYPE_CHECKING

from schemas.errors import UnreadableDocumentError

if TYPE_CHECKING:
    from flows.night.steps import NightReport


class WrongUseError(Exception):
    """A command that cannot be carried out as it was given. Its text is Chinese and English, for the terminal."""


class WorkDamagedError(Exception):
    """A kept reading that cannot be taken up again: its file is damaged, or another version of the code wrote it."""


class BoundsBrokenError(Exception):
    """A night in which a portal's bound was broken; all that it brought is kept and published. Carries its report."""

    def __init__(self, report: "NightReport") -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return "; ".join(f"{portal}: {', '.join(said)}" for portal, said in self.report.breaches.items())


class StoppedError(Exception):
    """A call that ended because the processes were stopped: nothing is known of its document."""


class FileChangedError(UnreadableDocumentError):
    """The file at a path is no longer the one that was found there."""

    reason = "file_changed"
    advice = "run again once nothing writes to the file"


class RowsRefusedError(UnreadableDocumentError):
    """What was read breaks the dataset's definition, such as a key that comes twice."""

    reason = "rows_refused"
    advice = "report the case: the reading is at fault, not the file"


class NotInArchiveError(UnreadableDocumentError):
    """The ledger knows a document whose bytes the archive does not have."""

    reason = "not_in_archive"
    advice = "restore the archive from a backup, or let the next night fetch the paper again"


class ArchivedBytesDifferError(UnreadableDocumentError):
    """The archive's bytes are not those that were put there."""

    reason = "archived_bytes_differ"
    advice = "restore the file from a backup, or remove it from the archive and fetch it again"
