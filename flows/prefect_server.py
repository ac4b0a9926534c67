"""A Prefect server of our own on this machine, for as long as the deployments are served and nobody names another.

The server that Prefect starts inside a command ends with it and schedules nothing.
"""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from schemas.errors import WrongUseError

HOST = "127.0.0.1"
SECONDS_TO_START = 180.0
GLANCE_SECONDS = 0.5


@contextmanager
def prefect_server(port: int) -> Iterator[str]:
    """The address of the server's page: the user's own where PREFECT_API_URL names one, or one that ends with us.

    `flows.prefect_settings.configure` goes before it, and nothing of Prefect may be imported yet. Raises
    `WrongUseError` where the server does not come up.
    """
    if named := os.environ.get("PREFECT_API_URL"):
        yield named.removesuffix("/api")
        return
    address = f"http://{HOST}:{port}"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(server, f"{address}/api/health")
        os.environ["PREFECT_API_URL"] = f"{address}/api"
        yield address
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.terminate()
        server.wait()


def _await(server: "subprocess.Popen[bytes]", health: str) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            direct.open(health, timeout=GLANCE_SECONDS).close()
        except (urllib.error.URLError, OSError):
            time.sleep(GLANCE_SECONDS)
        else:
            return
    raise WrongUseError(
        f"Prefect 服务没有启动，端口可能被占用，请用 --port 换一个 / Prefect's server did not come up; "
        f"if its port is taken, try another --port: {health}"
    )
