"""Archives that are handed over: their papers are documents of their own, with the archive and their place in it."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import py7zr
import pytest
from conftest import paper_of
from same_items import assert_same

from reading.document import read_document
from reading.sources import find
from samples.layout import LAYOUTS
from samples.portal.publications import zip_of
from samples.twins.web import write_web_page
from samples.twins.workbook import write_workbook
from schemas.records import Reading

NAME = "区商务局/2024年部门决算.xlsx"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("twins") / "a.xlsx"
    write_workbook(paper_of("plain"), LAYOUTS["plain"], path)
    return path.read_bytes()


def as_tar(name: str, content: bytes, mode: str) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode, encoding="gbk", format=tarfile.GNU_FORMAT) as opened:  # type: ignore[call-overload]
        info = tarfile.TarInfo(name)
        info.size = len(content)
        opened.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def as_7z(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as opened:
        opened.writestr(content, name)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar", "tgz", "7z"])
def test_a_member_is_a_document_with_its_container_and_place(
    kind: str, workbook: bytes, of_pdf: Callable[[str], Reading], tmp_path: Path
) -> None:
    made = {
        "zip": lambda: zip_of([(NAME.encode("gbk"), workbook)]),
        "tar": lambda: as_tar(NAME, workbook, "w"),
        "tgz": lambda: as_tar(NAME, workbook, "w:gz"),
        "7z": lambda: as_7z(NAME, workbook),
    }
    (tmp_path / "公开.bin").write_bytes(made[kind]())
    (source,) = find([tmp_path]).sources
    assert (source.name, source.provenance.container, source.provenance.container_place) == (
        "2024年部门决算.xlsx",
        "公开.bin",
        NAME,
    )
    assert_same(read_document(source.path), of_pdf("plain"), "plain")


def test_two_papers_are_two_documents_and_a_broken_member_is_told(workbook: bytes, tmp_path: Path) -> None:
    page = tmp_path / "page"
    write_web_page(paper_of("hunan"), LAYOUTS["hunan"], page)
    content = zip_of([(b"a.xlsx", workbook), (b"b.html", page.read_bytes()), (b"c.pdf", b"%PDF-1.7 cut short")])
    archive = tmp_path / "a.zip"
    archive.write_bytes(content)
    found = find([archive])
    assert len(found.sources) == 2
    assert [str(path.relative_to(tmp_path)) for path, _ in found.unopened] == ["a.zip/c.pdf"]


@pytest.mark.parametrize(
    ("content", "why"),
    [(zip_of([(b"a.txt", b"text")]), "no paper is in it"), (b"7z\xbc\xaf\x27\x1c" + b"\0" * 99, "damaged_archive")],
)
def test_an_archive_without_a_paper_is_a_document_that_says_why(content: bytes, why: str, tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(content)
    (source,) = find([archive]).sources
    document = read_document(source.path).document
    assert document.status == "failed"
    assert (document.status_reason or "").startswith("container_unreadable")
    assert why in (document.status_reason or "")


def test_a_name_that_leads_out_of_the_archive_stays_within(workbook: bytes, tmp_path: Path) -> None:
    archive = tmp_path / "in" / "a.zip"
    archive.parent.mkdir()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        opened.writestr("../../../evil.xlsx", workbook)
    archive.write_bytes(stream.getvalue())
    (source,) = find([archive]).sources
    assert source.provenance.container_place == "evil.xlsx"
    assert list(tmp_path.rglob("evil.xlsx")) == []
