"""The second reading of an office file: its own rendering to PDF by LibreOffice, read as a PDF.

Asked where a check fails. A cell's text is exact, so a rendering can only bear it out: where the same row and column of
the rendering print the same amount, two programs agree on what is printed. It never takes the place of a cell.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from checks import Alternative
from extractors.forms.paper import Outside
from reading.pdf_contents import read_pdf
from reading.recognising import recognised_in
from reading.rendered.rendering import as_pages
from schemas.errors import UnreadableDocumentError
from schemas.records import Format, LineItem

Key = tuple[str | None, ...]


class RenderedReader:
    """Reads amounts again from the rendering of the file at `path`, which is made when first asked for.

    `items` are the paper's amounts: it is read as of their kind and year.
    """

    def __init__(self, path: Path, kind: Format, items: Sequence[LineItem]) -> None:
        self._path, self._kind = path, kind
        self._outside = Outside((path.name,), *((items[0].kind, items[0].fiscal_year) if items else ()))
        self._rendered = lru_cache(1)(self._read)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def __call__(self, item: LineItem) -> Sequence[Alternative]:
        """The same amount as printed, where the rendering prints it in the same row and column; else nothing."""
        found = self._rendered().get(_key(item), [])
        same = next((other for other in found if other.amount == item.amount), None)
        return (Alternative(same.printed, same.amount, "libreoffice", 1.0, True),) if same else ()

    def engine(self) -> None:
        """None: no picture is read."""
        return

    def _read(self) -> Mapping[Key, Sequence[LineItem]]:
        """The amounts of the rendering; none where nothing can print the file."""
        items: defaultdict[Key, list[LineItem]] = defaultdict(list)
        try:
            with as_pages(self._path, self._kind) as pages:
                if pages is not None:
                    for item in recognised_in(read_pdf(pages.path), "", self._outside).items:
                        items[_key(item)].append(item)
        except UnreadableDocumentError:
            return {}
        return items


def _key(item: LineItem) -> Key:
    """What an amount is, wherever it stands."""
    return item.form, item.side, item.organisation, item.code, item.name, item.measure, item.fund
