import html
import re
from pathlib import Path

from publish.derived.wide import wide_tables
from publish.description.dictionary import DOCS, MARKDOWN, PAGE, dictionary, dictionary_page, write_dictionary
from schemas.dataset import dataset


def test_the_pages_in_docs_are_up_to_date() -> None:
    advice = "run: python -m publish.dictionary"
    assert (DOCS / MARKDOWN).read_text(encoding="utf-8") == dictionary(dataset()), advice
    assert (DOCS / PAGE).read_text(encoding="utf-8") == dictionary_page(), advice


def test_every_column_and_value_is_described_in_both_languages() -> None:
    lines = dictionary(dataset()).splitlines()
    assert "| `amount` | decimal(20,2), 元 |  | 金额，单位元，精确 | the amount in yuan, exact |" in lines
    assert "| `three_public` | “三公”经费支出表 |" in "\n".join(lines)
    wide = wide_tables()
    columns = sum(len(table.columns) for name, table in dataset().all_tables.items() if name not in wide)
    shared = min(len(table.columns) for table in wide.values()) - 3
    values = sum(len(vocabulary.values) for vocabulary in dataset().vocabularies.values())
    assert sum(line.startswith("| `") for line in lines) == columns + shared + len(wide) + values


def test_the_page_of_html_has_every_column_and_value_too() -> None:
    page = dictionary_page()
    named = re.findall(r"<code>(\w+)</code>", page)
    for table in dataset().all_tables.values():
        assert {column.name for column in table.columns} <= set(named)
    text = html.unescape(page)
    for vocabulary in dataset().vocabularies.values():
        for described in vocabulary.values.values():
            assert described.zh in text
            assert described.en in text


def test_every_link_within_the_page_has_its_target() -> None:
    page = dictionary_page()
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets


def test_a_release_has_its_own_dictionary(tmp_path: Path) -> None:
    write_dictionary(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {MARKDOWN, PAGE}
