"""Where Prefect keeps its things and whom it talks to: set in the environment, before anything imports it."""

import os
import secrets
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from schemas.silence import keep_silent

QUIET: Mapping[str, str] = {
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # the command itself tells what went wrong, in one line
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",  # a server that went away is told in one line, not for each event
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",  # a server that is told to stop reports its cancelled tasks as errors
}
OWN_SERVER: Mapping[str, str] = {
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # the first start creates the database
}
LOOPBACK = "127.0.0.1,localhost"
HOST = "127.0.0.1"
OWN_PAGE = "GONGKAI_PREFECT_PAGE"
"""The variable that tells the flows that the server is ours, and where its page is."""
ENDS_WITH_COMMAND = "."
"""What that variable holds where the server ends with a command, so that no message may lead to its page."""
SERVED = ("releases", "site")
"""Folders of a root that our own server shows beside its page, each under its name."""


def configure(root: Path, environment: MutableMapping[str, str] = os.environ) -> None:
    """Let Prefect run a server of its own with its database in `root`/prefect, without any network.

    A user's own `PREFECT_API_URL` or `PREFECT_HOME` stands, and so does every other setting that is there already, but
    for those that keep telemetry off.
    """
    keep_silent(environment)
    wanted = dict(QUIET)
    if not environment.get("PREFECT_API_URL"):
        wanted |= OWN_SERVER
        wanted["PREFECT_HOME"] = str((root / "prefect").resolve())
        wanted |= _locked_up(environment)
        _reach_directly(environment)
    for name, value in wanted.items():
        environment.setdefault(name, value)


def lasting_page(environment: Mapping[str, str] = os.environ) -> str | None:
    """Where our own server's page is, if it stays there; None otherwise."""
    page = environment.get(OWN_PAGE)
    return page if page and page != ENDS_WITH_COMMAND else None


def password(environment: Mapping[str, str] = os.environ) -> str | None:
    """What our own server's page asks for, `user:password`; None where somebody else's server is used."""
    return environment.get("PREFECT_SERVER_API_AUTH_STRING")


def _locked_up(environment: Mapping[str, str]) -> Mapping[str, str]:
    """A password of this run for our own server and whoever asks it, and no other page may ask it.

    The server listens on loopback alone, where every user and every page in a browser of the machine could ask it. A
    page that a foreign name leads there (DNS rebinding) has no password either.
    """
    word = environment.get("PREFECT_SERVER_API_AUTH_STRING") or f"gongkai:{secrets.token_urlsafe(24)}"
    return {
        "PREFECT_SERVER_API_AUTH_STRING": word,
        "PREFECT_API_AUTH_STRING": word,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": "http://127.0.0.1",
    }


def _reach_directly(environment: MutableMapping[str, str]) -> None:
    """The server is on this machine: no proxy leads there."""
    for name in ("NO_PROXY", "no_proxy"):
        environment[name] = f"{environment[name]},{LOOPBACK}" if environment.get(name) else LOOPBACK
