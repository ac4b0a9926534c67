"""A release as one file to hand on: a zip with the sums of all that is in it, as `sha256sum --check` reads them."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.description.citation import released_on
from publish.description.package import DESCRIPTOR, files_of, read_descriptor
from publish.tables.durable import partial_beside
from schemas.dataset import dataset
from schemas.errors import WrongUseError

SUMS = "SHA256SUMS"
PACKED = frozenset({".parquet", ".xlsx"})
"""What is compressed already, and is stored as it is."""


def packed_name(release: Path) -> str:
    """What a release's zip is called, and the folder within it without the suffix."""
    return f"{dataset().name}-{release.name}.zip"


def pack(release: Path, target: Path) -> Path:
    """Write the release in a folder as the zip `target`; the same release gives the same bytes.

    The sums are those of `datapackage.json` and its own. Raises `WrongUseError` where there is something already.
    """
    if target.exists():
        raise WrongUseError(f"已有这个文件，请另选 / this file is there already, name another: {target}")
    folder = packed_name(release).removesuffix(".zip")
    sums = _sums(release)
    partial = partial_beside(target)
    try:
        with zipfile.ZipFile(partial, "w") as archive:
            for path in sorted(sums):
                member = _member(release, f"{folder}/{path}")
                with (release / path).open("rb") as source, archive.open(member, "w") as to:
                    shutil.copyfileobj(source, to)
            lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))
            archive.writestr(_member(release, f"{folder}/{SUMS}"), lines)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


@contextmanager
def unpacked(target: Path) -> Iterator[Path]:
    """The release in a zip that `pack` wrote, in a folder of its version, for as long as the context lasts.

    Raises `WrongUseError` where it is no such zip, or a file has another sum than it says.
    """
    with TemporaryDirectory(prefix="gongkai-") as scratch:
        try:
            with zipfile.ZipFile(target) as archive:
                archive.extractall(scratch)
            (folder,) = Path(scratch).iterdir()
            sums = folder / SUMS
            told = [line.split("  ", 1) for line in sums.read_text("utf-8").splitlines()]
            sums.unlink()
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise WrongUseError(f"不是打包的版本 / this is no packed release: {target}: {error}") from error
        for digest, path in told:
            if not (folder / path).is_file() or _digest(folder / path) != digest:
                raise WrongUseError(f"与 {SUMS} 不符 / not as {SUMS} says: {path}")
        yield folder.rename(Path(scratch) / folder.name.rpartition("-")[2])


def _sums(release: Path) -> dict[str, str]:
    described = files_of(read_descriptor(release))
    known = {path: str(each["hash"]).removeprefix("sha256:") for path, each in described.items()}
    return {**known, DESCRIPTOR: _digest(release / DESCRIPTOR)}


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _member(release: Path, name: str) -> zipfile.ZipInfo:
    day = released_on(release.name)
    member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    member.compress_type = zipfile.ZIP_STORED if Path(name).suffix in PACKED else zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member
