"""The pages' templates: HTML that escapes whatever is printed, without scripts and without anything from elsewhere."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from publish.description.citation import about
from schemas.dataset import dataset

FOLDER = Path(__file__).with_name("templates")

SIZES = ("B", "KiB", "MiB", "GiB", "TiB")


def rendered(template: str, **values: Any) -> str:
    """A page from a template of `publish/templates`; an unknown name in it is an error, never an empty place."""
    return _environment().get_template(template).render(about=about(), dataset=dataset(), **values)


def readable_size(count: int) -> str:
    """Bytes as a person reads them: `3.4 MiB`, with one place below ten."""
    size, unit = float(count), 0
    while size >= 1024 and unit < len(SIZES) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f} {SIZES[unit]}" if unit and size < 10 else f"{size:.0f} {SIZES[unit]}"


def grouped(number: int) -> str:
    """A whole number with its thousands apart."""
    return f"{number:,}"


def percent(part: int, whole: int) -> str:
    """A share in per cent with one place, rounded down so that 100 means all; a dash of nothing."""
    return f"{part * 1000 // whole / 10:.1f} %" if whole else "—"


def breakable(name: str) -> Markup:
    """A long name of a table that may go on in the next line after any of its underscores."""
    return Markup("_<wbr>").join(name.split("_"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"size": readable_size, "grouped": grouped, "breakable": breakable}
    environment.globals |= {"percent": percent}
    return environment
