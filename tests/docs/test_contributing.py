"""The examples of a new province's words in CONTRIBUTING.md do what the page says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.forms import meaning
from extractors.forms.columns import composed
from extractors.forms.meaning import joined_meanings
from schemas.forms import HeadingWords, Scope, headings, title_words, titles
from schemas.wording import plain

PAGE = (Path(__file__).resolve().parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
[WORDS] = re.findall(r"^```yaml\n(words:.*?)^```", PAGE, re.M | re.S)
ROWS = re.findall(r"^\| (.+表.*?) \| — \| (\w+) \|$", PAGE, re.M)
[HEADING_WORDS] = re.findall(r"^```yaml\n(use:.*?)^```", PAGE, re.M | re.S)
HEADINGS = re.findall(r"^\| (\S+) \| — \| (\w+)(?: from (\w+))? \|$", PAGE, re.M)
HEADINGS = [(path, measure, fund or None) for path, measure, fund in HEADINGS if "表" not in path]
CACHED = (titles.read_title, titles.is_organisation, titles._vocabulary, titles._others)
HEADINGS_CACHED = (meaning.meaning_of, meaning._vocabulary, meaning._longest_word)


def forget() -> None:
    for function in (*CACHED, *HEADINGS_CACHED):
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


@pytest.fixture
def with_the_heading_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    known: dict[str, Any] = headings().model_dump()
    for kind, values in yaml.safe_load(HEADING_WORDS).items():
        for says, words in values.items():
            known[kind][says] = (*known[kind][says], *words)
    more = HeadingWords(**known)
    monkeypatch.setattr(meaning, "headings", lambda: more)
    forget()
    yield
    monkeypatch.undo()
    forget()


def meant_by(path: str) -> tuple[str | None, str | None, str | None]:
    return composed(joined_meanings(path.split("/")), Scope())


def test_the_page_has_examples_of_headings() -> None:
    assert len(HEADINGS) == 4


@pytest.mark.parametrize(("path", "measure", "fund"), HEADINGS)
def test_a_heading_is_not_understood_before(path: str, measure: str, fund: str | None) -> None:
    assert meant_by(path) == (None, None, None)


@pytest.mark.parametrize(("path", "measure", "fund"), HEADINGS)
def test_a_line_for_each_word_and_it_is(
    path: str, measure: str, fund: str | None, with_the_heading_words: None
) -> None:
    assert meant_by(path) == (None, measure, fund)
