"""The project's data, read and validated once on a machine and kept in the user's cache folder.

    <cache>/gongkai/<hash>/schemas.forms.headings()        what a loader returned, as a pickle

The hash is of all data files, of the code that reads them and of the versions of what they are read with, so nothing
that is kept is ever out of date. The folder can be deleted at any time; where it cannot be written, or holds what
somebody else has put there, the data is read as if it were not there.
"""

import contextlib
import hashlib
import os
import pickle
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from pydantic import VERSION

P = ParamSpec("P")
T = TypeVar("T")

ROOT = Path(__file__).parent
DATA = {".py", ".yaml", ".csv"}
NOT_COMPILED = "portals"
"""Portals are read from a folder that the user may choose, and by the crawler alone."""
KEPT_SECONDS = 30 * 86_400.0
"""What other versions have left is removed once it is so old."""


def compiled(loader: Callable[P, T]) -> Callable[P, T]:
    """A loader whose result is kept: in the process, and between processes. Its arguments are few and plain.

    What it makes, it makes of the data here with the code here and in its own folder. What it returns is shared and
    must not be changed; its errors are its own, and are not kept.
    """
    own = Path(loader.__code__.co_filename).parent

    @wraps(loader)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        name = f"{loader.__module__}.{loader.__qualname__}({', '.join(map(str, args))}){_hash_beside(own)}"
        found: T | None = _taken(name)
        if found is None:
            found = loader(*args, **kwargs)
            _keep(name, found)
        return found

    return cast(Callable[P, T], cache(kept))


@cache
def _hash_beside(folder: Path) -> str:
    """The hash of the code in a folder of another room; nothing for this one's, which names the folder of all."""
    return "" if folder.is_relative_to(ROOT) else f" {_hash(folder.glob('*.py'))}"


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.blake2b(f"{sys.version} {VERSION}".encode(), digest_size=16)
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where this user's programs keep what they can make anew (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongkai"


@cache
def _folder() -> Path | None:
    """The folder for this very data and code; None where there is none that only this user can write to."""
    folder = cache_folder() / _hash(_files())
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _forget_others(folder)
        return folder if folder.stat().st_uid == os.geteuid() else None
    except OSError:
        return None


def _files() -> Iterator[Path]:
    return (path for path in ROOT.rglob("*") if path.suffix in DATA and NOT_COMPILED not in path.parts)


def _forget_others(folder: Path) -> None:
    for other in folder.parent.iterdir():
        if other != folder and time.time() - other.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(other, ignore_errors=True)


def _taken(name: str) -> Any:
    """What was kept under a name; None where nothing was, or not as a whole."""
    folder = _folder()
    if folder is None:
        return None
    try:
        return pickle.loads((folder / name).read_bytes())
    except Exception:  # whatever a damaged file holds: it is made anew
        return None


def _keep(name: str, value: object) -> None:
    """The value appears whole under the name or not at all: other processes may keep the same at the same time."""
    folder = _folder()
    if folder is None:
        return
    partial = folder / f"{name}.{os.getpid()}"
    with contextlib.suppress(OSError):
        partial.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        partial.replace(folder / name)
