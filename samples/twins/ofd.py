"""A typeset paper as OFD (GB/T 33190-2016): the marks of its PDF's pages as text objects and paths."""

import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from PIL import Image

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
    _write([_page(sheet) for sheet in sheets], path)


def write_scanned_ofd(
    pages: Sequence[Sequence[Image.Image]], path: Path, *, kind: str = "PNG", over: Sequence[Sheet] = ()
) -> None:
    """Write an A4 page for each of `pages`, filled with its strips from the top; `over` are texts over them."""
    strips = {f"{at}_{number}": strip for at, page in enumerate(pages) for number, strip in enumerate(page)}
    media = "".join(
        f'<ofd:MultiMedia ID="{name}" Type="Image" Format="{kind}">'
        f"<ofd:MediaFile>{name}.bin</ofd:MediaFile></ofd:MultiMedia>"
        for name in strips
    )
    listed = f'{HEAD}<ofd:Res {OFD} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>'
    texts = ["".join(_marks([mark for mark in sheet.marks if isinstance(mark, Text)])) for sheet in over]
    contents = [_scan(at, len(page)) + (texts[at] if texts else "") for at, page in enumerate(pages)]
    _write(
        [_content("0 0 210 297", own) for own in contents], path, "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("Doc_0/DocumentRes.xml", listed)
        for name, strip in strips.items():
            with package.open(f"Doc_0/Res/{name}.bin", "w") as stream:
                strip.save(stream, kind)


def _scan(at: int, count: int) -> str:
    """Strips of equal height, each with a matrix from the unit square to its boundary, as the standard has it."""
    height = 297 / count
    return "".join(
        f'<ofd:ImageObject ID="{100 * at + number + 1}" ResourceID="{at}_{number}" '
        f'Boundary="0 {number * height:.3f} 210 {height:.3f}" CTM="210 0 0 {height:.3f} 0 0"/>'
        for number in range(count)
    )


def _write(contents: Sequence[str], path: Path, resources: str = "") -> None:
    """A package of one document with these pages."""
    numbered = list(enumerate(contents, start=1))
    pages = "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number, _ in numbered)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml",
            f'{HEAD}<ofd:OFD {OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        package.writestr(
            "Doc_0/Document.xml",
            f"{HEAD}<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea>{resources}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        )
        for number, content in numbered:
            package.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", content)


def _page(sheet: Sheet) -> str:
    return _content(f"0 0 {sheet.width * MM:.3f} {sheet.height * MM:.3f}", "".join(_marks(sheet.marks)))


def _content(box: str, marks: str) -> str:
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
