"""LibreOffice, headless, as a converter: old office files to new ones, and any of them to pages.

It runs in a process group of its own with limits of time, memory and file size, a profile that is made for one call,
macros off, links never updated, and no network where the kernel lets a user have none. Where it is not installed,
`OfficeMissingError` says so.
"""

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal

from extractors.errors import DamagedDocumentError
from reading.errors import OfficeMissingError
from schemas.errors import TimeLimitError

Target = Literal["docx", "pdf", "xlsx", "doc", "xls", "odt", "rtf", "ods"]
SECONDS = 120
"""A paper takes one or two, most of them to begin."""
MEMORY_BYTES = 3 * 2**30
"""Of address space: it maps some 1.5 GiB before it opens anything."""
LARGEST_FILE = 500 * 2**20
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
NO_NETWORK = ("unshare", "--map-root-user", "--net")
DEAD_PROXY = "http://127.0.0.1:9"
"""For kernels on which the network cannot be taken away: nothing listens there."""


@cache
def installed() -> str | None:
    """The program, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def converted(path: Path, target: Target) -> Iterator[Path]:
    """The file at `path` as a file of another kind, for as long as the context lasts.

    Raises `OfficeMissingError`, `TimeLimitError`, or `DamagedDocumentError` where LibreOffice cannot open it.
    """
    program = installed()
    if program is None:
        raise OfficeMissingError
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
        source = folder / "in" / "document"
        source.parent.mkdir()
        shutil.copyfile(path, source)
        _run(program, folder, source, target)
        made = folder / "out" / f"document.{target}"
        if not made.is_file():
            raise DamagedDocumentError("LibreOffice cannot open it")
        yield made


def _run(program: str, folder: Path, source: Path, target: Target) -> None:
    command = [
        *_limits(),
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck",
        "--convert-to", target, "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), DEAD_PROXY)
    ended = subprocess.run(
        command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False,
        preexec_fn=_limit,
    )  # fmt: skip
    if ended.returncode in (124, 137):
        raise TimeLimitError(f"the limit of LibreOffice is {SECONDS} s")


def _limits() -> list[str]:
    """What ends it in time with all that it started, whatever becomes of us, and takes the network away."""
    return ["timeout", "--kill-after=5", str(SECONDS), *(NO_NETWORK if _can_unshare() else ())]


@cache
def _can_unshare() -> bool:
    try:
        return subprocess.run([*NO_NETWORK, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _limit() -> None:
    for kind, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_FSIZE, LARGEST_FILE)):
        _, hard = resource.getrlimit(kind)
        own = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (own, own))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
