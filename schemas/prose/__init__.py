"""How papers word their figures (情况说明, 编制说明): sections, subjects and phrases as data, validated on load."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel

from schemas.compiled import compiled
from schemas.prose.models import (
    Against,
    Comparison,
    CountedSubject,
    FormTitle,
    MoneySubject,
    Phrases,
    Qualifier,
    Role,
    RoleFact,
    Sections,
    Subjects,
    Template,
    Whole,
    Words,
)

__all__ = [
    "Against",
    "Comparison",
    "CountedSubject",
    "FormTitle",
    "MoneySubject",
    "Phrases",
    "Qualifier",
    "Role",
    "RoleFact",
    "Sections",
    "Subjects",
    "Template",
    "Whole",
    "Words",
    "phrases",
    "sections",
    "subjects",
    "words",
]

FOLDER = Path(__file__).parent
File = TypeVar("File", bound=BaseModel)


@compiled
def phrases() -> Phrases:
    """Load words of direction, comparisons, and what the words before a figure make of it.

    Raises `pydantic.ValidationError` where the file has an unknown key or a pattern that does not compile.
    """
    return _read("phrases.yaml", Phrases)


@compiled
def subjects() -> Subjects:
    """Load what sums and counts are stated of, besides the codes of the classification; raises as `phrases`."""
    return _read("subjects.yaml", Subjects)


@compiled
def sections() -> Sections:
    """Load the headings that open and close the prose, and the form that each speaks of; raises as `phrases`."""
    return _read("sections.yaml", Sections)


@compiled
def words() -> Words:
    """Load what is wrong with words whatever they say, pairs of marks, and what makes up what; raises as `phrases`."""
    return _read("words.yaml", Words)


def _read(name: str, shape: type[File]) -> File:
    with (FOLDER / name).open(encoding="utf-8") as stream:
        return shape.model_validate(yaml.load(stream, Loader=yaml.CSafeLoader))
