"""What steers a terminal reaches neither it, nor the log, nor the dataset: neither from names nor from papers."""

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from rich.text import Text

from cli.console import VisibleFormatter, console, print_json
from reading.document import read_document
from reading.sources import Provenance, readable_name
from schemas.records import Document
from schemas.visible import visible, visible_line

EVIL = "\x1b]0;owned\x07\x9b31m\u202efdp.exe\ud800"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def test_what_steers_is_seen() -> None:
    assert visible("甲\x1b[2J乙\u202e\t\n") == "甲\ufffd[2J乙\ufffd\t\n"
    assert visible_line("甲\n乙") == "甲\ufffd乙"
    assert visible("收入支出决算总表 1,234.50") == "收入支出决算总表 1,234.50"


@pytest.mark.parametrize("shown", [EVIL, Text(EVIL)], ids=["markup", "text"])
def test_nothing_that_is_printed_steers(shown: str | Text, capsys: pytest.CaptureFixture[str]) -> None:
    console().print(shown, markup=False)
    said = capsys.readouterr().out
    assert "owned" in said
    assert not STEERING.search(said)


def test_json_is_the_same_text_without_what_steers(capsys: pytest.CaptureFixture[str]) -> None:
    text = EVIL.replace("\ud800", "")
    print_json(json.dumps({"name": text}, ensure_ascii=False), console())
    said = capsys.readouterr().out
    assert not STEERING.search(said)
    assert json.loads(said) == {"name": text}


def test_the_log_says_it_visibly() -> None:
    record = logging.LogRecord("reading", logging.WARNING, "", 1, "%s", (EVIL,), None)
    assert not STEERING.search(VisibleFormatter().format(record))


def test_names_and_titles_are_stored_visibly(tmp_path: Path) -> None:
    assert readable_name(tmp_path / "a\x1b[2J\u202efdp.pdf") == "a\ufffd[2J\ufffdfdp.pdf"
    given = Provenance("a.pdf", title="甲\x1b乙", source_url="http://x/\u202e").given_to(Document("0", "a.pdf", "read"))
    assert (given.title, given.source_url) == ("甲\ufffd乙", "http://x/\ufffd")


def test_a_file_named_to_steer_is_read_and_told_of_visibly(good_paper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "\x1b[2J\u202efdp.pdf").write_bytes(good_paper.read_bytes())
    (folder / "\x9b31m.pdf").write_bytes(b"%PDF-1.7 nothing")
    command = ["-c", "from cli.main import app; app()", "extract", str(folder), "--to", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1
    assert not STEERING.search(done.stdout + done.stderr)
    names = pq.read_table(tmp_path / "out" / "documents.parquet")["file_name"].to_pylist()
    assert sorted(names) == ["\ufffd31m.pdf", "\ufffd[2J\ufffdfdp.pdf"]


def test_an_error_is_told_visibly() -> None:
    command = "import sys; from cli.application import reported\nfrom publish.errors import PublishError\n"
    command += f"def f(): raise PublishError({EVIL!a})\nreported(f)()"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert "owned" in done.stderr
    assert not STEERING.search(done.stderr)


def test_no_text_of_a_paper_steers(shared: Path) -> None:
    for name in ("control_characters", "lone_surrogates"):
        reading = read_document(shared / "documents" / "hard" / f"{name}.pdf")
        texts = [cell.text for table in reading.tables for cell in table.cells]
        texts += [item.name + item.printed + item.department for item in reading.line_items]
        texts += [finding.detail for finding in reading.findings] + [fact.text for fact in reading.narrative_facts]
        assert not any(map(STEERING.search, texts))
