"""How a DOCX paragraph is set: alignment, indentation, size of type, from its style and from itself (17.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from extractors.packages import Package, attribute, child, children
from extractors.sheets.grid_cells import SIZE, Align
from extractors.sheets.runs import OFF

ALIGNS: dict[str, Align] = {
    "center": "centre", "right": "right", "end": "right", "left": "left", "start": "left", "both": "left",
    "distribute": "centre",
}  # fmt: skip
TWIP = 1 / 20
DEEPEST = 10


class Setting(NamedTuple):
    """A paragraph's alignment, the indent of its first line, its size of type, and whether a page begins with it."""

    align: Align = "left"
    indent: float = 0.0
    size: float = SIZE
    new_page: bool = False


@dataclass(frozen=True)
class Styles:
    """The styles of a document by their id; `default` is the style of paragraphs that name none."""

    by_id: Mapping[str, etree._Element]
    default: str = ""

    def of(self, paragraph: etree._Element) -> Setting:
        """How a paragraph is set: what it says itself goes before its style, and that before what it is based on."""
        own = child(paragraph, "pPr")
        named = child(own, "pStyle") if own is not None else None
        chain = list(self._chain((attribute(named, "val") if named is not None else None) or self.default))
        holders = [own, *(child(style, "pPr") for style in chain)]
        runs = [run for run in (next(paragraph.iter("{*}r"), None), *chain) if run is not None]
        align = _first(holders, "jc", "val")
        size = _first([child(run, "rPr") for run in runs], "sz", "val")
        points = float(size) / 2 if size and size.replace(".", "", 1).isdecimal() else SIZE
        breaks = [child(holder, "pageBreakBefore") for holder in holders if holder is not None]
        new_page = next((attribute(b, "val") not in OFF for b in breaks if b is not None), False)
        return Setting(ALIGNS.get(align or "", "left"), _indent(holders, points), points, new_page)

    def _chain(self, name: str) -> list[etree._Element]:
        found: list[etree._Element] = []
        while (style := self.by_id.get(name)) is not None and len(found) < DEEPEST:
            found.append(style)
            based = child(style, "basedOn")
            name = (attribute(based, "val") or "") if based is not None else ""
        return found


def styles_of(package: Package, part: str) -> Styles:
    """The paragraph styles of a document; none where it has no such part."""
    if part not in package.names:
        return Styles({})
    styles = {
        attribute(style, "styleId") or "": style
        for style in children(package.tree(part), "style")
        if attribute(style, "type") == "paragraph"
    }
    default = next((name for name, style in styles.items() if attribute(style, "default") in ("1", "true")), "")
    return Styles(styles, default)


def _first(holders: list[etree._Element | None], name: str, key: str) -> str | None:
    for holder in holders:
        found = child(holder, name) if holder is not None else None
        if found is not None and (value := attribute(found, key)):
            return value
    return None


def _indent(holders: list[etree._Element | None], size: float) -> float:
    """The indent of the first line: characters go before lengths, as in Word."""
    whole = 0.0
    for chars, lengths in ((("leftChars", "startChars"), ("left", "start")), (("firstLineChars",), ("firstLine",))):
        in_chars = next((v for key in chars if (v := _first(holders, "ind", key))), None)
        in_points = next((v for key in lengths if (v := _first(holders, "ind", key))), None)
        if _is_number(in_chars) and in_chars != "0":
            whole += float(in_chars or 0) / 100 * size
        elif _is_number(in_points):
            whole += float(in_points or 0) * TWIP
    return max(whole, 0.0)


def _is_number(text: str | None) -> bool:
    return text is not None and text.lstrip("-").replace(".", "", 1).isdecimal()
