"""The data dictionary, generated: `python -m publish.dictionary` writes it into `docs/`; every release has its own."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from publish.derived.wide import wide_tables
from publish.description.page_templates import rendered
from schemas.dataset import Column, Dataset, Table, Vocabulary, dataset

DOCS = Path(__file__).parents[2] / "docs"
MARKDOWN = "data-dictionary.md"
PAGE = "data-dictionary.html"
NOTICE = "<!-- Generated from schemas/dataset.yaml by `python -m publish.dictionary`; edit the YAML, not this page. -->"

WIDE_ZH = "每张报表一个宽表 `wide_<form>`：先是以下各列，然后是该报表的各金额栏（元），没有印出的为空，不是 0。"
WIDE_EN = (
    "A wide table `wide_<form>` for each form: the columns below, then the form's measures in yuan; one that is not"
    " printed is null, never 0."
)


def dictionary(definition: Dataset) -> str:
    """The whole page in Markdown: every table with its columns, then every closed list with its values."""
    parts = [
        NOTICE,
        "# 数据字典 / Data dictionary",
        definition.zh,
        definition.en,
        "## 数据表 / Tables",
        *(part for table in definition.tables.values() for part in _table(table)),
        "## 派生的表 / Derived tables",
        *(part for table in single_derived(definition) for part in _table(table)),
        "## 宽表 / Wide tables",
        WIDE_ZH,
        WIDE_EN,
        *_wide(),
        "## 取值 / Closed lists",
        *(part for name, vocabulary in definition.vocabularies.items() for part in _vocabulary(name, vocabulary)),
    ]
    return "\n\n".join(parts) + "\n"


def dictionary_page() -> str:
    """The same as a page of HTML that needs nothing else."""
    return rendered(
        "dictionary.html.j2",
        derived=single_derived(dataset()),
        wide=list(wide_tables().values()),
        shared=shared_columns(),
        measures=measure_columns,
    )


def write_dictionary(building: Path, previous: Path | None = None) -> None:
    """Write both pages into the release in `building`; `previous` has no say."""
    _write(building / MARKDOWN, dictionary(dataset()))
    _write(building / PAGE, dictionary_page())


def single_derived(definition: Dataset) -> list[Table]:
    """The derived tables that are none of the wide ones, which are described together."""
    return [table for name, table in definition.derived.items() if name not in wide_tables()]


def shared_columns() -> tuple[Column, ...]:
    """The columns that every wide table begins with."""
    first = next(iter(wide_tables().values()))
    return tuple(column for column in first.columns if column not in measure_columns(first))


def measure_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a wide table that hold amounts."""
    return tuple(column for column in table.columns if column.name in dataset().terms("measure"))


def _table(table: Table) -> Iterator[str]:
    yield f"### `{table.name}`"
    yield table.zh
    yield table.en
    yield "主键 / Key: " + ", ".join(f"`{name}`" for name in table.key)
    yield _columns(table.columns)


def _wide() -> Iterator[str]:
    yield "主键 / Key: " + ", ".join(f"`{name}`" for name in next(iter(wide_tables().values())).key)
    yield _columns(shared_columns())
    rows = [
        [f"`{name}`", ", ".join(f"`{column.name}`" for column in measure_columns(table))]
        for name, table in wide_tables().items()
    ]
    yield _grid(["表 / table", "金额栏 / [measures](#measure)"], rows)


def _columns(columns: Sequence[Column]) -> str:
    return _grid(["列 / column", "类型 / type", "可空 / null", "含义", "meaning"], [_column(c) for c in columns])


def _column(column: Column) -> list[str]:
    kind = f"{column.type}, {column.unit}" if column.unit else column.type
    listed = f" [`{column.vocabulary}`](#{column.vocabulary})" if column.vocabulary else ""
    return [f"`{column.name}`", kind, "✓" if column.nullable else "", column.zh, column.en + listed]


def _vocabulary(name: str, vocabulary: Vocabulary) -> Iterator[str]:
    yield f"### `{name}`"
    yield f"{vocabulary.zh} / {vocabulary.en}"
    yield _grid(
        ["值 / value", "含义", "meaning"],
        [[f"`{value}`", described.zh, described.en] for value, described in vocabulary.values.items()],
    )


def _grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
