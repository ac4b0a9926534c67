"""Findings on text that a page shows only in part; looked for where a page's text goes on as the next page's does."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors.printed_twice import printed_twice
from schemas.records import Finding, Format, Page, Passage


def cut_off(path: Path, kind: Format, pages: Sequence[Page], text: Sequence[Passage]) -> Iterator[Finding]:
    """Find the lines of which a page of a PDF shows only a part."""
    twice = set(printed_twice(text)) if kind == "pdf" else set()
    if not twice:
        return
    from extractors.pages.cut_lines import cut_lines  # noqa: PLC0415  few papers have such pages
    from extractors.pages.pdfium import open_pdf  # noqa: PLC0415

    with open_pdf(path) as document:
        for page in pages:
            if page.number in twice and page.reader == "pdfium":
                for line in cut_lines(document, page.number, page.words):
                    yield Finding("text_cut_off", line, page=page.number)
