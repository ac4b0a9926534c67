"""What every reader of documents gives, whatever the kind of its files: pages or sheets, tables, lines of text."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from checks import Alternative
from extractors.tables.layout import PageLayout
from schemas.errors import UnreadableDocumentError
from schemas.records import Finding, Format, LineItem, Page


@dataclass(frozen=True, slots=True)
class Contents:
    """A document as one reader saw it.

    `pages` and `layouts` go together: what is printed, and its tables and lines. `sheets` are the layouts in reading
    order, pages of one sheet laid out as one. `pictured` tells for each page that was read from its picture why,
    `refused` which of them could not be; `whole` are those whose columns were told by the alignment of words, for their
    rules gave no form. A document that is not `paged` flows: all of it is on page 1.
    """

    pages: Sequence[Page]
    layouts: Sequence[PageLayout]
    sheets: Sequence[PageLayout]
    pictured: Mapping[int, str] = field(default_factory=dict)
    refused: Mapping[int, UnreadableDocumentError] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    paged: bool = True
    whole: frozenset[int] = frozenset()


class SecondReading(Protocol):
    """Another reader's word on single amounts."""

    def __call__(self, item: LineItem) -> Sequence[Alternative]:
        """What else may stand in the amount's cell."""
        ...

    def engine(self) -> Callable[[LineItem], bool] | None:
        """Whether the second engine reads an amount of a picture as the first did; None where there is none."""
        ...


class DocumentReader(Protocol):
    """One way to read documents: which formats, and what their bytes say."""

    formats: frozenset[Format]

    def read(self, path: Path) -> Contents:
        """All that the file at `path` prints. Raises `UnreadableDocumentError`."""
        ...

    def second(self, path: Path, items: Sequence[LineItem]) -> AbstractContextManager[SecondReading]:
        """The second reader of the same file, which opens it when first asked; `items` are the paper's amounts."""
        ...
