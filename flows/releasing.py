"""From the work folder to a release, and what is told of it."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from flows.console import grid, names, numbers
from flows.diffing import diff
from flows.errors import WrongUseError
from flows.outcomes import Outcome
from flows.reference import reference_rows
from flows.summary import DOUBTFUL
from flows.writing import write
from publish.beside import beside
from publish.changes_summary import ChangeSummary
from publish.coverage import Outlook
from publish.index import write_index, write_remote_index
from publish.package import read_descriptor, row_counts
from publish.papers import Paper
from publish.querying import Connection, querying, view_table
from publish.release import Release
from publish.remote import RemoteReleases
from publish.roots import Root, is_remote, next_version_at, publish_at
from publish.tables import write_dataset
from publish.versions import latest_version
from schemas.dataset import dataset

RELEASES = "releases"
STAGING = "staging"
"""The folder of a work folder where a release for a remote root is built."""
MOST_DOUBTFUL = 20
"""So many doubtful amounts are printed one by one; the release has all."""


@dataclass(frozen=True, slots=True)
class Published:
    """A release and the documents whose rows it refused."""

    release: Release
    refused: dict[str, Outcome]


def publish_work(
    work: Path, root: Root, version: str | None, *, outlook: Iterable[Outlook] = (), today: date | None = None
) -> Published:
    """Publish the readings of a work folder to `root`/releases, as `version` or today's next, and its index.

    `root` is a folder, or the address of a store such as `s3://bucket/prefix`; the release is then built under the work
    folder. `outlook` is what a crawl knows of papers that are not there. Raises `WrongUseError` where there are no
    readings, and the errors of `publish.release.publish_release`.
    """
    name = version or next_version_at(root, today or date.today())
    reference, derived = reference_rows(), beside(outlook)

    def publish(papers: Sequence[Paper]) -> Release:
        return publish_at(papers, root, name, staging=work / STAGING, reference=reference, derived=derived)

    release, refused = write(work, publish)
    _write_index(root)
    return Published(release, refused)


def _write_index(root: Root) -> None:
    if not is_remote(root):
        write_index(Path(root) / RELEASES)
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        write_remote_index(RemoteReleases(str(root)), Path(scratch))


def would_change(work: Path, root: Path, limit: int) -> ChangeSummary:
    """What publishing the work folder would change against the newest release, with nothing written.

    Raises `WrongUseError` where there are no readings, or no release to compare them with.
    """
    newest = latest_version(root / RELEASES)
    if newest is None:
        raise WrongUseError(f"这里还没有发布过版本 / no release here yet: {root / RELEASES}")
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        folder = Path(scratch) / "would-be"
        write(work, lambda papers: write_dataset(papers, folder, reference_rows()))
        return diff(root / RELEASES / str(newest), folder, limit)


def print_release(release: Release, out: Console) -> None:
    """Say what was published and where: tables with their rows, amounts by form, those that are doubtful."""
    if release.is_new:
        out.print(
            Text(f"已发布 / published {release.version}: {release.url or release.folder}", style="bold"), soft_wrap=True
        )
    else:
        said = "内容与最新版本相同，未另发布 / the newest release has the same content"
        out.print(Text(f"{said}: {release.url or release.folder}", style="bold"), soft_wrap=True)
    counted = grid("表 table", numbers("行 rows"))
    for table, rows in row_counts(read_descriptor(release.folder)).items():
        counted.add_row(table, f"{rows:,}")
    out.print(counted)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch, querying(Path(scratch)) as connection:
        for table in ("documents", "line_items"):
            view_table(connection, release.folder, table)
        _print_amounts(connection, out)
        _print_doubtful(connection, out)


def _print_amounts(connection: Connection, out: Console) -> None:
    counts = connection.execute("SELECT form, status, count(*) FROM line_items GROUP BY ALL").fetchall()
    counted = {(form, status): count for form, status, count in counts}
    statuses = dataset().terms("amount_status")
    table = grid("报表 form", "", *(numbers(status) for status in statuses))
    for form in dataset().terms("form"):
        own = [counted.get((form, status), 0) for status in statuses]
        if any(own):
            table.add_row(form, dataset().vocabularies["form"].values[form].zh, *(f"{n:,}" if n else "" for n in own))
    out.print(table)


def _print_doubtful(connection: Connection, out: Console) -> None:
    doubtful = f"FROM line_items WHERE status IN {DOUBTFUL}"
    total = connection.execute(f"SELECT count(*) {doubtful}").fetchall()[0][0]
    if not total:
        out.print("没有存疑的金额 / no doubtful amounts")
        return
    key = ", ".join(f"{name} NULLS FIRST" for name in dataset().tables["line_items"].key)
    first = connection.execute(
        f"WITH doubtful AS (SELECT *, row_number() OVER (ORDER BY {key}) AS nth {doubtful} "
        f"QUALIFY nth <= {MOST_DOUBTFUL}) "
        "SELECT file_name, doubtful.page, form, concat_ws(' ', organisation, doubtful.name), "
        "concat_ws(' ', measure, fund), printed, concat_ws(' ', doubtful.status, doubtful.status_reason) "
        "FROM doubtful JOIN documents USING (document_id) ORDER BY nth"
    )
    table = grid(
        names("文件 file"),
        numbers("页 page"),
        "报表 form",
        names("名称 name"),
        "金额栏 measure",
        numbers("印出 printed"),
        "状态 status",
    )
    for row in first.fetchall():
        table.add_row(*(Text(str(value)) for value in row))
    out.print(table)
    out.print(f"存疑的金额共 {total:,} 个 / {total:,} doubtful amounts")
