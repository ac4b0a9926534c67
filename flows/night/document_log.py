"""What was done to each document, a line of JSON each, in `ROOT/log`: for people with `grep` and `jq`, and `status`."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from ledger.clock import now

LOG = logging.getLogger("gongkai.documents")
LOG.propagate = False
FOLDER, FILE = "log", "documents.jsonl"
BYTES, FILES = 20 * 1024**2, 10


@contextmanager
def document_log(root: Path) -> Iterator[None]:
    """Write what `log_document` is told within to the log of a root; the oldest lines go once it is full."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(root / FOLDER / FILE, maxBytes=BYTES, backupCount=FILES, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    try:
        yield
    finally:
        LOG.removeHandler(handler)
        handler.close()


def log_document(document_id: str, stage: str, **said: Any) -> None:
    """Write a line: when, which document, at which stage, and whatever else there is to say of it."""
    line = {"at": f"{now():%Y-%m-%dT%H:%M:%SZ}", "document_id": document_id, "stage": stage, **said}
    LOG.info(json.dumps(line, ensure_ascii=False, default=str))


def lines_of(root: Path, document_id: str) -> Iterator[dict[str, Any]]:
    """The lines of one document that are still there, oldest first; those that a kill cut short are passed over."""
    names = [*(f"{FILE}.{number}" for number in range(FILES, 0, -1)), FILE]
    for file in (root / FOLDER / name for name in names):
        if not file.is_file():
            continue
        with file.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if document_id in line and (told := _parsed(line)).get("document_id") == document_id:
                    yield told


def _parsed(line: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
