"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, as a user who is not root."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

USERS = ("postgres", "nobody")
SETTINGS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c max_connections=30"


def programs() -> Path:
    """The folder of initdb and pg_ctl, or a skip that says where it was looked for."""
    on_path = shutil.which("pg_ctl")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))
    folders = [*([Path(on_path).parent] if on_path else []), *reversed(installed)]
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.skip("no PostgreSQL here: neither pg_ctl on the PATH nor /usr/lib/postgresql/*/bin (apt install postgresql)")


def _as_plain_user() -> tuple[Sequence[str], int | None]:
    """What to put before a command so that root does not run it, and that user's number."""
    if os.geteuid() != 0:
        return (), None
    for name in USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return ("runuser", "-u", name, "--"), user.pw_uid
    pytest.skip("PostgreSQL does not run as root, and there is no user postgres or nobody")


@contextmanager
def server() -> Iterator[str]:
    """The URL of a database of a running server."""
    found, (prefix, owner) = programs(), _as_plain_user()
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgres-"))
    if owner is not None:
        os.chown(folder, owner, -1)

    def call(program: str, *arguments: str) -> None:
        command = [*prefix, str(found / program), *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    data = str(folder / "data")
    try:
        call("initdb", "-D", data, "-U", "gongkai", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        call("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", f"{SETTINGS} -k {folder}", "start")
        try:
            yield f"postgresql://gongkai@/postgres?host={folder}"
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
