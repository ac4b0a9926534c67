"""Scans of papers, read and compared: with the labels, and with the text papers they were made from.

    python -m benchmarks.scans [PAPER ...] [--scanner office poor ...] [--varied SEED ...] [--ours] [--list] [--write]

A paper is named as its file is, `putuo_commerce_2025_budget`. Its first page and the pages with forms are scanned by
`benchmarks.scanner` and go down the whole line. `recall`, `precision` and `silent` are against the labels, or against
the text paper where there are none: an amount that is wrong and `proven` or `repaired` is silent. `plain lost` is the
share of the printed amounts that are not among the texts of a plain RapidOCR call over each whole page; `cost` is the
time of reading a page to its checked line items against that call on the same rendered page with the same threads;
`--prose` measures it on pages of prose instead, six of each paper.
`reread` cells were asked of Tesseract too; `settled` amounts took its reading, `spoiled` are those that its reading
would have made wrong. `--varied` draws the scanners' parameters by each seed; `--list` prints the cells in which scan
and text differ; `--write` makes docs/scans.md.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path
from unittest import mock

from rapidocr import RapidOCR

from benchmarks.labelled import LABELLED, labelled_items
from benchmarks.scanner import EVERY, SCANNERS, Scanner, scan, varied
from checks import Alternative
from extractors.pages.ocr import THREADS
from extractors.pages.pdfium import open_pdf
from extractors.pages.picture import read_picture
from extractors.pages.picture.raster import rendered
from reading.document import read_document
from reading.readers import pdf as pdf_reader
from reading.second_reader import SecondReader
from schemas.records import LineItem
from schemas.wording import plain, without_ordinal

DOCUMENTS = LABELLED.parent / "documents"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "scans.md"
SURE = ("proven", "repaired")
PROSE_PAGES = 6
PROSE_HEAD = "| paper | scanner | pages of prose | s a page | cost |\n" + "|---" * 5 + "|"
HEAD = (
    "| paper | scanner | pages | true | published | recall | precision | silent | sure | plain lost | s a page | cost "
    "| reread | settled | spoiled |\n" + "|---" * 15 + "|"
)
Amounts = Counter[tuple[str, str | None, str, str, Decimal]]


@dataclass(frozen=True, slots=True)
class Plain:
    """What one plain RapidOCR call on each page gives: the printed amounts lost or wrong, and seconds for all pages."""

    lost: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Share:
    """Tesseract's share: cells it was asked, amounts that took its reading, amounts it would have made wrong."""

    reread: int
    settled: int
    spoiled: int


@dataclass(frozen=True, slots=True)
class Score:
    """Amounts as multisets for each form, side, code or name, and measure; `sure` are proven or repaired."""

    true: int
    published: int
    matched: int
    silent: int
    sure: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one scan of one paper; seconds are for all its pages, `differing` the cells unlike the text's."""

    score: Score
    seconds: float
    pages: int
    plain: Plain | None
    share: Share
    differing: Sequence[str]

    def row(self, name: str, scanner: str) -> str:
        """A row of the table that is printed."""
        score, share = self.score, self.share
        recall = score.matched / score.true if score.true else 1.0
        precision = score.matched / score.published if score.published else 1.0
        lost, cost = "–", "–"
        if self.plain:
            lost, cost = f"{self.plain.lost / score.true:.3f}", f"{self.seconds / self.plain.seconds:.2f}"
        return (
            f"| {name} | {scanner} | {self.pages} | {score.true} | {score.published} | {recall:.4f} | {precision:.4f} "
            f"| {score.silent} | {score.sure / max(score.published, 1):.3f} | {lost} "
            f"| {self.seconds / self.pages:.2f} | {cost} "
            f"| {share.reread} | {share.settled} | {share.spoiled} |"
        )


class Listening(SecondReader):
    """The second reader, with all that it was asked and said."""

    said: list[tuple[LineItem, Sequence[Alternative]]]

    def __call__(self, item: LineItem) -> Sequence[Alternative]:
        """What the second reader says, kept in `said`."""
        others = super().__call__(item)
        self.said.append((item, others))
        return others


def form_pages(path: Path) -> list[int]:
    """The first page, which names the paper, and those with amounts of forms, by the text layer."""
    return sorted({1, *(item.page for item in read_document(path).line_items)})


def scored(items: Sequence[LineItem], truth: Sequence[LineItem]) -> Score:
    """How the amounts that were read compare with the true ones of the same forms."""
    coded = {(item.form, item.side) for item in truth if item.code}
    forms = {item.form for item in truth}
    own = [item for item in items if item.form in forms]
    true, found = _amounts(truth, coded), _amounts(own, coded)
    sure = _amounts((item for item in own if item.status in SURE), coded)
    return Score(true.total(), found.total(), (true & found).total(), (sure - true).total(), sure.total())


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


def differences(scanned: Iterable[LineItem], printed: Iterable[LineItem]) -> Iterator[str]:
    """The cells in which a scan and its text paper differ, the text's reading first."""
    ours, theirs = ({_place(item): item for item in items} for items in (scanned, printed))
    for place in sorted(ours.keys() | theirs.keys(), key=str):
        here, there = ours.get(place), theirs.get(place)
        said = [f"{item.code or ''} {item.name} {item.printed}" if item else "-" for item in (there, here)]
        if said[0] != said[1]:
            yield f"{'/'.join(map(str, place))}: {said[0]} | {said[1]}" + (f" ({here.status})" if here else "")


def _place(item: LineItem) -> tuple[str | int | None, ...]:
    return item.department, item.form, item.side, item.organisation, item.line, item.measure, item.fund


