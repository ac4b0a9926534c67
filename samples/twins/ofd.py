"""A typeset paper as OFD (GB/T 33190-2016): the marks of its PDF's pages as text objects and paths."""

import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from samples.layout import Layout
from samples.paper import Paper
from samples.typesetting.flow import compose
from samples.typesetting.lettering import width
from samples.typesetting.sheets import Bar, Sheet, Text

MM = 25.4 / 72
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_ofd(paper: Paper, layout: Layout, path: Path) -> None:
    """Write `paper`, drawn as `layout` says."""
    sheets, _ = compose(paper, layout)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml",
            f'{HEAD}<ofd:OFD {OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        pages = "".join(
            f'<ofd:Page ID="{sheet.number}" BaseLoc="Pages/Page_{sheet.number}/Content.xml"/>' for sheet in sheets
        )
        package.writestr(
            "Doc_0/Document.xml",
            f"{HEAD}<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        )
        for sheet in sheets:
            package.writestr(f"Doc_0/Pages/Page_{sheet.number}/Content.xml", _page(sheet))


def _page(sheet: Sheet) -> str:
    box = f"0 0 {sheet.width * MM:.3f} {sheet.height * MM:.3f}"
    marks = "".join(_marks(sheet.marks))
    return (
        f"{HEAD}<ofd:Page {OFD}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
        f'<ofd:Content><ofd:Layer ID="0">{marks}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _marks(marks: Sequence[Text | Bar]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, Text) and not mark.angle:
            yield _text(mark)
        elif isinstance(mark, Bar):
            yield _bar(mark)


def _text(mark: Text) -> str:
    """A run of text whose boundary begins a size above its baseline."""
    steps = " ".join(f"{width(character, mark.size) * MM:.4f}" for character in mark.text[:-1])
    size, wide = mark.size * MM, width(mark.text, mark.size) * MM
    boundary = f"{mark.x * MM:.4f} {(mark.baseline - mark.size) * MM:.4f} {wide:.4f} {1.2 * size:.4f}"
    grey = int(255 * mark.grey)
    return (
        f'<ofd:TextObject Boundary="{boundary}" Font="1" Size="{size:.4f}">'
        f'<ofd:FillColor Value="{grey} {grey} {grey}"/>'
        f'<ofd:TextCode X="0" Y="{size:.4f}" DeltaX="{steps}">{escape(mark.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _bar(bar: Bar) -> str:
    x0, y0, x1, y1 = (place * MM for place in (bar.x0, bar.y0, bar.x1, bar.y1))
    grey = int(255 * bar.grey)
    boundary = f"{x0:.4f} {y0:.4f} {max(x1 - x0, 0.1):.4f} {max(y1 - y0, 0.1):.4f}"
    return (
        f'<ofd:PathObject Boundary="{boundary}" LineWidth="{bar.thickness * MM:.4f}">'
        f'<ofd:StrokeColor Value="{grey} {grey} {grey}"/>'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:.4f} {y1 - y0:.4f}</ofd:AbbreviatedData></ofd:PathObject>"
    )
