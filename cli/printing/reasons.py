"""Why a document was not read, or not in full, in words for the terminal: Chinese and English."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

import extractors.pages.errors  # noqa: F401
import flows.night.errors  # noqa: F401  an error is told of by its class, which is known once its module is loaded
import reading.errors  # noqa: F401
from schemas.errors import UnreadableDocumentError

WORDING = Path(__file__).with_name("reasons.yaml")
PAGES = re.compile(r"(?:\d+(?:-\d+)?(?:, )?)*")
"""Numbers of pages, or none: `1-2, 7`."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ErrorWords(_Strict):
    """An error's name and the advice on it."""

    zh: str
    advice_zh: str


class PageWords(_Strict):
    """What is said of pages that could not be read, or of a paper without forms."""

    zh: str
    en: str


class Wording(_Strict):
    """All reasons, by their stable names."""

    errors: Mapping[str, ErrorWords]
    pages: Mapping[str, PageWords]


@cache
def wording() -> Wording:
    """The project's own wording."""
    return Wording.model_validate(yaml.load(WORDING.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def explained(status_reason: str) -> list[str]:
    """`documents.status_reason` in words, a line for each idea; the reason itself where no wording is known."""
    parts = [_Part.of(part) for part in status_reason.split("; ")]
    if any(part.of_pages for part in parts):
        return [_of_pages(part) for part in parts]
    name, _, detail = status_reason.partition(": ")
    words = wording().errors.get(name)
    if words is None:
        return [status_reason]
    return [
        f"{words.zh} / {name}" + (f"：{detail}" if detail else ""),
        f"建议 / advice：{words.advice_zh} / {error_advice().get(name, '')}",
    ]


class _Part(NamedTuple):
    """One part of `picture_too_large: 1-2, 7; ocr_missing: 9`."""

    name: str
    pages: str

    @classmethod
    def of(cls, text: str) -> "_Part":
        name, _, pages = text.partition(": ")
        return cls(name, pages)

    @property
    def of_pages(self) -> bool:
        return self.name in wording().pages and PAGES.fullmatch(self.pages) is not None


def _of_pages(part: _Part) -> str:
    words = wording().pages.get(part.name)
    said = f"{words.zh} / {words.en}" if words else part.name
    return f"{said} (p. {part.pages})" if part.pages else said


@cache
def error_advice() -> Mapping[str, str]:
    """The advice on each error of a document, in English, by its stable name."""
    return {error.reason: error.advice for error in error_classes(UnreadableDocumentError)}


def error_classes(base: type[UnreadableDocumentError]) -> Iterator[type[UnreadableDocumentError]]:
    """An error and all that are derived from it."""
    yield base
    for derived in base.__subclasses__():
        yield from error_classes(derived)
