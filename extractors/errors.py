"""Why a file that is no PDF cannot be read; like `schemas.errors`, and known without loading its readers."""

from schemas.errors import UnreadableDocumentError


class DamagedDocumentError(UnreadableDocumentError):
    """A workbook, Word document or page whose structure cannot be read, such as a download cut short."""

    reason = "damaged_document"
    advice = "fetch it again; if it stays damaged, ask the publisher"


class EncryptedDocumentError(UnreadableDocumentError):
    """A workbook or Word document that asks for a password."""

    reason = "encrypted_document"
    advice = "ask the publisher for an open copy"


class DocumentBombError(UnreadableDocumentError):
    """A package whose parts unpack to far more than a paper can hold, or declare entities of their own."""

    reason = "document_bomb"
    advice = "leave it: no office program writes such a file"


class DocumentTooLargeError(UnreadableDocumentError):
    """More cells, on every sheet, than the forms of a department can have."""

    reason = "document_too_large"
    advice = "look at the file: registers and lists of projects are no department's forms"


class NoTableInPageError(UnreadableDocumentError):
    """A web page in which no table holds data: a list of links, a text, what a server says in the place of a file."""

    reason = "no_table_in_page"
    advice = "open the page; if its forms are files beside it, fetch those"
