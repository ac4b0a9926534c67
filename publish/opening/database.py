"""`gongkai.duckdb` of a release: its tables as views over the Parquet files, with comments, under two names.

It is small: amounts stay in the Parquet files, beside which it is opened (`duckdb -readonly gongkai.duckdb`, in the
release's folder). `gongkai.sql` has the statements that it was made with, for DuckDB in a browser or another version.
The database's own format holds a random id: it alone of a release's files has other bytes each time it is made.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from publish.opening.headings import column_headings, table_heading
from publish.opening.lookups import FOLDER, HEADERS
from publish.tables.querying import parquet_files
from schemas.dataset import Table, dataset

DATABASE = "gongkai.duckdb"
SCRIPT = "gongkai.sql"

BRIDGES = {
    "check_amounts": (
        "which amounts took part in which check",
        "哪个金额参与了哪次检查",
        """SELECT part.document_id, part.check_id, part.subject, part.verdict, item.amount_id, item.amount
FROM (
    SELECT document_id, check_id, subject, verdict, unnest(string_split(amounts, ' ')) AS place
    FROM checks WHERE amounts <> ''
) part
JOIN documents file USING (document_id)
JOIN (SELECT line_items.*, paper_id FROM line_items JOIN documents USING (document_id)) item
  ON item.paper_id = file.paper_id
 AND part.place = concat_ws('/', item.form, coalesce(item.side, ''), item.line, item.measure, item.fund)
 AND (NOT contains(part.subject, '|') OR starts_with(part.subject, item.department || '|'))""",
    ),
    "leaf_amounts": (
        "amounts that can be added up within one form, half and measure: none is a part of another, none is of a unit",
        "同一张表、同一边、同一金额栏中可以相加的金额：没有哪一笔包含另一笔，也不含各预算单位的分列数",
        "SELECT * FROM line_items WHERE is_leaf AND organisation IS NULL AND fund IS NULL",
    ),
    "doubtful_amounts": (
        "what should be looked at, with the paper it is of",
        "应当核对的金额，连同所在的文件",
        """SELECT documents.department AS paper_department, documents.source_url, item.*
FROM line_items item JOIN documents USING (document_id)
WHERE item.status IN ('source_inconsistent', 'contradicted', 'repaired')""",
    ),
}
"""Views that join what tables keep apart: English comment, Chinese comment, query."""


def write_database(building: Path, previous: Path | None = None) -> None:
    """Write both files for the release in `building`, whose tables and look-ups are there; `previous` has no say."""
    script = "\n".join(statements(building)) + "\n"
    for name in (SCRIPT, DATABASE):
        (building / name).unlink(missing_ok=True)
    (building / SCRIPT).write_text(script, encoding="utf-8", newline="\n")
    with duckdb.connect(str(building / DATABASE), config={"file_search_path": str(building)}) as connection:
        connection.execute(f"BEGIN; {script} COMMIT; CHECKPOINT")


def statements(release: Path) -> Iterator[str]:
    """The SQL statements that make the database, each on a line or several, with paths from the release's folder."""
    yield "-- 在版本的文件夹里运行 / run it in the release's folder"
    for name, header in HEADERS.items():
        columns = ", ".join(f"'{column}': 'VARCHAR'" for column in header)
        source = f"read_csv('{FOLDER}/{name}.csv', header = true, columns = {{{columns}}})"
        yield f"CREATE TABLE lookup_{name} AS SELECT * FROM {source};"
    for table in dataset().all_tables.values():
        if files := parquet_files(release, table.name) or _at_the_top(release, table):
            yield from _table_views(release, table, files)
    for name, (en, zh, query) in BRIDGES.items():
        yield f"CREATE VIEW {name} AS\n{query};"
        yield _comment("VIEW", name, f"{zh} / {en}")


def _at_the_top(release: Path, table: Table) -> list[Path]:
    file = release / f"{table.name}.parquet"
    return [file] if file.is_file() else []


def _table_views(release: Path, table: Table, files: list[Path]) -> Iterator[str]:
    yield f"CREATE VIEW {table.name} AS SELECT * FROM {_source(release, table, files)};"
    yield _comment("VIEW", table.name, f"{table.zh} / {table.en}")
    for column in table.columns:
        unit = f" [{column.unit}]" if column.unit else ""
        yield _comment("COLUMN", f'{table.name}."{column.name}"', f"{column.zh} / {column.en}{unit}")
    headings = column_headings(table)
    named = ", ".join(
        f'"{column.name}" AS "{heading}"' for column, heading in zip(table.columns, headings, strict=True)
    )
    yield f'CREATE VIEW "{table_heading(table)}" AS SELECT {named} FROM {table.name};'


def _source(release: Path, table: Table, files: list[Path]) -> str:
    if len(files) == 1 and "=" not in files[0].parent.name:
        return f"read_parquet('{files[0].relative_to(release).as_posix()}')"
    hive = "hive_partitioning = true, hive_types = {'fiscal_year': SMALLINT}, union_by_name = true"
    return f"read_parquet('parquet/{table.name}/*/*.parquet', {hive})"


def _comment(kind: str, name: str, text: str) -> str:
    quoted = text.replace("'", "''")
    return f"COMMENT ON {kind} {name} IS '{quoted}';"
