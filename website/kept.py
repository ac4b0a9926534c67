"""What the site keeps of each paper between builds: what its pages were made from, which they are, and its doubts.

`<site>/.made/<paper's name>.json`. A paper whose key is the same is not looked at again; a kill costs one paper.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from website.writing import put

FOLDER = ".made"


@dataclass(frozen=True, slots=True)
class Made:
    """A paper's pages, by the key of what they were made from; `rows` is the digest of the paper's own rows alone."""

    key: str
    rows: str
    pages: list[str]
    doubts: list[dict[str, Any]]


def kept(site: Path, name: str) -> Made | None:
    """What was kept of a paper; None where nothing is, or it cannot be understood."""
    try:
        return Made(**json.loads((site / FOLDER / f"{name}.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def keep(site: Path, name: str, made: Made) -> None:
    """Keep it, in one step."""
    put(site / FOLDER / f"{name}.json", json.dumps(asdict(made), ensure_ascii=False))


def names(site: Path) -> Iterator[str]:
    """The papers of which something is kept."""
    return (file.stem for file in sorted((site / FOLDER).glob("*.json")))


def forget(site: Path, name: str) -> None:
    """A paper is no more: no file says that it was there."""
    (site / FOLDER / f"{name}.json").unlink(missing_ok=True)
