"""What a paper must have (duties), as data: each with who says so, for which papers, and what answers it.

`python -m schemas.duties.describe` writes docs/duties.md.
"""

from collections.abc import Mapping
from importlib import resources
from typing import Any

import yaml

from schemas.compiled import compiled
from schemas.duties.models import (
    Answer,
    ByCheck,
    ByDate,
    ByDepth,
    ByForm,
    ByParts,
    ByPlace,
    BySection,
    Cited,
    Duties,
    Duty,
)

__all__ = [
    "Answer",
    "ByCheck",
    "ByDate",
    "ByDepth",
    "ByForm",
    "ByParts",
    "ByPlace",
    "BySection",
    "Cited",
    "Duties",
    "Duty",
    "duties",
    "read_duties",
]

FILES = ("paper.yaml", "explanations.yaml", "forms.yaml", "depth.yaml")
"""The files with duties, in the order in which they are told."""


@compiled
def duties() -> Duties:
    """Return the project's own catalogue; `ValueError` says what is wrong with it."""
    folder = resources.files(__package__)
    names = ("sources.yaml", "sheet.yaml", "wording.yaml", *FILES)
    return read_duties({name: folder.joinpath(name).read_text("utf-8") for name in names})


def read_duties(texts: Mapping[str, str]) -> Duties:
    """Validate the texts of the folder's files by their names; `ValueError` says what is wrong with them."""
    read: dict[str, Any] = {name: yaml.load(text, Loader=yaml.CSafeLoader) for name, text in texts.items()}
    return Duties.model_validate(
        {
            "sources": read["sources.yaml"],
            "sheet": read["sheet.yaml"],
            "words": read["wording.yaml"],
            "duties": [duty for name in FILES for duty in read[name]],
        }
    )
