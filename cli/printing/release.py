"""What is told of a release that was just published."""

import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from cli.console import grid, names, numbers
from cli.printing.outcomes import DOUBTFUL
from publish.description.package import read_descriptor, row_counts
from publish.store.release import Release
from publish.tables.querying import Connection, querying, view_table
from schemas.dataset import dataset


def print_release(release: Release, out: Console) -> None:
    """Say what was published and where: tables with their rows, amounts by form, those that are doubtful."""
    if release.is_new:
        out.print(
            Text(f"已发布 / published {release.version}: {release.url or release.folder}", style="bold"), soft_wrap=True
        )
    else:
        said = "内容与最新版本相同，未另发布 / the newest release has the same content"
        out.print(Text(f"{said}: {release.url or release.folder}", style="bold"), soft_wrap=True)
    for file in release.damaged:
        said = "上一版本的这个文件已损坏或缺失，未沿用，已由文件重新写出 / damaged in the release before, written anew"
        out.print(Text(f"! {said}: {file}", style="yellow"), soft_wrap=True)
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


MOST_DOUBTFUL = 20
"""So many doubtful amounts are printed one by one; the release has all."""
