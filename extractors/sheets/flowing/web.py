"""Web pages: the tables that hold data, and the text around them; tables that lay a page out are walked through.

Parsed by libxml2's HTML parser, which follows no address and knows no entity but HTML's own. Nothing is run.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree, html

from extractors.errors import DamagedDocumentError
from extractors.sheets.flowing.parts import Block, FlowCell, Parts, grid_of
from extractors.sheets.grid_cells import SIZE, Align, Paragraph

UNSEEN = frozenset({
    "script", "style", "head", "noscript", "template", "iframe", "select", "button", "object", "svg",
    "title", "video", "audio", "canvas", "map", "noframes", "del", "s", "strike", "sup",
})  # fmt: skip
"""What prints nothing, and what stands beside a figure without being any of it: marks of notes, struck words."""
INLINE = frozenset({
    "a", "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark", "o:p",
    "small", "span", "strong", "sub", "tt", "u", "var", "wbr", "ruby", "rb", "nobr", "st1:chsdate", "input",
    "textarea",
})  # fmt: skip
ALIGNS: dict[str, Align] = {"center": "centre", "middle": "centre", "right": "right", "end": "right", "left": "left"}
DEEPEST = 200

_COLLAPSED = re.compile(r"[ \t\r\n\f]+")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"(?:[a-z]+)?\.([\w-]+)")
_DECLARED = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|px|em|cm|mm|in)?")
POINTS = {"pt": 1.0, "px": 0.75, "em": SIZE, "cm": 28.35, "mm": 2.835, "in": 72.0}
PER_CHARACTER = 9.0
"""`mso-char-indent-count` counts characters, as Excel's indents do."""

Style = Mapping[str, str]


def read_web_page(text: str) -> Sequence[Sequence[Block]]:
    """The blocks of a page, all in one part. Raises `DamagedDocumentError` where there is no page at all."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedDocumentError(str(error)) from error
    walk = _Walk(_classes(root))
    body = root.find("body")
    walk.through(root if body is None else body, "left", 0)
    walk.flush("left")
    return walk.parts.finished()


@dataclass
class _Walk:
    """A page while it is walked through; `text` is the paragraph so far."""

    classes: Mapping[str, Style]
    parts: Parts = field(default_factory=Parts)
    text: str = ""
    tables: int = 0

    def through(self, element: etree._Element, align: Align, depth: int) -> None:
        """An element's text and all within it, as far as it is seen."""
        style = self.style(element)
        if depth > DEEPEST or _tag(element) in UNSEEN or _hidden(element, style):
            return
        tag = _tag(element)
        if tag == "br":
            self.flush(align)
        if tag == "table" and _holds_data(element):
            self.flush(align)
            self.tables += 1
            self._captions(element, align)
            self.parts.add(grid_of(self._rows(element), self.tables))
            return
        own = _align(element, style) or ("centre" if tag == "center" else align)
        block = tag not in INLINE and tag != "br"
        if block:
            self.flush(align)
        self.text += _collapsed(element.text)
        for child in element:
            self.through(child, own, depth + 1)
            self.text += _collapsed(child.tail)
        if block:
            self.flush(own)

    def flush(self, align: Align) -> None:
        """The paragraph so far becomes a block."""
        if self.text.strip():
            self.parts.add(Paragraph(self.text.strip(" "), align))
        self.text = ""

    def style(self, element: etree._Element) -> Style:
        """What a page's classes and an element's own attribute say of it."""
        found: dict[str, str] = {}
        for name in (element.get("class") or "").split() if isinstance(element.tag, str) else ():
            found |= self.classes.get(name, {})
        return found | _declarations(element.get("style") or "") if isinstance(element.tag, str) else found

    def _captions(self, table: etree._Element, align: Align) -> None:
        """What a table's own caption says, as a paragraph above it."""
        for caption in table.iterchildren("caption"):
            self.through(caption, "centre" if align == "left" else align, 0)

    def _rows(self, table: etree._Element) -> Iterator[list[FlowCell]]:
        """The rows of a table that are seen, in the order that they are shown in: the foot comes last."""
        rows = [row for row in table.iter("tr") if _table_of(row) is table]
        rows.sort(key=lambda row: _tag(row.getparent()) == "tfoot")
        for row in rows:
            style = self.style(row)
            if not _hidden(row, style):
                cells = (cell for cell in row.iterchildren("td", "th"))
                yield [self._cell(cell, row) for cell in cells if not _hidden(cell, self.style(cell))]

    def _cell(self, cell: etree._Element, row: etree._Element) -> FlowCell:
        style = self.style(cell)
        inner = _first_paragraph(cell)
        styles = [style] if inner is None else [style, self.style(inner)]
        align = next((a for own in (inner, cell, row) if own is not None and (a := _align(own, self.style(own)))), None)
        indent = sum(_indent(own) for own in styles)
        default: Align = "centre" if _tag(cell) == "th" else "left"
        text = _text(cell, self)
        return FlowCell(text, _span(cell, "colspan"), _span(cell, "rowspan"), align or default, indent)


