"""Why a document was not read, or not in full, in words for the terminal: Chinese and English."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from schemas.errors import UnreadableDocumentError

WORDING = Path(__file__).with_name("reasons.yaml")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ErrorWords(_Strict):
    """An error's name and the advice on it."""

    zh: str
    advice_zh: str


class DoubtWords(_Strict):
    """What is said of pages whose text must not be used."""

    zh: str
    en: str


class Wording(_Strict):
    """All reasons, by their stable names."""

    errors: Mapping[str, ErrorWords]
    doubts: Mapping[str, DoubtWords]


@cache
def wording() -> Wording:
    """The project's own wording."""
    return Wording.model_validate(yaml.safe_load(WORDING.read_text(encoding="utf-8")))


def explained(status_reason: str) -> list[str]:
    """`documents.status_reason` in words, a line for each idea; the reason itself where no wording is known."""
    name, _, detail = status_reason.partition(": ")
    if words := wording().errors.get(name):
        advice = _advice().get(name, "")
        return [
            f"{words.zh} / {name}" + (f"：{detail}" if detail else ""),
            f"建议 / advice：{words.advice_zh} / {advice}",
        ]
    return [_doubt(part) for part in status_reason.split("; ")]


def _doubt(part: str) -> str:
    """One part of `picture_without_text: 1-2, 7; ocr_layer_over_picture: 9`."""
    name, _, pages = part.partition(": ")
    words = wording().doubts.get(name)
    said = f"{words.zh} / {words.en}" if words else name
    return f"{said} (p. {pages})" if pages else said


@cache
def _advice() -> Mapping[str, str]:
    return {error.reason: error.advice for error in error_classes(UnreadableDocumentError)}


def error_classes(base: type[UnreadableDocumentError]) -> Iterator[type[UnreadableDocumentError]]:
    """An error and all that are derived from it."""
    yield base
    for derived in base.__subclasses__():
        yield from error_classes(derived)
