"""What a night survives: a full disk, a ledger that another process writes, a document that eats all memory."""

import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from night_world import World, world
from sqlalchemy import text

from flows.night.steps import night
from ledger.database import write_transaction
from samples.portal import many_publications
from tests.made_pdfs import bomb

PAPERS = many_publications(4)


@pytest.fixture
def portals(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, {"trs": PAPERS[:3]}) as made:
        yield made


@pytest.fixture
def small_disk(portals: World) -> Iterator[Path]:
    """The world's root on a disk of its own, with room for the archive and not for a release."""
    portals.root.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "gongkai-test", portals.root], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk takes root")
    try:
        yield portals.root
    finally:
        subprocess.run(["umount", "-l", portals.root], check=False)


def test_a_full_disk_ends_the_night_and_room_lets_it_go_on(portals: World, small_disk: Path) -> None:
    status, _, err = portals.ran("nightly", "--no-prefect", "--no-site")
    assert status == 1
    assert "Traceback" not in err
    assert "错误 / error" in err
    subprocess.run(["mount", "-o", "remount,size=200m", small_disk], check=True)
    status, _, err = portals.ran("nightly", "--no-prefect", "--no-site")
    assert status == 0, err
    assert sorted(row["status"] for row in portals.rows("documents")) == ["read"] * 3


def test_a_ledger_that_is_locked_for_a_while_is_waited_for(portals: World) -> None:
    with portals.ledger() as ledger:
        stop = threading.Event()

        def write_for_long() -> None:
            while not stop.wait(0.05):
                with write_transaction(ledger.engine) as connection:
                    connection.execute(text("UPDATE ledger_info SET value = value"))
                    time.sleep(0.7)

        other = threading.Thread(target=write_for_long)
        other.start()
        try:
            report = portals.night()
        finally:
            stop.set()
            other.join()
    assert report.processed.by_status == {"read": 3}


def test_a_document_that_eats_all_memory_costs_itself_alone(portals: World, tmp_path: Path) -> None:
    greedy = bomb(tmp_path / "bomb.pdf", 900).read_bytes()
    portals.sites[0].publish([PAPERS[0], replace(PAPERS[3], content=greedy), PAPERS[1]])
    report = night(portals.settings.model_copy(update={"mebibytes": 320, "seconds": 60.0}), ())
    assert report.processed.by_status == {"read": 2, "failed": 1}
    (failed,) = (row for row in portals.rows("documents") if row["status"] == "failed")
    assert failed["title"] == PAPERS[3].title
    assert failed["status_reason"].split(":")[0] in ("memory_limit", "time_limit", "reader_crashed")
