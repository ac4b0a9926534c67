"""Single cells of scanned pages read again, by both engines; the engines are loaded when they are first asked."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from extractors.pages.ocr import THREADS
from extractors.pages.pdfium import hidden_words, open_pdf
from schemas.records import Box

if TYPE_CHECKING:
    from extractors.pages.picture.alternatives import Reading
    from extractors.pages.picture.preparing import PagePicture

PICTURES_KEPT = 3
"""A page's prepared picture takes 12 MiB at 200 dpi, and half a second to make."""


class PicturesAgain:
    """The scanned pages of the document at `path`; a context that opens it when first asked."""

    def __init__(self, path: Path) -> None:
        self._open = ExitStack()
        self._document = lru_cache(1)(lambda: self._open.enter_context(open_pdf(path)))
        self._picture = lru_cache(PICTURES_KEPT)(self._prepare)
        self._seen: dict[tuple[int, Box], Sequence[Reading]] = {}

    def __enter__(self) -> "PicturesAgain":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def readings(self, page: int, cell: Box, others: Iterable[Box] = ()) -> "Sequence[Reading]":
        """What may be printed in a cell of a page, likeliest first; see `extractors.pages.picture.alternatives`.

        `others` are cells of the page that will be asked for too: reading them at once takes an eighth of the time.
        """
        if (page, cell) not in self._seen:
            from extractors.pages.picture.alternatives import alternatives  # noqa: PLC0415  only scans need engines

            boxes = [cell, *(box for box in dict.fromkeys(others) if box != cell and (page, box) not in self._seen)]
            picture = self._picture(page)
            found = alternatives(picture, boxes, THREADS, picture.placed(hidden_words(self._document(), page)))
            self._seen.update(((page, box), own) for box, own in zip(boxes, found, strict=True))
        return self._seen[page, cell]

    def has_second_engine(self) -> bool:
        """Whether Tesseract can be called; it is said once where it cannot."""
        from extractors.pages.picture import tesseract  # noqa: PLC0415

        return tesseract.is_there()

    def _prepare(self, number: int) -> "PagePicture":
        from extractors.pages.picture import prepared  # noqa: PLC0415

        return prepared(self._document(), number, THREADS)
