"""What a maintainer does on a root of nights: publish, look back, choose, put right, run out of disk, find out."""

import io
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from night_world import SCRIPT, World, world
from rich.console import Console

from cli.printing.discovery import discover
from flows.night.settings import NightSettings
from ledger.clock import night_date, now
from reading import work
from samples.portal import many_publications
from schemas.records import Reading

PAPERS = many_publications(3)


@pytest.fixture(scope="module")
def after_a_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("night"), {"ucap": PAPERS}) as made:
        made.night()
        yield made


def readings(made: World) -> list[Reading]:
    folder = made.settings.locations.work
    return [work.kept(identity, folder) for identity in work.kept_ids(folder)]


def selected(made: World, *words: str) -> tuple[int, str, str]:
    return made.ran("rerun", *words, "--dry-run")


def test_publish_works_on_a_root_of_nights(after_a_night: World) -> None:
    status, out, err = after_a_night.ran("publish", "--dry-run")
    assert status == 0, err
    status, out, err = after_a_night.ran("publish")
    assert status == 0, err
    assert "has the same content" in out
    assert len(after_a_night.rows("documents")) == len(PAPERS)


def test_a_reason_that_there_is_not_is_wrong_use(after_a_night: World) -> None:
    status, _, err = selected(after_a_night, "--reason", "time_limt")
    assert status == 2
    assert "no such reason: time_limt" in err
    status, _, err = selected(after_a_night, "--reason", "time_limit")
    assert status == 0, err


def test_documents_are_chosen_by_year_kind_and_night(after_a_night: World) -> None:
    (first, *_) = documents = [reading.document for reading in readings(after_a_night)]
    same = [d for d in documents if (d.fiscal_year, d.kind) == (first.fiscal_year, first.kind)]
    _, out, err = selected(after_a_night, "--year", str(first.fiscal_year), "--kind", str(first.kind))
    assert {d.document_id for d in documents if d.document_id[:12] in out} == {d.document_id for d in same}, err
    today = night_date(now())
    _, out, _ = selected(after_a_night, "--since", str(today), "--until", str(today))
    assert all(document.document_id[:12] in out for document in documents)
    _, out, _ = selected(after_a_night, "--until", str(today - timedelta(days=1)))
    assert not any(document.document_id[:12] in out for document in documents)
    status, _, err = selected(after_a_night, "--since", "yesterday")
    assert (status, "YYYY-MM-DD" in err) == (2, True)


def test_status_says_what_to_do_about_each_reason(after_a_night: World) -> None:
    site = after_a_night.sites[0]
    after_a_night.define(site, entries=[{"address": f"{site.origin}/gone.html"}])
    try:
        after_a_night.ran("crawl")
        status, out, err = after_a_night.ran("status")
    finally:
        after_a_night.define(site)
    assert status == 0, err
    assert "gone 建议 advice：以前抓到的仍在档案中" in out


def test_nights_are_compared_and_a_document_has_its_log(after_a_night: World) -> None:
    today = str(night_date(now()))
    status, out, err = after_a_night.ran("status", "--since", today, "--json")
    assert status == 0, err
    (night,) = json.loads(out)
    assert (night["night"], night["read"] >= len(PAPERS), night["proven"] > 0) == (today, True, True)
    assert night["seconds_text"] > 0
    status, out, err = after_a_night.ran("status", "--since", today)
    assert (status, "night by night" in out) == (0, True), err
    identity = readings(after_a_night)[0].document.document_id
    status, out, err = after_a_night.ran("status", identity[:12], "--log")
    assert status == 0, err
    lines = [json.loads(line) for line in out.splitlines()]
    assert {line["document_id"] for line in lines} == {identity}
    assert (lines[0]["stage"], lines[0]["status"], lines[0]["seconds"] > 0) == ("read", "read", True)
    status, out, _ = after_a_night.ran("status", "--night", "2001-01-01")
    assert (status, "2001-01-01" in out) == (0, True)


def test_a_correction_is_written_with_what_was_read_and_brought_in(after_a_night: World) -> None:
    reading = next(reading for reading in readings(after_a_night) if reading.line_items)
    item = reading.line_items[0]
    words = ["--page", str(item.page), "--form", item.form, "--measure", item.measure, "--name", item.name]
    words += ["--line", str(item.line), *(["--side", item.side] if item.side else [])]
    right = item.printed[:-1] + ("1" if item.printed[-1] != "1" else "2")
    told = ["--right", right, "--reason", "misprint", "--says", "更正公告", "--url", "https://example.org/gg.html"]
    identity = reading.document.document_id
    command = [sys.executable, "-c", SCRIPT, "correct", identity[:12], *words, *told]
    command += ["--root", str(after_a_night.root)]
    written = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert written.returncode == 0, written.stderr
    (file,) = (after_a_night.root / "corrections").glob("*.yaml")
    (entry,) = yaml.safe_load(file.read_text(encoding="utf-8"))["corrections"]
    assert (entry["expect"], entry["right"], entry["unit"]) == (item.printed, right, item.unit)
    again = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (again.returncode, "corrected more than once" in again.stderr) == (2, True)
    assert after_a_night.ran("rerun", "--document", identity[:12], "--no-prefect")[0] == 0
    anew = next(each for each in readings(after_a_night) if each.document.document_id == identity)
    assert [each.printed for each in anew.line_items if each.reader == "correction"] == [item.printed]
    file.unlink()


def test_only_the_papers_that_are_asked_for_are_fetched(tmp_path: Path) -> None:
    with world(tmp_path, {"ucap": PAPERS}) as made:
        status, _, err = made.ran("crawl", "--year", "1999")
        assert status == 0, err
        assert [each for each in made.sites[0].exchanges.all() if ".pdf" in each.target] == []
        status, _, err = made.ran("crawl")
        assert status == 0, err
        fetched = len([each for each in made.sites[0].exchanges.all() if ".pdf" in each.target])
        assert fetched == len(PAPERS)
        made.ran("crawl", "--again")
        again = [each for each in made.sites[0].exchanges.all() if ".pdf" in each.target][fetched:]
        assert [each.status for each in again] == [200] * len(PAPERS)


def test_a_root_that_cannot_be_written_fails_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    root = "/proc/gongkai"  # where nobody can make a folder
    for command in (["run", str(tmp_path)], ["nightly", "--portals", str(tmp_path)]):
        began = time.monotonic()
        words = [sys.executable, "-c", SCRIPT, *command, "--root", root]
        ran = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
        assert ran.returncode == 2, ran.stderr
        assert "cannot be written" in ran.stderr
        assert time.monotonic() - began < 30


def test_a_host_that_is_dead_says_so_soon(tmp_path: Path) -> None:
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        told = io.StringIO()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        began = time.monotonic()
        assert not discover(
            address, NightSettings(root=str(tmp_path)), Console(file=told, width=1000), allow_private=True
        )
        assert time.monotonic() - began < 60  # ten on an idle machine; two minutes by a night's own limits
    assert "robots_unavailable 建议 advice" in told.getvalue()


def test_a_full_disk_is_called_a_full_disk(tmp_path: Path) -> None:
    with world(tmp_path, {"ucap": PAPERS}) as made:
        cache = made.settings.locations.cache
        cache.mkdir(parents=True)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "gongkai-test", cache], check=False).returncode:
            pytest.skip("mounting a small disk takes root")
        try:
            status, out, err = made.ran("crawl")
        finally:
            subprocess.run(["umount", "-l", cache], check=False)
        assert status == 1
        assert "disk_full" in out, out + err
        assert "bad_encoding" not in out
