"""The text of a DOCX paragraph as it is printed: changes accepted; hidden, struck and raised runs are left out."""

from collections.abc import Iterator

from lxml import etree

from extractors.packages import attribute, child, local
from extractors.sheets.runs import is_beside

UNSEEN = frozenset({
    "del", "moveFrom", "instrText", "delText", "rPr", "pPr", "txbxContent", "drawing", "pict", "object",
    "footnoteReference", "endnoteReference", "commentReference", "annotationRef", "Fallback", "rt", "tbl",
})  # fmt: skip
CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


def text_of(element: etree._Element) -> str:
    """The text of a paragraph, its lines parted by line feeds."""
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for own in element:
        name = local(own)
        if name == "t":
            yield own.text or ""
        elif name == "br":
            yield "\n" if attribute(own, "type") in (None, "textWrapping") else ""
        elif name in CHARACTERS:
            yield CHARACTERS[name]
        elif name == "r" and is_beside(own):
            continue
        elif name not in UNSEEN:
            yield from _pieces(own)


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """What is written in the drawings of a paragraph, each once, however often the file says it."""
    for box in paragraph.iter("{*}txbxContent"):
        above = [local(element) for element in box.iterancestors()]
        if "Fallback" not in above and "txbxContent" not in above and not {"del", "moveFrom"} & set(above):
            yield box


def page_breaks(paragraph: etree._Element) -> tuple[bool, bool]:
    """Whether a page begins with or within a paragraph, and whether one begins after it."""
    before = after = False
    printed = False
    for own in paragraph.iter("{*}br", "{*}lastRenderedPageBreak", "{*}t", "{*}sectPr"):
        name = local(own)
        if name == "t":
            printed = printed or bool((own.text or "").strip())
        elif name == "lastRenderedPageBreak" or (name == "br" and attribute(own, "type") == "page"):
            before, after = before or not printed, after or printed
        elif name == "sectPr":
            kind = child(own, "type")
            after = after or kind is None or attribute(kind, "val") != "continuous"
    return before, after
