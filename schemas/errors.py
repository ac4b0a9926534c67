"""Errors that rooms share: why a document cannot be read (it ends as `documents.status_reason`), and wrong use."""


class UnreadableDocumentError(Exception):
    """A document that cannot be read. `reason` is its stable name, `advice` what a maintainer can do about it."""

    reason = "unreadable"
    advice = "open the file by hand; if a viewer shows it, report the case"

    def __str__(self) -> str:
        detail = super().__str__()
        return f"{self.reason}: {detail}" if detail else self.reason


class EmptyFileError(UnreadableDocumentError):
    """The file has no bytes."""

    reason = "empty_file"
    advice = "fetch it again"


class NotAPdfError(UnreadableDocumentError):
    """The bytes are no PDF, whatever the name says."""

    reason = "not_a_pdf"
    advice = "look at the bytes: a page that says 'not found' or a document of another kind"


class DamagedPdfError(UnreadableDocumentError):
    """A PDF whose structure cannot be read, such as a download cut short."""

    reason = "damaged_pdf"
    advice = "fetch it again; if it stays damaged, ask the publisher"


class EncryptedPdfError(UnreadableDocumentError):
    """A PDF that asks for a password."""

    reason = "encrypted_pdf"
    advice = "ask the publisher for an open copy"


class TooManyPagesError(UnreadableDocumentError):
    """More pages than a department's paper can have."""

    reason = "too_many_pages"
    advice = "raise the limit for this file if it really is a department's paper"


class PageTooLargeError(UnreadableDocumentError):
    """A page larger than any sheet that is printed."""

    reason = "page_too_large"
    advice = "raise the limit for this file if the page is meant"


class TimeLimitError(UnreadableDocumentError):
    """Reading took longer than a document may take."""

    reason = "time_limit"
    advice = "rerun it alone with a larger limit"


class MemoryLimitError(UnreadableDocumentError):
    """Reading asked for more memory than a document's process may have."""

    reason = "memory_limit"
    advice = "rerun it alone with a larger limit"


class ReaderCrashedError(UnreadableDocumentError):
    """The process that read the document died."""

    reason = "reader_crashed"
    advice = "rerun it; if it dies again, report the case"


class WrongUseError(Exception):
    """What is asked for cannot be carried out as it was given. Its text is Chinese and English, for the terminal."""
