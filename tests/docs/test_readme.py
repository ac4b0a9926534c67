"""The README's commands and SQL as they are printed there."""

import re
import shlex
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import typer

from cli.main import app

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.M | re.S)
    for line in block.splitlines()
    if line.startswith(".venv/bin/gongkai")
]
SQL = re.findall(r"^```sql\n(.*?)^```", TEXT, re.M | re.S)


def test_there_are_commands_to_try() -> None:
    assert {"extract", "show", "check", "run", "publish", "site", "verify", "nightly"} <= {each[0] for each in COMMANDS}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_is_understood_as_it_is_printed(command: list[str]) -> None:
    name, *arguments = command
    group = typer.main.get_command(app)
    context = group.make_context("gongkai", ["--help"], resilient_parsing=True)
    known = group.get_command(context, name)  # type: ignore[attr-defined]
    assert known is not None, f"no such command: {name}"
    known.make_context(name, list(arguments))


def test_the_sql_gives_what_the_departments_spent(sample_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sample_release)
    (query,) = SQL
    added = {(row[0], row[1], row[2]): row[3] for row in duckdb.sql(query).fetchall()}
    spent = (
        "SELECT department, fiscal_year, kind, spending_214 FROM 'parquet/departments.parquet' WHERE spending_214 > 0"
    )
    known = {(row[0], row[1], row[2]): row[3] for row in duckdb.sql(spent).fetchall()}
    assert known
    for key, yuan in known.items():
        assert abs(added[key] - yuan) <= Decimal(1000), key
