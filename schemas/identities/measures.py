"""Which columns of a row can be parts of which others, as data: `measures.yaml`."""

from importlib import resources
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter

from schemas.compiled import compiled
from schemas.identities.models import Measure, Phrase, Strict


class PartMeasures(Strict):
    """Columns that are parts of one whole together, and the wholes that this can be; see measures.yaml."""

    measures: tuple[Measure, ...] = Field(min_length=1)
    of: tuple[Measure, ...] = ()
    some_of: tuple[Measure, ...] = ()
    unless: tuple[Measure, ...] = ()


class Dimension(Strict):
    """A way to divide wholes."""

    dimension: Annotated[Phrase, Field(pattern=r"^[a-z]+$")]
    parts: tuple[PartMeasures, ...] = ()
    in_order: tuple[Measure, ...] = ()


@compiled
def dimensions() -> tuple[Dimension, ...]:
    """Return the project's own data; `ValueError` says what is wrong with it."""
    return read_dimensions(resources.files(__package__).joinpath("measures.yaml").read_text("utf-8"))


def read_dimensions(text: str) -> tuple[Dimension, ...]:
    """Validate the text of a file like measures.yaml; `ValueError` says what is wrong with it."""
    return TypeAdapter(tuple[Dimension, ...]).validate_python(yaml.load(text, Loader=yaml.CSafeLoader))
