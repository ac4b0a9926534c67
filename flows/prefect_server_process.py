"""The process of our own Prefect server, which ends with the command that began it.

It writes a log that does not grow for ever, and serves the releases and the site beside its page.

    python -m flows.prefect_server_process PORT LOG RELEASES [--scheduling]
"""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from flows.end_with_parent import end_with_parent
from flows.prefect_settings import HOST, SERVED

if TYPE_CHECKING:
    from fastapi import FastAPI

LOG_BYTES, LOG_FILES = 5 * 1024**2, 5


def main(port: int, log: Path, root: Path, *, scheduling: bool) -> None:
    """Serve until told to stop. Without `scheduling` there is no page and nothing is begun by itself."""
    end_with_parent()
    from prefect.server.api.server import create_app  # noqa: PLC0415  it reads its settings as it is imported

    app = create_app(final=True, ephemeral=not scheduling)
    _write_to(log)
    _serve_folders(app, root)
    import uvicorn  # noqa: PLC0415

    uvicorn.run(app, host=HOST, port=port, log_config=None, access_log=False)


def _write_to(log: Path) -> None:
    """All that is logged goes to one file, of which the last ones are kept."""
    handler = RotatingFileHandler(log, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for name in (None, "uvicorn", "fastapi"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]


def _serve_folders(app: "FastAPI", root: Path) -> None:
    """The folders of releases and of the site under their names, before the page, which would take every path."""
    from starlette.routing import Mount  # noqa: PLC0415
    from starlette.staticfiles import StaticFiles  # noqa: PLC0415

    for name in SERVED:
        files = StaticFiles(directory=root / name, html=True, check_dir=False)
        app.router.routes.insert(0, Mount(f"/{name}", app=files, name=name))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), scheduling="--scheduling" in sys.argv[4:])
