"""What a night tells, to whom, and how often: a receiver on loopback takes what Apprise and the heartbeat send."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from night_world import World, world

from flows.night.notices import FILE, Silent, Tonight, notice_of, notice_settings
from samples.portal import many_publications
from samples.portal.faults import Fault
from schemas.errors import WrongUseError
from tests.kinds import thorough

NIGHT = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("tonight", "is_bad", "says"),
    [
        (Tonight(NIGHT, error="ArchiveFullError: no room"), True, "the night failed: ArchiveFullError"),
        (Tonight(NIGHT, breaches={"trs": ("3 个地址失败",)}), True, "! trs：3 个地址失败"),
        (Tonight(NIGHT, silent=(Silent("vsb", 9),)), True, "? vsb：9 天没有文件"),
        (Tonight(NIGHT, release="2026.3.5"), False, "published: 2026.3.5"),
        (Tonight(NIGHT, release="2026.3.5", held_back=2), True, "2 份文件未能发布"),
    ],
)
def test_one_message_says_what_there_is_to_say(tonight: Tonight, is_bad: bool, says: str) -> None:
    notice = notice_of(tonight, "http://127.0.0.1:4200/")
    assert notice is not None
    assert (notice.is_bad, says in notice.body) == (is_bad, True)
    assert notice.body.endswith("http://127.0.0.1:4200/runs\nhttp://127.0.0.1:4200/releases/index.html")


def test_a_night_without_news_says_nothing_and_a_long_list_is_shortened() -> None:
    assert notice_of(Tonight(NIGHT)) is None
    many = notice_of(Tonight(NIGHT, silent=[Silent(f"p{n}", 4) for n in range(50)]))
    assert many is not None
    assert many.body.splitlines()[-1] == "… 另 30 个 / 30 more"


def test_variables_go_before_the_file_and_a_file_that_says_nothing_known_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("urls: [json://a]\nheartbeat: https://example.org/x\n", encoding="utf-8")
    assert notice_settings(tmp_path, {}).urls == ("json://a",)
    assert notice_settings(tmp_path, {"GONGKAI_NOTIFY": "json://b json://c"}).urls == ("json://b", "json://c")
    (tmp_path / FILE).write_text("adresses: []\n", encoding="utf-8")
    with pytest.raises(WrongUseError, match="cannot be used"):
        notice_settings(tmp_path, {})


@dataclass
class Received:
    """What came in: messages, and the paths of heartbeats."""

    address: str = ""
    messages: list[dict[str, str]] = field(default_factory=list)
    beats: list[str] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Received]:
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.messages.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer()

        def do_GET(self) -> None:
            received.beats.append(self.path)
            self._answer()

        def _answer(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    received.address = f"127.0.0.1:{server.server_port}"
    try:
        yield received
    finally:
        server.shutdown()


@pytest.fixture
def told() -> Iterator[Received]:
    with receiver() as received:
        yield received


def told_of(made: World, received: Received) -> None:
    made.root.mkdir(exist_ok=True)
    given = {"urls": [f"json://{received.address}/"], "heartbeat": f"http://{received.address}/beat"}
    (made.root / FILE).write_text(yaml.safe_dump(given), encoding="utf-8")


@thorough
def test_nights_of_three_portals_tell_each_thing_once(
    tmp_path: Path, told: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = many_publications(1)
    with world(tmp_path, {"trs": papers, "vsb": papers, "ucap": papers}) as made:
        told_of(made, told)
        trs, vsb, _ = made.sites
        for day in (0, 1, 4):
            moment = datetime(2026, 3, 1, 19, tzinfo=UTC) + timedelta(days=day)
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
            for site in made.sites:
                site.faults.clear()
            if day == 1:  # one portal is down for a night
                vsb.faults.append(Fault("*", "status", status=404))
            if day >= 1:  # another one is moved away, for good
                made.define(trs, entries=[{"address": f"{trs.origin}/moved.html"}])
            made.night()
        made.night()  # again on the same day: nothing is told twice
    lines = [(message["title"][3:13], line) for message in told.messages for line in message["message"].splitlines()]
    assert len(lines) == len(set(lines))
    assert [day for day, line in lines if line.startswith("! sample_vsb")] == ["2026-03-03"]
    assert [day for day, line in lines if line.startswith("! sample_trs")] == ["2026-03-03", "2026-03-06"]
    assert sum("published: 2026.3.2" in message["message"] for message in told.messages) == 1
    silent = [message for message in told.messages if "sample_trs：4 天" in message["message"]]
    assert len(silent) == 1
    assert told.beats.count("/beat") + told.beats.count("/beat/fail") == 4


def test_a_night_that_fails_tells_why_and_the_dry_run_sends_nothing(tmp_path: Path, told: Received) -> None:
    with world(tmp_path, {"ucap": many_publications(1)}) as made:
        told_of(made, told)
        (made.root / "archive").write_text("no folder", encoding="utf-8")
        assert made.ran("nightly", "--no-prefect", "--no-site")[0] == 1
        assert ["the night failed" in m["message"] or "crashed" in m["message"] for m in told.messages] == [True]
        (made.root / "archive").unlink()
        assert made.ran("nightly", "--no-prefect", "--no-site")[0] == 0
        sent = len(told.messages)
        status, out, err = made.ran("notify", "--dry-run")
        assert status == 0, err
        assert "published" in out
        assert len(told.messages) == sent
        (made.root / FILE).write_text("urls: [nonsense]\n", encoding="utf-8")
        status, _, err = made.ran("nightly", "--no-prefect", "--no-site")
        assert (status, "no address that Apprise knows" in err) == (2, True)
