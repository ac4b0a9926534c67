"""What OpenDocument's kinds of files share: texts with their blanks, and lengths."""

import re

from lxml import etree

from extractors.packages import attribute, local

POINTS = {"pt": 1.0, "cm": 28.3465, "mm": 2.83465, "in": 72.0, "px": 0.75, "pc": 12.0}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)([a-z]{2})")
NO_TEXT = frozenset({"annotation", "note", "tracked-changes", "ruby-text"})


def length(text: str | None) -> float:
    """A length in points; 0 where there is none."""
    found = _LENGTH.fullmatch(text or "")
    return float(found[1]) * POINTS.get(found[2], 0.0) if found else 0.0


def cell_text(element: etree._Element) -> str:
    """The text of a cell's paragraphs, joined without a break."""
    return "".join(paragraph_text(p) for p in element if local(p) in ("p", "h"))


def paragraph_text(element: etree._Element) -> str:
    """A paragraph's text: runs of blanks and tabs stand as elements of their own."""
    text = element.text or ""
    for part in element:
        name = local(part)
        if name == "s":
            text += " " * int(attribute(part, "c") or "1")
        elif name == "tab":
            text += "\t"
        elif name not in NO_TEXT and name != "line-break":
            text += paragraph_text(part)
        text += part.tail or ""
    return text
