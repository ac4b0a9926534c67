"""What a sample portal publishes: the committed papers, bundles of them, or any number of small ones."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.examples import example_paper
from samples.layout import LAYOUTS
from samples.paper import Cover, PrintedTable
from samples.papers import FOLDER
from samples.typeset import typeset
from schemas.records import Kind

WORDS: dict[Kind, str] = {"final_accounts": "决算", "budget": "预算"}
_DISTINCT = 10
_ZIP_EPOCH = (2024, 9, 20, 12, 0, 0)


@dataclass(frozen=True, slots=True)
class Publication:
    """A file that a portal publishes under a title, as its detail page says."""

    title: str
    department: str
    year: int
    kind: Kind
    published_on: date
    file_name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """The file name's suffix, with its dot."""
        return Path(self.file_name).suffix


def publication(
    department: str, year: int, kind: Kind, content: bytes, published_on: date | None = None
) -> Publication:
    """A PDF under the usual title, published in the month that such papers come out in."""
    day = published_on or (date(year + 1, 9, 20) if kind == "final_accounts" else date(year, 2, 14))
    title = f"{department}{year}年度部门{WORDS[kind]}"
    return Publication(title, department, year, kind, day, f"{title}.pdf", content)


@cache
def publications() -> tuple[Publication, ...]:
    """The committed sample papers, and a bundle of two small ones."""
    return (
        publication("示例市示例区总工会", 2023, "final_accounts", _committed("zhuzhou_union_2023_final")),
        publication("示例市示例区商务委员会", 2025, "budget", _committed("example_commerce_2025_budget")),
        publication("示例市示例区规划和自然资源局", 2024, "budget", _committed("example_planning_2024_budget")),
        publication("示例市示例区交通运输局", 2024, "final_accounts", _committed("example_transport_2024_final")),
        bundled(many_publications(2), "示例市直属学校2023年度部门决算"),
    )


def many_publications(count: int) -> tuple[Publication, ...]:
    """`count` small papers of invented schools, no two with the same bytes, cheap to make: some 25 kB each.

    Ten papers are typeset; the others differ from them by a comment behind the PDF's end, which readers pass over.
    """
    start = date(2024, 9, 1)
    return tuple(
        publication(
            f"示例市第{number}中学",
            2023,
            "final_accounts",
            _small_papers()[number % _DISTINCT] + f"% {number}\n%%EOF\n".encode(),
            start + timedelta(days=number % 28),
        )
        for number in range(1, count + 1)
    )


@cache
def _small_papers() -> tuple[bytes, ...]:
    with TemporaryDirectory() as folder:
        return tuple(_small_paper(Path(folder) / "paper.pdf", seed) for seed in range(_DISTINCT))


def _small_paper(path: Path, seed: int) -> bytes:
    """Typeset a paper of its cover and its 三公 form alone."""
    paper = example_paper("national", "final_accounts", seed=seed, year=2023)
    kept = tuple(
        block
        for block in paper.blocks
        if isinstance(block, Cover) or (isinstance(block, PrintedTable) and block.form == "three_public")
    )
    typeset(replace(paper, blocks=kept), LAYOUTS["horizontal"], path)
    return path.read_bytes()


def _committed(name: str) -> bytes:
    return (FOLDER / f"{name}.pdf").read_bytes()


def bundled(published: Sequence[Publication], title: str) -> Publication:
    """Several papers in one zip whose names are GBK, as Windows makes them."""
    members = ((f"{title}/{one.file_name}".encode("gb18030"), one.content) for one in published)
    return replace(published[0], title=title, file_name=f"{title}.zip", content=zip_of(members))


def zip_of(members: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A zip with raw names and no UTF-8 flag, so that a reader has to guess; the same members give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members:
            opened.writestr(_RawName(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _RawName(zipfile.ZipInfo):
    """A member whose name is written as the bytes it is."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw.decode("cp437"), _ZIP_EPOCH)
        self._raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  zipfile's own hook
        return self._raw, self.flag_bits & ~0x800
