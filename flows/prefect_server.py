"""A Prefect server of our own on this machine, for as long as a command runs and where nobody names another.

The server that Prefect would start inside a command by itself schedules nothing, and is left behind by a kill.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.abandoned_runs import settle_abandoned_runs, sole_server
from flows.prefect_settings import ENDS_WITH_COMMAND, HOST, OWN_PAGE
from schemas.errors import WrongUseError

SECONDS_TO_START = 180.0
GLANCE_SECONDS = 0.2
LOG = "server.log"
LAST_LINES = 5

SPEAKING = {"PREFECT_LOGGING_LEVEL": "INFO", "PREFECT_LOGGING_SERVER_LEVEL": "INFO"}
"""What our own server says goes to a file, so that it may speak where the command itself is silent."""


class ServerNotUpError(WrongUseError):
    """Prefect's server did not come up; its log says why."""


@contextmanager
def prefect_server(port: int | None, root: Path, *, scheduling: bool) -> Iterator[str]:
    """The address of the server's page: the user's own where PREFECT_API_URL names one, or one that ends with us.

    Ours listens on `port` (any that is free where None), keeps its database and its log in `root`/prefect, and shows
    `root`/releases. `flows.prefect_settings.configure` goes before it, and nothing of Prefect may be imported yet.
    Raises `ServerNotUpError`.
    """
    if named := os.environ.get("PREFECT_API_URL"):
        yield named.removesuffix("/api")
        return
    address = f"http://{HOST}:{port or _free_port()}"
    home = Path(os.environ["PREFECT_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    with sole_server(home) as alone, (home / LOG).open("ab") as log:
        server = subprocess.Popen(
            _command(address, home / LOG, root, scheduling=scheduling),
            env=_environment(address),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _await(server, f"{address}/api/health", home / LOG)
            os.environ |= {"PREFECT_API_URL": f"{address}/api", OWN_PAGE: address if scheduling else ENDS_WITH_COMMAND}
            if alone:
                settle_abandoned_runs(f"{address}/api")
            yield address
        finally:
            for name in ("PREFECT_API_URL", OWN_PAGE):
                os.environ.pop(name, None)
            server.terminate()
            server.wait()


def _command(address: str, log: Path, root: Path, *, scheduling: bool) -> list[str]:
    port = address.rpartition(":")[2]
    return [
        sys.executable, "-m", "flows.prefect_server_process", port, str(log), str(root.resolve()),
        *(["--scheduling"] if scheduling else []),
    ]  # fmt: skip


def _environment(address: str) -> dict[str, str]:
    """The page asks the server where it is itself; its own default is port 4200, whatever ours is."""
    return {**os.environ, **SPEAKING, "PREFECT_SERVER_UI_API_URL": f"{address}/api"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await(server: "subprocess.Popen[bytes]", health: str, log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            direct.open(health, timeout=GLANCE_SECONDS * 5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(GLANCE_SECONDS)
        else:
            if server.poll() is None:
                return
    raise ServerNotUpError(
        f"Prefect 服务没有启动，端口可能被占用，请用 --port 换一个 / Prefect's server did not come up; "
        f"if its port is taken, try another --port: {health}\n{_last_words(log)}"
    )


def _last_words(log: Path) -> str:
    said = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
    return "\n".join([f"日志 / log: {log}", *said])
