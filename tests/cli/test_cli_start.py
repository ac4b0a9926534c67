"""What a command does not need is not imported: that is what a user waits for first."""

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

FOR_OTHERS = {
    "cv2", "rapidocr", "onnxruntime", "PIL",  # pictures
    "pdfplumber", "pdfminer",  # the second reader
    "lxml", "olefile", "xlrd", "py7zr", "rarfile",  # other kinds of files
    "prefect", "sqlalchemy", "scrapy", "twisted", "fsspec",  # nights
    "duckdb", "pandas", "jinja2",  # releases, and what pyarrow looks for
}  # fmt: skip
"""Libraries that reading a text paper needs none of."""
FOR_WORK = FOR_OTHERS | {"numpy", "pyarrow", "pypdfium2", "pydantic", "yaml", "multiprocessing"}

SCRIPT = """
import sys
from importlib.abc import MetaPathFinder

class Refusing(MetaPathFinder):
    def find_spec(self, fullname, path, target=None):
        if fullname in {refused!r}:
            print("imported:", fullname, file=sys.stderr, flush=True)
            raise ImportError(fullname)

sys.meta_path.insert(0, Refusing())
import reading.running.processes
reading.running.processes.ensure_running = None  # a process that does not come from this one would not refuse
from cli.main import app
app()
"""


def run(refused: set[str], *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """The command in a process, and in forks of it, in which some imports fail and are told."""
    script = SCRIPT.format(refused=refused)
    if not {"multiprocessing"}.isdisjoint(refused):
        script = "\n".join(line for line in script.splitlines() if "reading.running" not in line)
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("command", "refused"),
    [(["--help"], FOR_WORK), *(([name, "--help"], FOR_WORK - {"pydantic"}) for name in ("extract", "nightly"))],
)  # typer takes a command's own options to pieces with pydantic
def test_help_needs_no_library_that_does_the_work(command: list[str], refused: set[str]) -> None:
    ran = run(refused, *command)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_text_paper_is_extracted_with_the_first_reader_and_arrow_alone(good_paper: Path, tmp_path: Path) -> None:
    ran = run(FOR_OTHERS, "extract", good_paper, "--to", tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert pq.read_metadata(tmp_path / "line_items.parquet").num_rows > 100