def tesseracts_share(
    said: Iterable[tuple[LineItem, Sequence[Alternative]]], items: Iterable[LineItem], printed: Iterable[LineItem]
) -> Share:
    """What Tesseract did, and would have done, to the amounts of a scan."""
    true = {_place(item): item.amount for item in printed}
    words = [(item, each) for item, others in said for each in others if each.reader == "tesseract"]
    settled = sum(item.status == "repaired" and item.reader == "tesseract" for item in items)
    spoiled = sum(item.amount == true.get(_place(item)) != each.amount for item, each in words)
    return Share(len(words), settled, spoiled)


def plainly_read(path: Path, labels: Iterable[LineItem]) -> Plain:
    """One plain RapidOCR call on each rendered page, loading left out."""
    pinned = {"EngineConfig.onnxruntime.intra_op_num_threads": THREADS, "Global.log_level": "error"}
    engine = RapidOCR(params=pinned | {"EngineConfig.onnxruntime.inter_op_num_threads": 1})
    with open_pdf(path) as pdf:
        pictures = [rendered(pdf, number).pixels for number in range(1, len(pdf) + 1)]
    engine(pictures[0])
    start = time.perf_counter()
    texts = [text for picture in pictures for text in getattr(engine(picture), "txts", None) or ()]
    seconds = time.perf_counter() - start
    return Plain((Counter(item.printed for item in labels) - Counter(texts)).total(), seconds)


def measured(name: str, scanner: Scanner, seed: int, folder: Path, *, plainly: bool) -> Result:
    """The result of a paper under a scanner, a plain call beside it if asked for."""
    source, target, labels = DOCUMENTS / f"{name}.pdf", folder / f"{name}.pdf", LABELLED / f"{name}.csv"
    printed = read_document(source).line_items
    truth = labelled_items(labels) if labels.exists() else printed
    pages = form_pages(source)
    scan(source, target, scanner, pages, seed)
    with open_pdf(target) as pdf:
        read_picture(pdf, 1, THREADS)  # loads the models
    Listening.said = []
    start = time.perf_counter()
    with mock.patch.object(pdf_reader, "SecondReader", Listening):
        items = read_document(target).line_items
    seconds = time.perf_counter() - start
    return Result(
        score=scored(items, truth),
        seconds=seconds,
        pages=len(pages),
        plain=plainly_read(target, truth) if plainly else None,
        share=tesseracts_share(Listening.said, items, printed),
        differing=tuple(differences(items, printed)),
    )


def prose_row(name: str, scanner: Scanner, seed: int, folder: Path) -> str:
    """What the first pages without a form, but for the cover, cost to read against plain calls."""
    source, target = DOCUMENTS / f"{name}.pdf", folder / f"{name}.pdf"
    with open_pdf(source) as pdf:
        count = len(pdf)
    pages = sorted(set(range(1, count + 1)) - set(form_pages(source)))[:PROSE_PAGES]
    scan(source, target, scanner, pages, seed)
    with open_pdf(target) as pdf:
        read_picture(pdf, 1, THREADS)  # loads the models
        start = time.perf_counter()
        for number in range(1, len(pages) + 1):
            read_picture(pdf, number, THREADS)
        seconds = time.perf_counter() - start
    cost = seconds / plainly_read(target, ()).seconds
    return f"| {name} | {scanner.name} | {len(pages)} | {seconds / len(pages):.2f} | {cost:.2f} |"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("papers", nargs="*", default=sorted(path.stem for path in LABELLED.glob("*.csv")))
    ask.add_argument("--scanner", nargs="+", choices=list(EVERY), default=list(SCANNERS))
    ask.add_argument("--varied", nargs="+", type=int, default=[], metavar="SEED")
    ask.add_argument("--ours", action="store_true", help="without the plain calls, which take most of the time")
    ask.add_argument("--prose", action="store_true", help="only what pages of prose cost")
    ask.add_argument("--list", action="store_true")
    ask.add_argument("--write", action="store_true")
    asked = ask.parse_args()
    named = [EVERY[name] for name in asked.scanner]
    scanners = [(varied(scanner, seed), seed) for seed in asked.varied for scanner in named] or [(s, 1) for s in named]
    print(PROSE_HEAD if asked.prose else HEAD, flush=True)
    rows, lists = [HEAD], []
    with tempfile.TemporaryDirectory() as folder:
        if asked.prose:
            for name, (scanner, seed) in product(asked.papers, scanners):
                print(prose_row(name, scanner, seed, Path(folder)), flush=True)
            return
        for name, (scanner, seed) in product(asked.papers, scanners):
            result = measured(name, scanner, seed, Path(folder), plainly=not asked.ours)
            rows.append(result.row(name, scanner.name))
            lists.extend(f"{name}, {scanner.name}: {line}" for line in result.differing)
            print("\n    ".join([rows[-1], *(result.differing if asked.list else ())]), flush=True)
    if asked.write:
        PAGE.write_text(page(rows, lists), encoding="utf-8")


def page(rows: Sequence[str], differing: Sequence[str]) -> str:
    """The page of the documentation that a whole run makes."""
    listed = "".join(f"    {line}\n" for line in differing) or "    none\n"
    return (
        "# Scans\n\nWritten by `python -m benchmarks.scans --write`; do not edit.\n\n"
        + "\n".join((__doc__ or "").split("\n\n", 2)[2].splitlines())
        + "\n\n"
        + "\n".join(rows)
        + "\n\n## Cells in which a scan and its text paper differ\n\nThe text paper's reading stands first.\n\n"
        + listed
    )


if __name__ == "__main__":
    main()
