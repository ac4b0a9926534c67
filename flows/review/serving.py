"""The review's server on this machine, for as long as somebody reviews."""

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from flows.night.settings import NightSettings
from flows.review.root_desk import RootDesk
from flows.site_making import make_site
from schemas.errors import WrongUseError
from website.review.app import review_app
from website.review.guard import HOST, Guard


def serve_review(
    settings: NightSettings, acknowledged: Path, by: str | None, port: int, tell: Callable[[str], None]
) -> None:
    """Bring the root's site up to date and serve the review until interrupted; `tell` is told its address.

    `port` 0 takes any that is free. Raises `WrongUseError` where there is no release yet, or the port is taken.
    """
    where = settings.locations
    built = make_site(where.releases, settings.jobs, settings.limits, archive=where.archive)
    if built is None:
        raise WrongUseError("审核需要本地的版本和网站 / a review takes a release and its site on this machine")
    desk = RootDesk(settings, built.site, acknowledged)
    with _listening(port) as taken:
        guard = Guard(taken.getsockname()[1])
        tell(guard.address)
        config = uvicorn.Config(review_app(desk, built.site, guard, by), log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[taken])


def _listening(port: int) -> socket.socket:
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
        taken.listen()  # who opens the address at once waits, and is not refused
    except OSError as error:
        taken.close()
        raise WrongUseError(f"端口已被占用 / the port is taken: {port}: {error.strerror}") from error
    return taken
