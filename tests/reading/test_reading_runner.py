import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import faulty_readers
import pytest

from reading import work
from reading.running.limits import MIB, Limits
from reading.running.outcomes import Outcome
from reading.running.processes import DocumentProcesses
from reading.running.runner import read, read_all
from reading.sources import Source, find
from tests import made_pdfs

REASONS = {
    "empty.pdf": "empty_file",
    "text_named_pdf.pdf": "not_a_pdf",
    "encrypted.pdf": "encrypted_pdf",
    "cut_short.pdf": "damaged_pdf",
    "page_tree_in_a_circle.pdf": "damaged_pdf",
    "object_stream_in_itself.pdf": "damaged_pdf",
    "form_within_itself.pdf": "memory_limit",
    "forms_nested_without_end.pdf": "memory_limit",
    "bomb.pdf": "memory_limit",
    "pages_5000.pdf": "too_many_pages",
    "ten_metres.pdf": "page_too_large",
}
FAULTS = {
    "loops.pdf": "time_limit: the limit is 20 s",
    "sleeps.pdf": "time_limit: the limit is 20 s",
    "fills.pdf": "memory_limit: the limit is 384 MiB",
    "mallocs.pdf": "memory_limit: the limit is 384 MiB",
    "exits.pdf": "reader_crashed: it ended with status 0",
    "dies.pdf": "reader_crashed: killed by SIGKILL",
    "overruns.pdf": "reader_crashed: killed by SIGSEGV",
    "errs.pdf": "reader_crashed: KeyError: 'no such column'",
}


def read_folder(folder: Path, target: Path, processes: DocumentProcesses) -> dict[str, Outcome]:
    return {outcome.file_name: outcome for outcome in read_all(find([folder]).sources, target, processes)}


def kept_bytes(good_paper: Path, folder: Path) -> bytes:
    identity = hashlib.sha256(good_paper.read_bytes()).hexdigest()
    return (folder / "readings" / f"{identity}.json.gz").read_bytes()


@pytest.mark.parametrize("make", [made_pdfs.page_count_that_lies, made_pdfs.length_in_a_circle])
def test_a_file_that_lies_of_itself_is_read_as_what_is_there(
    make: Callable[[Path], Path], tmp_path: Path, processes: DocumentProcesses
) -> None:
    outcome = read(find([make(tmp_path / "lies.pdf")]).sources[0], tmp_path / "out", processes)
    assert (outcome.status, outcome.page_count) == ("read", 1)


def test_each_awkward_file_has_its_reason_and_the_good_paper_is_unharmed(
    awkward: Path, good_paper: Path, tmp_path: Path, processes: DocumentProcesses
) -> None:
    alone = read(find([good_paper]).sources[0], tmp_path / "alone", processes)
    outcomes = read_folder(awkward, tmp_path / "all", processes)
    assert alone.amount_count > 100
    assert outcomes.pop(good_paper.name) == alone
    assert kept_bytes(good_paper, tmp_path / "all") == kept_bytes(good_paper, tmp_path / "alone")
    assert {name: (o.reason or "").split(":")[0] for name, o in outcomes.items()} == REASONS
    assert {outcome.status for outcome in outcomes.values()} == {"failed"}


def test_each_fault_of_the_reader_has_its_reason_and_the_good_paper_is_unharmed(
    good_paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number, name in enumerate(FAULTS, start=1):
        made_pdfs.blank(papers / name, pages=number)
    shutil.copy(good_paper, papers)
    monkeypatch.setattr("reading.running.runner.read_and_keep", faulty_readers.read_or_fail)
    with DocumentProcesses(2, Limits(seconds=20, memory_bytes=384 * MIB)) as processes:
        outcomes = read_folder(papers, tmp_path / "all", processes)
    assert outcomes.pop(good_paper.name).amount_count > 100
    assert {name: outcome.reason for name, outcome in outcomes.items()} == FAULTS
    assert {work.kept(o.document_id, tmp_path / "all").document.status for o in outcomes.values()} == {"failed"}


def test_a_file_that_changed_since_it_was_found_is_told(
    good_paper: Path, tmp_path: Path, processes: DocumentProcesses
) -> None:
    file = made_pdfs.blank(tmp_path / "a.pdf")
    (source,) = find([file]).sources
    shutil.copy(good_paper, file)
    changed = read(source, tmp_path, processes)
    file.unlink()
    gone = read(source, tmp_path, processes)
    for outcome in (changed, gone):
        assert outcome.document_id == source.document_id
        assert (outcome.reason or "").startswith("file_changed: ")


def test_a_name_of_foreign_bytes_becomes_text(tmp_path: Path, processes: DocumentProcesses) -> None:
    file = made_pdfs.blank(tmp_path / "公开.pdf".encode("gb18030").decode("utf-8", "surrogateescape"))
    assert read(find([file]).sources[0], tmp_path / "out", processes).file_name == "公开.pdf"


def test_an_outcome_counts_what_was_kept(good_paper: Path, tmp_path: Path, processes: DocumentProcesses) -> None:
    outcome = read(Source(good_paper, find([good_paper]).sources[0].document_id), tmp_path, processes)
    reading = work.kept(outcome.document_id, tmp_path)
    assert outcome.amount_count == len(reading.line_items)
    assert sum(outcome.forms.values()) == sum(table.declared.form is not None for table in reading.tables)
    assert outcome.findings == len(reading.findings)
    assert outcome.page_count == reading.document.page_count
