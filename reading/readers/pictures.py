"""Pictures as scans: each is a page, read as a scanned page of a PDF is."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from checks import Alternative
from extractors.pages.picture_files import write_as_pdf
from reading.contents import Contents
from reading.pdf_contents import read_pdf
from reading.second_reader import SecondReader
from schemas.records import Format, LineItem


class PictureReader:
    """The reader of JPEG, PNG and TIFF."""

    formats: frozenset[Format] = frozenset({"picture"})

    def read(self, path: Path) -> Contents:
        """The pages of a picture. Raises `UnreadableDocumentError`."""
        with _as_pdf(path) as pdf:
            return read_pdf(pdf)

    def second(self, path: Path, items: Sequence[LineItem]) -> "SecondOfPicture":
        """Both engines' readings with their doubts."""
        return SecondOfPicture(path, items)


class SecondOfPicture:
    """The second reader of a picture: that of the PDF which it makes."""

    def __init__(self, path: Path, items: Sequence[LineItem]) -> None:
        self._path, self._items = path, items
        self._open = ExitStack()

    def __enter__(self) -> Self:
        pdf = self._open.enter_context(_as_pdf(self._path))
        self._second = self._open.enter_context(SecondReader(pdf, self._items))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def __call__(self, item: LineItem) -> Sequence[Alternative]:
        """What else may stand in the amount's cell."""
        return self._second(item)

    def engine(self) -> Callable[[LineItem], bool] | None:
        """Whether the second engine reads an amount as the first did; None where there is none."""
        return self._second.engine()


@contextmanager
def _as_pdf(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gongkai-picture-") as folder:
        pdf = Path(folder) / "picture.pdf"
        write_as_pdf(path, pdf)
        yield pdf
