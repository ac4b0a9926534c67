"""Scans of the labelled papers, read and compared: with the labels, and with the text papers they were made from.

    python -m benchmarks.scans [PAPER ...] [--scanner office poor ...] [--list] [--threads 1]

A paper is named as its labels are, `putuo_commerce_2025_budget`. Its first page and the pages with forms are scanned by
`benchmarks.scanner` and read as pictures. `recall`, `precision` and `silent` are against the labels: an amount that is
wrong and `proven` or `repaired` is silent. `plain lost` is the share of the printed amounts that are not among the
texts of a plain RapidOCR call over each whole page; `cost` is the time of reading a page to its line items against that
call on the same rendered page with the same threads. `--list` prints the cells in which scan and text differ.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path

from rapidocr import RapidOCR

from benchmarks.labelled import LABELLED, labelled_items
from benchmarks.scanner import SCANNERS, Scanner, scan
from checks import check
from extractors.forms.paper import describe
from extractors.forms.recognise import recognise
from extractors.items.line_items import line_items
from extractors.items.vocabulary import VOCABULARY
from extractors.pages.pdfium import open_pdf
from extractors.pages.picture import read_picture
from extractors.pages.picture.raster import rendered
from extractors.tables.layout import PageLayout, layout_of
from extractors.tables.stitch import stitched
from flows.document import read_document
from schemas.records import LineItem, Page
from schemas.wording import plain, without_ordinal

DOCUMENTS = LABELLED.parent / "documents"
SURE = ("proven", "repaired")
Amounts = Counter[tuple[str, str | None, str, str, Decimal]]


@dataclass(frozen=True, slots=True)
class Plain:
    """What one plain RapidOCR call on each page gives: the printed amounts lost or wrong, and seconds for all pages."""

    lost: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one scan of one paper; seconds are for all its pages, `differing` the cells unlike the text's."""

    true: int
    published: int
    matched: int
    silent: int
    seconds: float
    pages: int
    plain: Plain
    differing: Sequence[str]

    def row(self, name: str, scanner: str) -> str:
        """A row of the table that is printed."""
        recall = self.matched / self.true if self.true else 1.0
        precision = self.matched / self.published if self.published else 1.0
        return (
            f"| {name} | {scanner} | {self.pages} | {self.true} | {self.published} | {recall:.4f} | {precision:.4f} "
            f"| {self.silent} | {self.plain.lost / self.true:.3f} | {self.seconds / self.pages:.2f} "
            f"| {self.seconds / self.plain.seconds:.2f} |"
        )


def form_pages(path: Path) -> list[int]:
    """The first page, which names the paper, and those with amounts of forms, by the text layer."""
    return sorted({1, *(item.page for item in read_document(path).line_items)})


def items_of(pages: Iterable[Page], name: str) -> tuple[LineItem, ...]:
    """The checked line items of some pages of a paper; the second reader is not asked."""
    layouts: list[PageLayout] = []
    for page in pages:
        layouts.append(layout_of(page, layouts[-1] if layouts else None, VOCABULARY))
    forms = [form for table in stitched(layouts) if (form := recognise(table)[0]) is not None]
    paper = describe(forms, (line for layout in layouts for line in layout.lines), name)
    items, _ = line_items(name, forms, paper)
    return check(items).items


def read_scan(path: Path, threads: int) -> tuple[LineItem, ...]:
    """The line items of a paper whose pages are all pictures."""
    with open_pdf(path) as pdf:
        return items_of([read_picture(pdf, number, threads) for number in range(1, len(pdf) + 1)], path.name)


def scored(items: Sequence[LineItem], labels: Sequence[LineItem]) -> tuple[int, int, int, int]:
    """True, published, matched and silent amounts, as multisets for each form, side, code or name, and measure."""
    coded = {(item.form, item.side) for item in labels if item.code}
    forms = {item.form for item in labels}
    own = [item for item in items if item.form in forms]
    true, found = _amounts(labels, coded), _amounts(own, coded)
    sure = _amounts((item for item in own if item.status in SURE), coded)
    return true.total(), found.total(), (true & found).total(), (sure - true).total()


def _amounts(items: Iterable[LineItem], coded: set[tuple[str, str | None]]) -> Amounts:
    return Counter(
        (
            item.form,
            item.side,
            (item.code if (item.form, item.side) in coded else None) or without_ordinal(plain(item.name)),
            item.measure,
            item.amount,
        )
        for item in items
    )


def differences(scanned: Iterable[LineItem], printed: Iterable[LineItem]) -> list[str]:
    """The cells in which a scan and its text paper differ, the text's reading first."""
    ours, theirs = ({_place(item): item for item in items} for items in (scanned, printed))
    lines = []
    for place in sorted(ours.keys() | theirs.keys(), key=str):
        here, there = ours.get(place), theirs.get(place)
        said = [f"{item.code or ''} {item.name} {item.printed}" if item else "-" for item in (there, here)]
        if said[0] != said[1]:
            lines.append(f"{'/'.join(map(str, place))}: {said[0]} | {said[1]}" + (f" ({here.status})" if here else ""))
    return lines


def _place(item: LineItem) -> tuple[str, str, str | None, int, str]:
    return item.department, item.form, item.side, item.line, item.measure


def plainly_read(path: Path, labels: Iterable[LineItem], threads: int) -> Plain:
    """One plain RapidOCR call on each rendered page, loading left out."""
    pinned = {"EngineConfig.onnxruntime.intra_op_num_threads": threads, "Global.log_level": "error"}
    engine = RapidOCR(params=pinned | {"EngineConfig.onnxruntime.inter_op_num_threads": 1})
    with open_pdf(path) as pdf:
        pictures = [rendered(pdf, number).pixels for number in range(1, len(pdf) + 1)]
    engine(pictures[0])
    start = time.perf_counter()
    texts = [text for picture in pictures for text in getattr(engine(picture), "txts", None) or ()]
    seconds = time.perf_counter() - start
    return Plain((Counter(item.printed for item in labels) - Counter(texts)).total(), seconds)


def measured(name: str, scanner: Scanner, threads: int, folder: Path) -> Result:
    """The result of a paper under a scanner."""
    source, target = DOCUMENTS / f"{name}.pdf", folder / f"{name}.pdf"
    labels = labelled_items(LABELLED / f"{name}.csv")
    pages = form_pages(source)
    scan(source, target, scanner, pages)
    with open_pdf(target) as pdf:
        read_picture(pdf, 1, threads)  # loads the models
    start = time.perf_counter()
    items = read_scan(target, threads)
    seconds = time.perf_counter() - start
    unlike = differences(items, read_document(source).line_items)
    return Result(*scored(items, labels), seconds, len(pages), plainly_read(target, labels, threads), unlike)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("papers", nargs="*", default=sorted(path.stem for path in LABELLED.glob("*.csv")))
    ask.add_argument("--scanner", nargs="+", choices=SCANNERS, default=list(SCANNERS))
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--list", action="store_true")
    asked = ask.parse_args()
    print("| paper | scanner | pages | true | published | recall | precision | silent | plain lost | s a page | cost |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, scanner in product(asked.papers, asked.scanner):
            result = measured(name, SCANNERS[scanner], asked.threads, Path(folder))
            print("\n    ".join([result.row(name, scanner), *(result.differing if asked.list else ())]), flush=True)


if __name__ == "__main__":
    main()
