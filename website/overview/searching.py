"""What search looks through: departments and places by name, pinyin, first letters of it, and code."""

import json
from collections.abc import Iterable, Iterator

from pypinyin import Style, lazy_pinyin

from website.overview.departments import Department
from website.overview.places import PlaceFigures


def data_script(name: str, content: object) -> str:
    """Data as a script, for a page that was opened from a folder may fetch nothing else."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"window.gongkai.take({json.dumps(name)},{text});\n"


def search_script(departments: Iterable[Department], places: Iterable[PlaceFigures]) -> str:
    """`data/search.js`: [name, initials, pinyin, code, place, address] of each."""
    return data_script("search", [*_places(places), *_departments(departments)])


def _departments(departments: Iterable[Department]) -> Iterator[list[str]]:
    for each in departments:
        address = f"departments/{each.page}.html"
        yield [each.name, *_spelt(each.name), each.code or "", each.place.full_name, address]


def _places(places: Iterable[PlaceFigures]) -> Iterator[list[str]]:
    for each in places:
        place = each.place
        yield [place.name, *_spelt(place.name), place.code, " ".join(place.within), f"places/{place.code}.html"]


def _spelt(name: str) -> tuple[str, str]:
    """First letters and whole pinyin: 财政局 is czj and caizhengju."""
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return initials.lower(), "".join(lazy_pinyin(name)).lower()
