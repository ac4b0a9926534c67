import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest

from reading import work
from reading.errors import WorkDamagedError
from reading.running.processes import DocumentProcesses
from reading.running.runner import read
from reading.sources import Source, document_id
from schemas.errors import WrongUseError
from schemas.records import Document, LineItem, Reading


def kept_by_the_last_run(folder: Path) -> list[Reading]:
    return [work.kept(identity, folder) for identity in work.kept_ids(folder)]


def failed(number: int, reason: str = "empty_file") -> Reading:
    return Reading(Document(f"{number:064x}", f"{number}.pdf", "failed", reason))


def test_a_real_reading_comes_back_as_it_was_kept(
    tmp_path: Path, good_paper: Path, processes: DocumentProcesses
) -> None:
    outcome = read(Source(good_paper, document_id(good_paper)), tmp_path / "first", processes)
    reading = work.kept(outcome.document_id, tmp_path / "first")
    assert reading.line_items
    assert isinstance(reading.line_items[0], LineItem)
    assert isinstance(reading.line_items[0].amount, Decimal)
    work.keep(reading, tmp_path / "second")
    assert work.kept(outcome.document_id, tmp_path / "second") == reading
    first, second = (sorted((tmp_path / name / "readings").iterdir()) for name in ("first", "second"))
    assert [file.name for file in first] == [f"{outcome.document_id}.json.gz", f"{outcome.document_id}.paper"]
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


LATER = (
    "status_reason", "organisation_code", "organisation", "fund", "government_code", "government_name", "item",
    "parent_line", "is_leaf", "amount_id",
)  # fmt: skip


def test_a_reading_from_before_a_column_came_is_published_with_it(
    tmp_path: Path, good_paper: Path, processes: DocumentProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = read(Source(good_paper, document_id(good_paper)), tmp_path, processes)
    work.finish([outcome.document_id], tmp_path)
    now = {item.amount_id for item in work.kept(outcome.document_id, tmp_path).line_items}
    (file,) = (tmp_path / "readings").glob("*.json.gz")
    told = json.loads(gzip.decompress(file.read_bytes()))
    told.pop("table_amounts")
    for name in ("amounts_printed", "amounts_read"):
        told["document"].pop(name)
    for item in told["line_items"]:
        for name in LATER:
            item.pop(name)
    file.write_bytes(gzip.compress(json.dumps(told).encode()))
    monkeypatch.setattr("publish.tables.paper_file.schemas_fingerprint", lambda: "another version's")
    (paper,) = work.papers(tmp_path)
    rows = paper.load("line_items").to_pylist()
    assert sorted(row["amount_id"] for row in rows) == sorted(now)
    assert {(row["organisation"], row["is_leaf"]) for row in rows} == {(None, True)}
    assert paper.quarantined is None


def test_the_work_is_what_the_last_finished_run_listed(tmp_path: Path) -> None:
    for number in (3, 1, 2):
        work.keep(failed(number), tmp_path)
    work.finish([failed(number).document.document_id for number in (3, 1)], tmp_path)
    assert kept_by_the_last_run(tmp_path) == [failed(1), failed(3)]
    work.keep(failed(4), tmp_path)  # a run that is cut short
    assert kept_by_the_last_run(tmp_path) == [failed(1), failed(3)]
    work.finish([failed(4).document.document_id], tmp_path)
    assert kept_by_the_last_run(tmp_path) == [failed(4)]
    names = sorted(file.name for file in (tmp_path / "readings").iterdir())
    assert names == [f"{4:064x}.json.gz", f"{4:064x}.paper", "documents.txt"]


def test_only_its_own_files_are_removed(tmp_path: Path) -> None:
    (tmp_path / "readings").mkdir()
    own = tmp_path / "readings" / "my_notes.json.gz"
    own.write_bytes(b"mine")
    work.finish([], tmp_path)
    assert own.exists()


def test_a_folder_without_work_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="gongkai extract"):
        work.kept_ids(tmp_path)


@pytest.mark.parametrize(
    "data", [b"", b"no gzip", gzip.compress(b"{}", mtime=0), gzip.compress(b"[" * 9, mtime=0)[:-3]]
)
def test_a_damaged_reading_is_told_by_its_file(tmp_path: Path, data: bytes) -> None:
    identity = failed(1).document.document_id
    work.keep(failed(1), tmp_path)
    (file,) = (tmp_path / "readings").glob("*.json.gz")
    file.write_bytes(data)
    with pytest.raises(WorkDamagedError, match=file.name):
        work.kept(identity, tmp_path)
