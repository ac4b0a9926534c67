"""What the forms print of what the prose states, as data: `stated.yaml`."""

from collections.abc import Iterator
from functools import cached_property
from importlib import resources
from typing import Literal, Self

import yaml
from pydantic import model_validator

from schemas.compiled import compiled
from schemas.dataset import dataset
from schemas.identities import catalogue
from schemas.identities.models import Names, Selector, Strict

NO_FORM: Literal["none"] = "none"
"""The section that names no form."""


class StatedAmount(Strict):
    """Names of the prose and the printed amounts that they may mean; `sections` see stated.yaml."""

    names: Names
    printed: tuple[Selector, ...]
    sections: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sections_are_forms(self) -> Self:
        if unknown := set(self.sections) - {NO_FORM, *dataset().terms("form")}:
            raise ValueError(f"no form is called {', '.join(sorted(unknown))}")
        return self


class StatedAmounts(Strict):
    """`stated.yaml`."""

    amounts: tuple[StatedAmount, ...]
    wholes: dict[str, Names]

    def selectors(self, name: str, section: str | None) -> tuple[Selector, ...]:
        """List what a name may mean in a section on the form `section`, or on none; () for a name nobody knows."""
        entries = self._by_name.get(name, ())
        own = [entry for entry in entries if (section or NO_FORM) in entry.sections]
        chosen = own or [entry for entry in entries if not entry.sections]
        return tuple(selector for entry in chosen for selector in entry.printed)

    def known(self, name: str) -> bool:
        """Whether the forms print anything of that name."""
        return name in self._by_name

    @cached_property
    def _by_name(self) -> dict[str, tuple[StatedAmount, ...]]:
        found: dict[str, tuple[StatedAmount, ...]] = {}
        for name, entry in self._entries():
            found[name] = (*found.get(name, ()), entry)
        return found

    def _entries(self) -> Iterator[tuple[str, StatedAmount]]:
        return ((name, entry) for entry in self.amounts for name in entry.names)

    @model_validator(mode="after")
    def _wholes_are_known(self) -> Self:
        if unknown := {name for names in self.wholes.values() for name in names if not self.known(name)}:
            raise ValueError(f"no amount is known for the wholes {', '.join(sorted(unknown))}")
        if unknown := self.wholes.keys() - set(dataset().terms("form")):
            raise ValueError(f"no form is called {', '.join(sorted(unknown))}")
        return self


@compiled
def stated_amounts() -> StatedAmounts:
    """Return the project's own mapping; `ValueError` says what is wrong with it."""
    return read_stated_amounts(resources.files(__package__).joinpath("stated.yaml").read_text("utf-8"))


def read_stated_amounts(text: str) -> StatedAmounts:
    """Validate the text of a file like stated.yaml; `ValueError` says what is wrong with it."""
    found = StatedAmounts.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    for selector in (selector for entry in found.amounts for selector in entry.printed):
        half = catalogue().rows.get(selector.half)
        if unknown := [name for name in selector.rows if half is None or name not in half.known]:
            raise ValueError(f"rows.yaml has no {unknown[0]!r} in {selector.half}")
    return found
