"""Packages of XML parts (OOXML, ODF, OFD) opened with care: nothing is unpacked to a path, no part is followed outside.

Parts are parsed without entities, DTDs and the network, and one that would unpack to far more than a paper holds is
refused by what its directory says: `zipfile` gives no more bytes of a part than that.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lxml import etree

from extractors.errors import DamagedDocumentError, DocumentBombError, EncryptedDocumentError

MOST_BYTES = 2**30
"""All parts together unpack to no more than so many bytes."""
LARGE, MOST_RATIO = 64 * 2**20, 150
"""A part larger than that unpacks to no more than so many times its packed size: sheets do to some twenty times."""
LARGEST_TREE = 64 * 2**20
"""A part that is held as a tree, and not streamed, is no larger."""
MOST_PARTS = 20_000
HEAD = 4096
"""A DOCTYPE stands at the beginning of a part, and no office program writes one."""

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, etree.XMLSyntaxError)
"""What libraries raise over damaged packages; `RuntimeError` stands for a password."""


class Package:
    """An open package; `names` are its parts."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._opened = opened
        self.names = frozenset(opened.namelist())

    def size(self, name: str) -> int:
        """How many bytes a part unpacks to."""
        return self._opened.getinfo(name).file_size

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """A part as a stream. Raises `DocumentBombError` where it declares a document type, and so entities."""
        with self._opened.open(name) as head:
            if b"<!DOCTYPE" in head.read(HEAD).replace(b"\0", b""):
                raise DocumentBombError(f"{name} declares a document type")
        with self._opened.open(name) as stream:
            yield stream

    def tree(self, name: str) -> etree._Element:
        """A part as a tree."""
        if self.size(name) > LARGEST_TREE:
            raise DocumentBombError(f"{name} unpacks to {self.size(name)} bytes")
        with self.stream(name) as stream:
            root = etree.parse(stream, _parser()).getroot()
        if root is None:
            raise DamagedDocumentError(f"{name} is empty")
        return root

    def elements(self, name: str, *tags: str) -> Iterator[tuple[str, etree._Element]]:
        """The elements of some tags (`{*}name`) of a part as they end, each forgotten once the next is asked for."""
        with self.stream(name) as stream:
            reading = etree.iterparse(
                stream, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
            )
            for _, element in reading:
                yield local(element), element
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    parent = element.getparent()
                    if parent is None:
                        break
                    del parent[0]


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package at `path`.

    Raises `DamagedDocumentError`, `EncryptedDocumentError` or `DocumentBombError`, also for what comes to light while
    its parts are read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive)
            yield Package(archive)
    except (*BROKEN, KeyError, IndexError) as error:
        raise DamagedDocumentError(f"{type(error).__name__}: {error}") from error
    except RuntimeError as error:  # zipfile's word for a password; `NotImplementedError` is one, too, and means damage
        raise EncryptedDocumentError(str(error)) from error


def local(element: etree._Element) -> str:
    """An element's name without its namespace: strict and transitional OOXML differ in nothing else."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    value = element.get(name)
    if value is not None:
        return str(value)
    return next((str(v) for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of a name, whatever their namespace."""
    yield from element.iterchildren(f"{{*}}{name}")


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of a name."""
    return next(children(element, name), None)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise DocumentBombError(f"{len(parts)} parts")
    if any(part.flag_bits & 1 for part in parts):
        raise EncryptedDocumentError("its parts ask for a password")
    if (whole := sum(part.file_size for part in parts)) > MOST_BYTES:
        raise DocumentBombError(f"it unpacks to {whole} bytes")
    for part in parts:
        if part.file_size > LARGE and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise DocumentBombError(f"{part.filename} unpacks {part.compress_size} bytes to {part.file_size}")
