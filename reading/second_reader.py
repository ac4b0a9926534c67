"""The second reader's word on single amounts of a paper, only where it is asked.

An amount of a text layer is read again by pdfplumber, one of a picture by both OCR engines with their doubts.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from checks import Alternative
from extractors.pages.pictures_again import PicturesAgain
from extractors.pages.text_again import TextAgain
from extractors.tables.amounts import printed_amount
from extractors.tables.lines import text_of
from schemas.records import Box, LineItem, Reader


class SecondReader:
    """Reads cells' amounts again from the document at `path`; a context that opens it when first asked.

    `items` are the paper's amounts: those of a picture are read a column of a table at a time.
    """

    def __init__(self, path: Path, items: Sequence[LineItem] = ()) -> None:
        self._items = items
        self._open = ExitStack()
        self._text = self._open.enter_context(TextAgain(path))
        self._pictures = lru_cache(1)(lambda: self._open.enter_context(PicturesAgain(path)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def __call__(self, item: LineItem) -> Sequence[Alternative]:
        """What else may stand in the amount's cell; nothing where no amount is seen there, or a person has read it."""
        if item.reader == "correction":
            return ()
        return tuple(self._on_picture(item) if item.reader == "rapidocr" else self._in_text(item))

    def engine(self) -> Callable[[LineItem], bool] | None:
        """Whether the second engine reads an amount of a picture as the first did; None where there is none."""
        return self._agrees if self._pictures().has_second_engine() else None

    def _agrees(self, item: LineItem) -> bool:
        return any(other.reader == "tesseract" and other.amount == item.amount for other in self(item))

    def _in_text(self, item: LineItem) -> Iterator[Alternative]:
        text = text_of(self._text.words(item.page, _box(item)))
        yield from _alternative(item, text, "pdfplumber", 1.0)

    def _on_picture(self, item: LineItem) -> Iterator[Alternative]:
        """The first engine's word counts only where it is another than before: alone it agrees with nobody."""
        for reading in self._pictures().readings(item.page, _box(item), self._column(item)):
            for other in _alternative(item, reading.printed, reading.reader, reading.confidence, seen=reading.seen):
                if other.reader != item.reader or other.amount != item.amount:
                    yield other

    def _column(self, item: LineItem) -> Iterator[Box]:
        """The cells of the amounts that a check would ask for with this one."""
        place = (item.page, item.table_no, item.measure)
        return (_box(other) for other in self._items if (other.page, other.table_no, other.measure) == place)


class NoSecondReader:
    """For documents that nobody reads a second time: it has no word on any amount."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __call__(self, item: LineItem) -> Sequence[Alternative]:
        """Nothing."""
        return ()

    def engine(self) -> None:
        """None: there is no second engine."""
        return


def _box(item: LineItem) -> Box:
    return Box(item.x0, item.y0, item.x1, item.y1)


def _alternative(
    item: LineItem, text: str, reader: Reader, confidence: float, *, seen: bool = True
) -> Iterator[Alternative]:
    """What was seen with its amount in yuan; nothing where it is no amount, or has a fraction of a cent."""
    try:
        value = printed_amount(text)
        amount = None if value is None else value.yuan(item.unit)
    except ValueError:
        return
    if amount is not None:
        yield Alternative(text, amount, reader, confidence, seen)
