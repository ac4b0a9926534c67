"""The papers that are damaged: the samples as PDF, and a paper in every other format that is read."""

import resource
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pypdfium2
from PIL import Image

from reading.containers import members_of
from reading.document import read_document
from reading.rendered.office import converted, installed
from samples.examples import example_paper
from samples.layout import LAYOUTS, Layout
from samples.paper import Paper
from samples.portal.publications import zip_of
from samples.twins.ofd import write_ofd
from samples.twins.web import write_web_page
from samples.twins.word import write_document
from samples.twins.workbook import write_workbook
from samples.typeset import typeset
from schemas.records import Reading

WRITERS: Mapping[str, Callable[[Paper, Layout, Path], object]] = {
    "xlsx": write_workbook,
    "docx": write_document,
    "html": write_web_page,
    "ofd": write_ofd,
}
CONVERTED: Mapping[str, str] = {"xls": "xlsx", "ods": "xlsx", "doc": "docx", "rtf": "docx", "odt": "docx"}
"""What LibreOffice makes, and of what."""
DPI = 120
PICTURED = 2
"""Pages of a scan."""
FORMATS = (*WRITERS, *CONVERTED, "zip", "tiff")


def made(formats: Iterator[str] | list[str], folder: Path) -> Iterator[Path]:
    """A paper of nine forms in each of the formats; those that LibreOffice makes only where it is installed."""
    paper, layout = example_paper("national", "final_accounts", 7), LAYOUTS["plain"]
    for kind, write in WRITERS.items():
        write(paper, layout, folder / f"paper.{kind}")
    for kind in formats:
        path = folder / f"paper.{kind}"
        if source := CONVERTED.get(kind):
            if installed() is None:
                continue
            with converted(folder / f"paper.{source}", kind) as done:  # type: ignore[arg-type]
                path.write_bytes(done.read_bytes())
        elif kind == "zip":
            path.write_bytes(zip_of([("部门决算.xlsx".encode("gbk"), (folder / "paper.xlsx").read_bytes())]))
        elif kind == "tiff":
            _scan(paper, layout, folder, path)
        yield path


def read_any(path: Path) -> Reading:
    """The reading of a paper, or of the first one in an archive, as a run over a folder has it."""
    unpacked = members_of(path)
    return read_document(unpacked.members[0].path if unpacked.members else path)


def read_in_seconds(path: Path) -> tuple[Reading, float]:
    """The same, and the seconds of processor time that it took, LibreOffice's and Tesseract's too.

    Those of the clock would be the machine's other work.
    """
    before = _spent()
    return read_any(path), _spent() - before


def _spent() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _scan(paper: Paper, layout: Layout, folder: Path, path: Path) -> None:
    """Some pages as one TIFF."""
    typeset(paper, layout, folder / "paper.pdf")
    with pypdfium2.PdfDocument(folder / "paper.pdf") as document:
        pages: list[Image.Image] = [document[at].render(scale=DPI / 72).to_pil() for at in range(1, 1 + PICTURED)]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(DPI, DPI))
