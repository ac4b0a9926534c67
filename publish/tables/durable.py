"""Steps on disk that outlast a power cut: what has been synced and renamed is there whole, or not at all."""

import errno
import glob
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARTIAL = ".partial"
NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS}
"""Another file system, one that has no hard links or allows no more: the file is copied then."""


def sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Wait until everything in a folder is on disk, the folder itself last.

    A file that has another name already was on disk before it got this one; its new name is in its folder.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.stat().st_nlink == 1:
            sync(path)
    sync(folder)


@contextmanager
def scratch_folder(path: Path) -> Iterator[Path]:
    """An empty folder for work that is moved out once it is whole; what a killed run left there is removed."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def partial_beside(path: Path) -> Path:
    """Where this process and thread may write what will take the place of `path`: no other writes there.

    What processes that are no more have left beside it is removed.
    """
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{PARTIAL}"):
        owner = left.name.removesuffix(PARTIAL).rpartition(".")[2].partition("-")[0]
        if owner.isdecimal() and not _is_alive(int(owner)):
            left.unlink(missing_ok=True)
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}{PARTIAL}")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def replace_text(path: Path, text: str) -> None:
    """Put a small text file in place of whatever is there, in one step."""
    partial = partial_beside(path)
    partial.write_text(text, encoding="utf-8", newline="\n")
    sync(partial)
    partial.replace(path)
    sync(path.parent)


def link_or_copy(source: Path, target: Path) -> None:
    """The same file under another name, or the same bytes where it cannot have one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        shutil.copyfile(source, target)
