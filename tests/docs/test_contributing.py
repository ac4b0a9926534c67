"""The example of a new province's word in CONTRIBUTING.md does what the page says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.forms import title_words, titles
from schemas.wording import plain

PAGE = (Path(__file__).resolve().parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
[WORDS] = re.findall(r"^```yaml\n(words:.*?)^```", PAGE, re.M | re.S)
ROWS = re.findall(r"^\| (.+表.*?) \| — \| (\w+) \|$", PAGE, re.M)
CACHED = (titles.read_title, titles.is_organisation, titles._vocabulary, titles._others)


def forget() -> None:
    for function in CACHED:
        function.cache_clear()


@pytest.fixture
def with_the_word(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    known: dict[str, Any] = title_words.title_words().model_dump()
    for kind, values in yaml.safe_load(WORDS)["words"].items():
        for says, words in values.items():
            known["words"][kind][says] = (*known["words"][kind][says], *words)
    more = title_words.TitleWords(**known)
    monkeypatch.setattr(titles, "title_words", lambda: more)
    forget()
    yield
    monkeypatch.undo()
    forget()


def test_the_page_has_an_example() -> None:
    assert len(ROWS) == 3


@pytest.mark.parametrize(("title", "form"), ROWS)
def test_a_title_is_not_understood_before(title: str, form: str) -> None:
    assert titles.read_title(plain(title)) is None


@pytest.mark.parametrize(("title", "form"), ROWS)
def test_one_line_more_and_it_is(title: str, form: str, with_the_word: None) -> None:
    reading = titles.read_title(plain(title))
    assert reading is not None
    assert reading.forms == (form,)
