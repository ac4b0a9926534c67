"""Which code read a document: the distribution's version and a hash of all that can change a reading."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("extractors", "checks", "reading/readers", "schemas")
LINE = (
    "reading/clashes.py",
    "reading/contents.py",
    "reading/cut_off.py",
    "reading/document.py",
    "reading/doubtful.py",
    "reading/flowing.py",
    "reading/formats.py",
    "reading/rendered/office.py",
    "reading/pdf_contents.py",
    "reading/recognising.py",
    "reading/rendered/rendered_reader.py",
    "reading/rendered/rendering.py",
    "reading/second_reader.py",
)
"""The modules of this room that can change a reading."""
DATA = {".py", ".yaml", ".csv"}
READERS = (
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "rapidocr",
    "onnxruntime",
    "opencv-python-headless",
    "lxml",
    "xlrd",
)
"""The libraries whose own versions show in what is read."""


@cache
def code_version() -> str:
    """The version, such as `0.1.0+3f9c2a7b41d0`; two that are alike read a document alike."""
    digest = hashlib.sha256()
    for name in READERS:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(_files()):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode() + path.read_bytes())
    return f"{version('gongkai')}+{digest.hexdigest()[:12]}"


def _files() -> Iterator[Path]:
    yield from (ROOT / name for name in LINE)
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*") if path.suffix in DATA and "portals" not in path.parts)
