"""`gongkai gaps` on a ledger: the readings that it knows, and no others."""

import json
from pathlib import Path

from made_events import CODE, PORTAL, capture, identity
from typer.testing import CliRunner

from cli.main import app
from ledger import Ledger
from reading import work
from schemas.records import Document, Finding, Reading


def keep(name: str, folder: Path) -> None:
    unread = (Finding("unrecognised_table", "收支平衡表: 36 amounts", 9, 1), Finding("odd_code", "12", 9))
    work.keep(Reading(Document(identity(name), f"{name}.pdf", "read", department=name), findings=unread), folder)


def test_what_the_ledger_has_read_is_what_is_told(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path}/ledger.sqlite") as ledger:
        night = ledger.begin_night(PORTAL, CODE)
        ledger.record_all([capture(name, ledger.now()) for name in ("财政局", "审计局", "教育局")], night)
    for name in ("财政局", "审计局", "别处"):
        keep(name, tmp_path / "work" / "night")
    result = CliRunner().invoke(app, ["gaps", "--root", str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    (gap,) = json.loads(result.stdout)["gaps"]
    assert (gap["code"], gap["wording"], gap["amounts"], gap["papers"]) == ("unrecognised_table", "收支平衡表", 72, 2)
    assert gap["example"]["file_name"] == "审计局.pdf"
