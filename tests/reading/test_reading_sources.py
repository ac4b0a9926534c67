import hashlib
import os
from pathlib import Path

import pytest

from reading.document import read_document
from reading.sources import document_id, find, readable_name
from schemas.errors import WrongUseError
from tests.made_pdfs import blank

PDF = b"%PDF-1.7 and more"


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_folder_gives_its_pdfs_at_any_depth_and_nothing_else(tmp_path: Path) -> None:
    wanted = [
        put(tmp_path / "a.pdf", PDF + b"a"),
        put(tmp_path / "deep" / "er" / "B.PDF", PDF + b"b"),
        put(tmp_path / "download", PDF + b"c"),
        put(tmp_path / "no_pdf_inside.pdf", b"<html>"),
    ]
    put(tmp_path / "notes.txt", b"text")
    put(tmp_path / "short", b"%PD")
    (tmp_path / "folder.pdf").mkdir()
    os.mkfifo(tmp_path / "pipe.pdf")
    assert sorted(source.path for source in find([tmp_path]).sources) == sorted(wanted)


def test_a_named_file_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    file = put(tmp_path / "anything", b"no pdf")
    assert [source.path for source in find([file]).sources] == [file]


def test_sources_come_by_document_id(tmp_path: Path) -> None:
    for number in range(20):
        put(tmp_path / f"{number}.pdf", PDF + bytes([number]))
    ids = [source.document_id for source in find([tmp_path]).sources]
    assert ids == sorted(hashlib.sha256(PDF + bytes([number])).hexdigest() for number in range(20))


def test_the_same_bytes_are_one_source_under_the_first_name(tmp_path: Path) -> None:
    first, second = put(tmp_path / "z" / "first.pdf", PDF), put(tmp_path / "a" / "second.pdf", PDF)
    (source,) = find([first, second]).sources
    assert (source.path, source.copies) == (first, (second,))
    (source,) = find([tmp_path]).sources
    assert (source.path, source.copies) == (second, (first,))


def test_a_file_that_is_given_twice_is_no_copy_of_itself(tmp_path: Path) -> None:
    file = put(tmp_path / "a.pdf", PDF)
    (source,) = find([file, tmp_path, tmp_path / "." / "a.pdf"]).sources
    assert source.copies == ()


def test_a_file_that_cannot_be_opened_is_told_and_leaves_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, good = put(tmp_path / "closed.pdf", PDF), put(tmp_path / "good.pdf", PDF)

    def guarded(path: Path) -> str:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return document_id(path)

    monkeypatch.setattr("reading.sources.document_id", guarded)
    found = find([tmp_path])
    assert [source.path for source in found.sources] == [good]
    assert found.unopened == ((closed, "Permission denied"),)


@pytest.mark.parametrize("name", ["absent.pdf", "pipe", "nothing_here"])
def test_what_cannot_be_read_at_all_is_wrong_use_in_both_languages(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "nothing_here").mkdir()
    with pytest.raises(WrongUseError, match=r"没有.* / no "):
        find([tmp_path / name])


def test_a_name_in_another_encoding_is_read_as_gb18030(tmp_path: Path) -> None:
    file = blank(Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "部门决算.pdf".encode("gb18030"))))
    (source,) = find([tmp_path]).sources
    assert source.path == file
    assert source.name == "部门决算.pdf"
    assert readable_name(Path("部门决算.pdf")) == "部门决算.pdf"


def test_a_link_that_leads_outside_its_folder_is_not_followed(good_paper: Path, tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "secret.pdf"
    folder.mkdir()
    outside.write_bytes(good_paper.read_bytes())
    (folder / "a.pdf").symlink_to(outside)
    (folder / "b.pdf").write_bytes(b"%PDF-1.7")
    (folder / "c.pdf").symlink_to(folder / "b.pdf")
    found = find([folder])
    assert [source.path.name for source in found.sources] == ["b.pdf"]
    assert [path.name for path, _ in found.unopened] == ["a.pdf"]
    assert [source.path.name for source in find([folder / "a.pdf"]).sources] == ["a.pdf"], "it was named itself"


def test_no_byte_of_a_file_stands_in_the_reason(tmp_path: Path) -> None:
    for name, text, told in (
        ("a.pdf", "root:x:0:0:secret", "not_a_pdf"),
        ("b.pdf", "<!DOCTYPE html><p>secret", "no_table_in_page"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        reason = read_document(tmp_path / name).document.status_reason or ""
        assert reason.startswith(told)
        assert "secret" not in reason
        assert "root" not in reason
