"""What goes wrong around the reading of a document, besides what the document itself is to blame for."""

from schemas.errors import UnreadableDocumentError


class WorkDamagedError(Exception):
    """A kept reading that cannot be taken up again: its file is damaged, or another version of the code wrote it."""


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


class UnknownFormatError(UnreadableDocumentError):
    """A file of a kind that no reader takes."""

    reason = "unknown_format"
    advice = "look at the file; ask the publisher for a copy as PDF or workbook if it holds the forms"


class OfficeMissingError(UnreadableDocumentError):
    """LibreOffice, which opens office files of before 2007, is not installed on this machine."""

    reason = "office_missing"
    advice = (
        "install it: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui; then `gongkai rerun --failed`"
    )


class ContainerUnreadableError(UnreadableDocumentError):
    """An archive that cannot be opened, is past the limits, or holds no paper; the detail says which."""

    reason = "container_unreadable"
    advice = "look at the archive: it is damaged, asks for a password, unpacks to too much, or holds nothing but texts"