def _tag(element: etree._Element | None) -> str:
    return element.tag.lower() if element is not None and isinstance(element.tag, str) else ""


def _holds_data(table: etree._Element) -> bool:
    """Whether a table holds data: cells in rows and columns, and no other table that does."""
    if any(_holds_data(inner) for inner in table.iter("table") if inner is not table and _table_of(inner) is table):
        return False
    rows = [row for row in table.iter("tr") if _table_of(row) is table]
    cells = [sum(1 for _ in row.iterchildren("td", "th")) for row in rows]
    return sum(count > 1 for count in cells) > 1


def _table_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("table"), None)


def _text(element: etree._Element, walk: _Walk, depth: int = 0) -> str:
    """The text of a cell, its paragraphs in lines."""
    text = _collapsed(element.text) + _filled_in(element)
    for child in element:
        tag = _tag(child)
        if tag == "br":
            text += "\n"
        elif tag not in UNSEEN and depth < DEEPEST and not _hidden(child, walk.style(child)):
            inner = _text(child, walk, depth + 1)
            text += inner if tag in INLINE else f"\n{inner}\n"
        text += _collapsed(child.tail)
    return text if depth else "\n".join(line.strip(" ") for line in text.split("\n") if line.strip())


def _filled_in(element: etree._Element) -> str:
    """What stands in a field to fill in, as editors' systems print their forms."""
    shows = _tag(element) == "input" and (element.get("type") or "text").lower() in ("text", "number")
    return (element.get("value") or "") if shows else ""


def _collapsed(text: str | None) -> str:
    """White space of the source is one blank; blanks that do not break (`&nbsp;`) and wide ones stay."""
    return _COLLAPSED.sub(" ", text or "")


def _classes(root: etree._Element) -> dict[str, Style]:
    """What the page's own style sheets say of classes; others are never fetched."""
    found: dict[str, Style] = {}
    for sheet in root.iter("style"):
        for selectors, body in _RULE.findall((sheet.text or "")[:500_000]):
            for selector in selectors.split(","):
                if match := _CLASS.fullmatch(selector.strip()):
                    found[match[1]] = {**found.get(match[1], {}), **_declarations(body)}
    return found


def _declarations(text: str) -> dict[str, str]:
    return {name.lower(): value.strip().lower() for name, value in _DECLARED.findall(text)}


def _hidden(element: etree._Element, style: Style) -> bool:
    if not isinstance(element.tag, str):
        return True
    return (
        style.get("display", "").startswith("none")
        or style.get("visibility") == "hidden"
        or "hidden" in element.attrib
        or style.get("vertical-align") == "super"
        or "line-through" in style.get("text-decoration", "")
    )


def _align(element: etree._Element, style: Style) -> Align | None:
    return ALIGNS.get(style.get("text-align") or (element.get("align") or "").lower())


def _first_paragraph(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterchildren("p", "div"), None)


def _indent(style: Style) -> float:
    count = style.get("mso-char-indent-count", "")
    if count.replace(".", "", 1).isdecimal():
        return PER_CHARACTER * float(count)
    return sum(_points(style.get(name, "")) for name in ("padding-left", "margin-left", "text-indent"))


def _points(text: str) -> float:
    found = _LENGTH.match(text)
    return (
        max(float(found[1]) * POINTS.get(found[2] or "px", 0.75), 0.0) if found and found[1] not in (".", "-") else 0.0
    )


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return int(value) if value.isdecimal() and len(value) < 6 else 1
