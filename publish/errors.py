"""The reasons why nothing is published: one typed error for each."""

from pathlib import Path


class PublishError(Exception):
    """Something that must not be published, or cannot be now."""


class RowRefusedError(PublishError):
    """A row that breaks the dataset's definition. Tells the document (None for a reference table), table and column."""

    def __init__(self, document_id: str | None, table: str, column: str | None, why: str) -> None:
        super().__init__(document_id, table, column, why)
        self.document_id = document_id
        self.table = table
        self.column = column
        self.why = why

    def __str__(self) -> str:
        place = self.table if self.column is None else f"{self.table}.{self.column}"
        return f"{place}: {self.why}" + (f" (document {self.document_id})" if self.document_id else "")


class RepeatedDocumentError(PublishError):
    """A document that comes twice among the papers of a dataset."""


class PaperDamagedError(PublishError):
    """A file with a paper's rows that cannot be read, or is not the one that the run ended with."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(file, why)
        self.file = file
        self.why = why

    def __str__(self) -> str:
        return f"{self.file}: {self.why}"


class VersionRefusedError(PublishError):
    """A version that is not named `YYYY.M.D` or `YYYY.M.D.N`, or does not come after the newest release."""


class VersionExistsError(VersionRefusedError):
    """A version that is published already; a release is written once."""


class PublishInProgressError(PublishError):
    """Another process is publishing to the same root."""


class ReleaseDamagedError(PublishError):
    """A release whose files are not what its `datapackage.json` says."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(file, why)
        self.file = file
        self.why = why

    def __str__(self) -> str:
        return f"{self.file}: {self.why}"
