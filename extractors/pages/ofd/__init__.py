"""OFD, the national fixed-layout format (GB/T 33190-2016): text objects and paths of its pages as words and rules.

Read by lxml: of the libraries for OFD none is kept that gives more than a rendering.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from extractors.errors import DamagedDocumentError
from extractors.packages import Package, attribute, child, opened
from extractors.pages.ofd.geometry import MM, Matrix, numbers, part_name
from extractors.pages.ofd.objects import paths_of, texts_of
from extractors.pages.opening import check_page_count, check_page_size
from extractors.pages.rules import rules_seen
from extractors.pages.words import words_of
from schemas.records import Glyph, Page

A4 = (0.0, 0.0, 210.0, 297.0)
SCAN = 0.5
"""A page without text whose picture takes this share of it is a scan."""


def read_ofd(path: Path) -> list[Page]:
    """The pages of all documents in an OFD. Raises `UnreadableDocumentError` where it cannot be read."""
    with opened(path) as package:
        pages: list[Page] = []
        for root in package.tree("OFD.xml").iterfind("{*}DocBody/{*}DocRoot"):
            pages.extend(_document(package, part_name("", root.text or ""), len(pages)))
        if not pages:
            raise DamagedDocumentError("an OFD without a page")
        return pages


def _document(package: Package, part: str, before: int) -> Iterator[Page]:
    document = package.tree(part)
    templates = {
        attribute(template, "ID") or "": package.tree(part_name(part, attribute(template, "BaseLoc") or ""))
        for template in document.iterfind("{*}CommonData/{*}TemplatePage")
    }
    area = _box(document.find("{*}CommonData/{*}PageArea/{*}PhysicalBox")) or A4
    listed = document.findall("{*}Pages/{*}Page")
    check_page_count(len(listed))
    for number, page in enumerate(listed, start=before + 1):
        content = package.tree(part_name(part, attribute(page, "BaseLoc") or ""))
        yield _page(number, content, templates, area)


def _page(
    number: int, content: etree._Element, templates: Mapping[str, etree._Element], area: tuple[float, ...]
) -> Page:
    """A page with its templates below it."""
    x, y, width, height = _box(content.find("{*}Area/{*}PhysicalBox")) or area
    check_page_size(number, width * MM, height * MM)
    upright = Matrix(MM, 0, 0, MM, -x * MM, -y * MM)
    below = [templates.get(attribute(own, "TemplateID") or "") for own in content.iterfind("{*}Template")]
    sources = [
        own for source in (*below, content) if source is not None and (own := child(source, "Content")) is not None
    ]
    drawn = [shape for source in sources for shape in paths_of(source, upright)]
    rules = rules_seen(drawn, width * MM, height * MM)
    glyphs: list[Glyph] = []
    for source in sources:
        for text in texts_of(source, upright):
            glyphs.extend((*text, Glyph(" ", 0, 0, 0, 0)))
    words = words_of(glyphs, rules)
    scanned = not words and any(_is_scan(source, width * height) for source in sources)
    return Page(number, width * MM, height * MM, words, rules, "ofd", "picture_without_text" if scanned else None)


def _is_scan(source: etree._Element, area: float) -> bool:
    boxes = [numbers(attribute(image, "Boundary") or "") for image in source.iter("{*}ImageObject")]
    return any(len(box) == 4 and box[2] * box[3] > SCAN * area for box in boxes)


def _box(element: etree._Element | None) -> tuple[float, ...] | None:
    found = numbers(element.text or "") if element is not None else []
    return tuple(found) if len(found) == 4 and found[2] > 0 and found[3] > 0 else None
