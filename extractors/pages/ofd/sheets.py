"""The pages that an OFD's documents list: their size, what is drawn on each, and where its pictures are kept."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from extractors.packages import Package, attribute, child
from extractors.pages.ofd.geometry import MM, Matrix, numbers, part_name
from extractors.pages.opening import check_page_count, check_page_size

A4 = (0.0, 0.0, 210.0, 297.0)


class Sheet(NamedTuple):
    """A page, its templates below it: `sources` are what is drawn, from below; lengths are points.

    `upright` leads from millimetres of the page to points from its top left; `pictures` names the parts of resources.
    """

    number: int
    width: float
    height: float
    upright: Matrix
    sources: tuple[etree._Element, ...]
    pictures: Mapping[str, str]


def sheets_of(package: Package) -> Iterator[Sheet]:
    """The pages of all documents in an OFD, in order."""
    number = 0
    for root in package.tree("OFD.xml").iterfind("{*}DocBody/{*}DocRoot"):
        for sheet in _document(package, part_name("", root.text or "")):
            number += 1
            check_page_size(number, sheet.width, sheet.height)
            yield sheet._replace(number=number)


def _document(package: Package, part: str) -> Iterator[Sheet]:
    document = package.tree(part)
    templates = {
        attribute(template, "ID") or "": package.tree(part_name(part, attribute(template, "BaseLoc") or ""))
        for template in document.iterfind("{*}CommonData/{*}TemplatePage")
    }
    pictures: dict[str, str] = {}
    for kind in ("PublicRes", "DocumentRes"):
        for named in document.iterfind(f"{{*}}CommonData/{{*}}{kind}"):
            pictures |= _pictures(package, part_name(part, named.text or ""))
    area = _box(document.find("{*}CommonData/{*}PageArea/{*}PhysicalBox")) or A4
    listed = document.findall("{*}Pages/{*}Page")
    check_page_count(len(listed))
    for page in listed:
        own = part_name(part, attribute(page, "BaseLoc") or "")
        content = package.tree(own)
        below = [templates.get(attribute(template, "TemplateID") or "") for template in content.iterfind("{*}Template")]
        x, y, width, height = _box(content.find("{*}Area/{*}PhysicalBox")) or area
        upright = Matrix(MM, 0, 0, MM, -x * MM, -y * MM)
        whole = (source for source in (*below, content) if source is not None)
        sources = tuple(drawn for source in whole if (drawn := child(source, "Content")) is not None)
        beside = [_pictures(package, part_name(own, named.text or "")) for named in content.iterfind("{*}PageRes")]
        known = {identity: name for pictured in (pictures, *beside) for identity, name in pictured.items()}
        yield Sheet(0, width * MM, height * MM, upright, sources, known)


def _pictures(package: Package, part: str) -> Mapping[str, str]:
    """The parts of the pictures that a part of resources names, by their ids; none where there is no such part."""
    if part not in package.names:
        return {}
    root = package.tree(part)
    folder = part_name(part, f"{attribute(root, 'BaseLoc') or '.'}/x")
    found: dict[str, str] = {}
    for media in root.iterfind("{*}MultiMedias/{*}MultiMedia"):
        if attribute(media, "Type") == "Image" and (file := child(media, "MediaFile")) is not None:
            found[attribute(media, "ID") or ""] = part_name(folder, file.text or "")
    return found


def _box(element: etree._Element | None) -> tuple[float, ...] | None:
    found = numbers(element.text or "") if element is not None else []
    return tuple(found) if len(found) == 4 and found[2] > 0 and found[3] > 0 else None
