"""The catalogue of findings, `findings.yaml`: what each name means, and what can be done about it.

`python -m schemas.findings` writes docs/findings.md.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from schemas.compiled import compiled

DEFINITION = Path(__file__).with_name("findings.yaml")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"
INTRODUCTION = """\
# Findings

Generated from `schemas/findings.yaml` by `python -m schemas.findings`; do not edit.

A finding is something seen in a document that no rule covers, with the page, table and cell where it was seen. It
stands in the dataset's table `findings` under the name given here, and changes no amount by itself.

| name | what was seen | what to do |
|---|---|---|
"""

Phrase = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Wording(_Strict):
    """The same in Chinese and in English."""

    zh: Phrase
    en: Phrase


class KnownFinding(_Strict):
    """What a finding tells, and what whoever maintains the dataset can do about it."""

    title: Wording
    advice: Wording


@compiled
def known_findings() -> Mapping[str, KnownFinding]:
    """Return the project's own catalogue: name → meaning, in the order of the file."""
    return read_findings(DEFINITION.read_text(encoding="utf-8"))


def read_findings(text: str) -> Mapping[str, KnownFinding]:
    """Validate the text of a file like findings.yaml; `ValueError` says what is wrong with it."""
    return TypeAdapter(dict[Name, KnownFinding]).validate_python(yaml.load(text, Loader=yaml.CSafeLoader))


def page(known: Mapping[str, KnownFinding]) -> str:
    """Write the whole page."""
    return INTRODUCTION + "".join(_row(name, finding) for name, finding in known.items())


def _row(name: str, finding: KnownFinding) -> str:
    title, advice = finding.title, finding.advice
    return f"| `{name}` | {title.zh} {title.en} | {advice.zh}。{advice.en} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(known_findings()), encoding="utf-8")
