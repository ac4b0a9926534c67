"""From the work folder to a release, and what is told of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich.console import Console
from rich.text import Text

from flows.console import grid, names, numbers
from flows.outcomes import Outcome
from flows.reference import reference_rows
from flows.summary import DOUBTFUL
from flows.writing import write
from publish.package import read_descriptor, row_counts
from publish.release import Release, publish_release
from publish.versions import next_version
from schemas.dataset import dataset

MOST_DOUBTFUL = 20
"""So many doubtful amounts are printed one by one; the release has all."""


@dataclass(frozen=True, slots=True)
class Published:
    """A release and the documents whose rows it refused."""

    release: Release
    refused: dict[str, Outcome]


def publish_work(work: Path, root: Path, version: str | None) -> Published:
    """Publish the readings of a work folder to `root`/releases, as `version` or today's next.

    Raises `WrongUseError` where there are no readings, and the errors of `publish.release.publish_release`.
    """
    name = version or next_version(root, date.today())
    release, refused = write(work, lambda readings: publish_release(readings, root, name, reference=reference_rows()))
    return Published(release, refused)


def print_release(release: Release, out: Console) -> None:
    """Say what was published and where: tables with their rows, amounts by form, those that are doubtful."""
    if release.is_new:
        out.print(Text(f"已发布 / published {release.version}: {release.folder}", style="bold"), soft_wrap=True)
    else:
        said = "内容与最新版本相同，未另发布 / the newest release has the same content"
        out.print(Text(f"{said}: {release.folder}", style="bold"), soft_wrap=True)
    counted = grid("表 table", numbers("行 rows"))
    for table, rows in row_counts(read_descriptor(release.folder)).items():
        counted.add_row(table, f"{rows:,}")
    out.print(counted)
    _print_amounts(release.folder / "parquet", out)


def _print_amounts(folder: Path, out: Console) -> None:
    columns = ["document_id", "form", "status"]
    items = pq.read_table(folder / "line_items.parquet", columns=columns)
    statuses = dataset().terms("amount_status")
    counted = Counter(zip(items["form"].to_pylist(), items["status"].to_pylist(), strict=True))
    table = grid("报表 form", "", *(numbers(status) for status in statuses))
    for form in dataset().terms("form"):
        counts = [counted[form, status] for status in statuses]
        if any(counts):
            table.add_row(
                form, dataset().vocabularies["form"].values[form].zh, *(f"{n:,}" if n else "" for n in counts)
            )
    out.print(table)
    _print_doubtful(folder, out)


def _print_doubtful(folder: Path, out: Console) -> None:
    doubtful = _doubtful(folder)
    if not doubtful:
        out.print("没有存疑的金额 / no doubtful amounts")
        return
    table = grid(
        names("文件 file"),
        numbers("页 page"),
        "报表 form",
        names("名称 name"),
        "金额栏 measure",
        numbers("印出 printed"),
        "状态 status",
    )
    for row in doubtful[:MOST_DOUBTFUL]:
        table.add_row(
            *(Text(str(row[name])) for name in ("file_name", "page", "form", "name", "measure", "printed", "status"))
        )
    out.print(table)
    out.print(f"存疑的金额共 {len(doubtful):,} 个 / {len(doubtful):,} doubtful amounts")


def _doubtful(folder: Path) -> Sequence[dict[str, Any]]:
    items = pq.read_table(folder / "line_items.parquet", filters=pc.field("status").isin(DOUBTFUL)).to_pylist()
    documents = pq.read_table(folder / "documents.parquet", columns=["document_id", "file_name"]).to_pylist()
    file_names = {document["document_id"]: document["file_name"] for document in documents}
    return [{**item, "file_name": file_names[item["document_id"]]} for item in items]
