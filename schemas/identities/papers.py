"""Which forms a paper has, in which order, and how an empty one says why, as data: `papers.yaml`."""

import re
from importlib import resources
from typing import Annotated, Self

import yaml
from pydantic import AfterValidator, Field, model_validator

from schemas.compiled import compiled
from schemas.dataset import dataset
from schemas.identities.models import Strict


def compiles(pattern: str) -> str:
    """Give back a pattern that compiles. Raises `ValueError` for another."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no pattern: {error}") from error
    return pattern


def _form(name: str) -> str:
    if name not in dataset().terms("form"):
        raise ValueError(f"no form is called {name!r}")
    return name


Pattern = Annotated[str, AfterValidator(compiles)]
FormName = Annotated[str, AfterValidator(_form)]


class ExpectedForm(Strict):
    """A form that a paper has, or one of several that stand for one another; see papers.yaml."""

    any_of: tuple[FormName, ...] = Field(min_length=1)
    from_year: int = 0


class FormSet(Strict):
    """The forms of the papers of some departments."""

    departments: Pattern
    forms: tuple[ExpectedForm, ...]


class Papers(Strict):
    """`papers.yaml`."""

    sets: tuple[FormSet, ...]
    order: tuple[FormName, ...]
    notes: tuple[Pattern, ...]
    no_notes: tuple[Pattern, ...] = ()
    empty_notes: tuple[Pattern, ...] = ()

    def expected(self, department: str, year: int) -> tuple[ExpectedForm, ...]:
        """List what a department's paper for a year has."""
        own = next(each for each in self.sets if re.fullmatch(each.departments, department))
        return tuple(form for form in own.forms if form.from_year <= year)

    def rank(self, form: str) -> int | None:
        """Tell where a form stands in the fixed order, None for one that stands anywhere."""
        return self.order.index(form) if form in self.order else None

    def is_note(self, text: str) -> bool:
        """Whether plain text says why a form is empty."""
        fits = any(re.search(note, text) for note in self.notes)
        return fits and not any(re.search(advice, text) for advice in self.no_notes)

    def calls_empty(self, text: str) -> bool:
        """Whether plain text says that the form it stands below has no figures."""
        return any(re.search(note, text) for note in self.empty_notes)

    @model_validator(mode="after")
    def _every_department_has_a_set(self) -> Self:
        if not self.sets or self.sets[-1].departments != ".*":
            raise ValueError("the last set must be for all departments (.*)")
        return self


@compiled
def papers_known() -> Papers:
    """Return the project's own data; `ValueError` says what is wrong with it."""
    return read_papers(resources.files(__package__).joinpath("papers.yaml").read_text("utf-8"))


def read_papers(text: str) -> Papers:
    """Validate the text of a file like papers.yaml; `ValueError` says what is wrong with it."""
    return Papers.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
