"""The data dictionary, generated: `python -m publish.dictionary` writes `docs/data-dictionary.md`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from schemas.dataset import Column, Dataset, Table, Vocabulary, dataset

DICTIONARY = Path(__file__).parents[1] / "docs" / "data-dictionary.md"
NOTICE = "<!-- Generated from schemas/dataset.yaml by `python -m publish.dictionary`; edit the YAML, not this page. -->"


def dictionary(definition: Dataset) -> str:
    """The whole page in Markdown: every table with its columns, then every closed list with its values."""
    parts = [
        NOTICE,
        "# 数据字典 / Data dictionary",
        definition.zh,
        definition.en,
        "## 数据表 / Tables",
        *(part for table in definition.tables.values() for part in _table(table)),
        "## 取值 / Closed lists",
        *(part for name, vocabulary in definition.vocabularies.items() for part in _vocabulary(name, vocabulary)),
    ]
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> Iterator[str]:
    yield f"### `{table.name}`"
    yield table.zh
    yield table.en
    yield "主键 / Key: " + ", ".join(f"`{name}`" for name in table.key)
    yield _grid(["列 / column", "类型 / type", "可空 / null", "含义", "meaning"], [_column(c) for c in table.columns])


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


def main() -> None:
    """Write the page."""
    DICTIONARY.parent.mkdir(exist_ok=True)
    DICTIONARY.write_text(dictionary(dataset()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
