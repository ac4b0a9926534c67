import csv
import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from publish.errors import RowRefusedError
from publish.tables.dataset_files import write_dataset
from publish.tables.reference import reference_rows
from reading import work
from reading.extract import draw, extract
from reading.pictures import picture_folders
from reading.running.limits import MIB, Limits
from reading.running.processes import DocumentProcesses
from reading.running.runner import read_all
from reading.sources import Source, find
from reading.writing import write
from schemas.dataset import dataset
from schemas.records import Document, Reading

LIMITS = Limits(seconds=60, memory_bytes=384 * MIB)


def fingerprints(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def csv_rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def extracted(samples: Path, awkward: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    def extracted_with(jobs: int) -> Path:
        folder = tmp_path_factory.mktemp(f"jobs-{jobs}")
        failing = [awkward / name for name in ("cut_short.pdf", "empty.pdf", "encrypted.pdf")]
        paths = [samples, *failing] if jobs == 1 else [*failing, *sorted(samples.glob("*.pdf"), reverse=True)]
        with DocumentProcesses(jobs, LIMITS) as processes:
            outcomes = extract(find(paths), folder, processes)
        assert len(outcomes) == len(find(paths).sources)
        return folder

    return extracted_with


def test_the_files_depend_on_the_documents_alone(extracted: Callable[[int], Path], samples: Path) -> None:
    one, two = extracted(1), extracted(2)
    assert fingerprints(one) == fingerprints(two)
    names = {path.relative_to(one).as_posix() for path in one.rglob("*") if path.suffix in (".parquet", ".csv")}
    assert names == {f"{table}.parquet" for table in dataset().tables} | {
        f"csv/{name}.csv" for name in dataset().tables
    }
    documents = csv_rows(one, "documents")
    assert {row["file_name"] for row in documents} >= {path.name for path in samples.glob("*.pdf")}
    assert {row["status"] for row in documents} == {"read", "failed"}
    assert pq.read_metadata(one / "line_items.parquet").num_rows == len(csv_rows(one, "line_items")) > 500
    ids = [row["amount_id"] for row in csv_rows(one, "line_items")]
    assert len(set(ids)) == len(ids)


def test_the_editions_are_published_with_the_documents() -> None:
    rows = reference_rows()["classifications"]
    assert {row["system"] for row in rows} <= set(dataset().terms("code_system"))
    assert {(row["code"], row["name"]) for row in rows if row["edition"] == 2023} >= {("2010101", "行政运行")}


def test_a_run_replaces_the_results_of_the_run_before(
    samples: Path, tmp_path: Path, processes: DocumentProcesses
) -> None:
    first, second, *_ = sorted(samples.glob("*.pdf"))
    for papers in ([first, second], [second]):
        extract(find(papers), tmp_path, processes)
        assert [row["file_name"] for row in csv_rows(tmp_path, "documents")] == sorted(
            (paper.name for paper in papers),
            key=lambda name: hashlib.sha256((samples / name).read_bytes()).hexdigest(),
        )
        assert len(work.kept_ids(tmp_path)) == len(papers)


def test_a_reading_that_breaks_the_definition_fails_alone(
    samples: Path, tmp_path: Path, processes: DocumentProcesses
) -> None:
    good, bad = sorted(outcome.document_id for outcome in read_all(find([samples]).sources[:2], tmp_path, processes))
    reading = work.kept(bad, tmp_path)
    work.keep(replace(reading, line_items=(*reading.line_items, reading.line_items[0])), tmp_path)
    work.finish([good, bad], tmp_path)

    _, refused = write(tmp_path, lambda readings: write_dataset(readings, tmp_path))

    assert list(refused) == [bad]
    assert (refused[bad].status, refused[bad].file_name) == ("failed", reading.document.file_name)
    rows = {row["document_id"]: row for row in csv_rows(tmp_path, "documents")}
    assert rows[bad]["status_reason"].startswith("rows_refused: line_items: 1 keys come more than once")
    assert {row["document_id"] for row in csv_rows(tmp_path, "line_items")} == {good}


def test_a_refusal_that_no_document_explains_is_not_hidden(tmp_path: Path) -> None:
    work.finish([], tmp_path)

    def refuse(_: object) -> None:
        raise RowRefusedError(None, "classifications", "code", "no code")

    with pytest.raises(RowRefusedError):
        write(tmp_path, refuse)


def test_a_document_that_stays_refused_ends_the_writing(tmp_path: Path) -> None:
    identity = "0" * 64
    work.keep(Reading(Document(identity, "a.pdf", "read")), tmp_path)
    work.finish([identity], tmp_path)

    def refuse(_: object) -> None:
        raise RowRefusedError(identity, "documents", "file_name", "never good enough")

    with pytest.raises(RowRefusedError):
        write(tmp_path, refuse)


def test_pictures_are_drawn_of_all_that_opens(
    samples: Path, awkward: Path, tmp_path: Path, processes: DocumentProcesses
) -> None:
    paper = min(samples.glob("*.pdf"), key=lambda path: path.stat().st_size)
    found = find([paper, awkward / "empty.pdf"])
    outcomes = extract(found, tmp_path, processes)
    stale = tmp_path / "pages" / paper.stem / "000999_cells.png"
    stale.parent.mkdir(parents=True)
    stale.touch()
    assert list(draw(found, outcomes, tmp_path, processes)) == []
    pages = next(outcome.page_count for outcome in outcomes if outcome.file_name == paper.name) or 0
    drawn = sorted(path.relative_to(tmp_path / "pages").as_posix() for path in (tmp_path / "pages").rglob("*.png"))
    assert drawn == [f"{paper.stem}/{number:06}_cells.png" for number in range(1, pages + 1)]


def test_files_of_one_name_get_folders_of_their_own() -> None:
    sources = [
        Source(Path(name), digit * 64) for digit, name in zip("123", ("a/x.pdf", "b/X.PDF", "c/y.pdf"), strict=True)
    ]
    folders = picture_folders(sources, Path("pages"))
    assert [folders[source.document_id].as_posix() for source in sources] == [
        "pages/x-11111111",
        "pages/X-22222222",
        "pages/y",
    ]
