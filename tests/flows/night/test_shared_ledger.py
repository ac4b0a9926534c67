"""Two machines, each with a root of its own, on one PostgreSQL ledger and one archive: each paper is read once."""

import subprocess
import sys
from pathlib import Path

import pytest
from night_world import SCRIPT, world
from sqlalchemy import create_engine, text

from samples.portal import many_publications
from tests.ledger.postgres_server import server

PAPERS = many_publications(10)


@pytest.fixture
def postgresql():
    with server() as url:
        yield url


def begun(*words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", SCRIPT, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_that_process_at_once_never_read_one_paper_twice(tmp_path: Path, postgresql: str) -> None:
    with world(tmp_path, {"ucap": PAPERS}) as made:
        shared = ["--ledger", postgresql, "--archive", str(tmp_path / "archive")]
        status, _, err = made.ran("crawl", *shared)
        assert status == 0, err
        roots = (made.root, tmp_path / "beside")
        both = [begun("process", *shared, "--jobs", "1", "--root", str(root)) for root in roots]
        ended = [(process.communicate(timeout=240), process.returncode) for process in both]
        assert [code for _, code in ended] == [0, 0], ended
        with create_engine(postgresql.replace("postgresql:", "postgresql+psycopg:")).connect() as connection:
            asked = "SELECT document_no, count(*) FROM runs WHERE stage = 'read' GROUP BY document_no"
            runs = dict(connection.execute(text(asked)).all())
            left = connection.scalar(text("SELECT count(*) FROM claims"))
        assert (len(runs), set(runs.values()), left) == (len(PAPERS), {1}, 0)
