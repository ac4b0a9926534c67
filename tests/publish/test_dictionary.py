from publish.dictionary import DICTIONARY, dictionary
from schemas.dataset import dataset


def test_the_page_in_docs_is_up_to_date() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary(dataset()), "run: python -m publish.dictionary"


def test_every_column_and_value_is_described_in_both_languages() -> None:
    lines = dictionary(dataset()).splitlines()
    assert "| `amount` | decimal(20,2), 元 |  | 金额，单位元，精确 | the amount in yuan, exact |" in lines
    assert "| `three_public` | “三公”经费支出表 |" in "\n".join(lines)
    columns = sum(len(table.columns) for table in dataset().tables.values())
    values = sum(len(vocabulary.values) for vocabulary in dataset().vocabularies.values())
    assert sum(line.startswith("| `") for line in lines) == columns + values
