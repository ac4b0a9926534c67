"""The reconciliation identities as data: what must add up within a paper, and the rows that its forms fix.

`structure.yaml` says what every form's own rows and columns demand of one another, and `measures.yaml` which columns
can be parts of which. `rows.yaml` says what the rows without a code are, `within_forms.yaml` and `between_forms.yaml`
what only knowledge of budgets gives,
`other_checks.yaml` what else is checked, `stated.yaml` what the forms print of what the prose states, and `papers.yaml`
which forms a paper has. An entry with `for_each: {form: [a, b]}` stands for one identity for each, its `{form}` filled
in; several lists are read in parallel. `models` explains the keys; docs/identities.md lists what results.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from typing import Any

import yaml
from pydantic import ConfigDict, TypeAdapter

from schemas.compiled import compiled
from schemas.dataset import dataset
from schemas.identities.items import item_of, refuse_unworded
from schemas.identities.models import (
    WHOLE,
    Alternatives,
    BalanceIdentity,
    ByCodeIdentity,
    ByUnitIdentity,
    CodedSelector,
    Condition,
    FixedRow,
    HalfRows,
    Identity,
    OtherCheck,
    Relation,
    RowIdentity,
    Selector,
    Structural,
    Title,
)

__all__ = [
    "WHOLE",
    "Alternatives",
    "BalanceIdentity",
    "ByCodeIdentity",
    "ByUnitIdentity",
    "Catalogue",
    "CodedSelector",
    "Condition",
    "FixedRow",
    "HalfRows",
    "Identity",
    "OtherCheck",
    "Relation",
    "RowIdentity",
    "Selector",
    "Structural",
    "Title",
    "catalogue",
    "item_of",
    "read_catalogue",
]

IDENTITY_FILES = ("within_forms.yaml", "between_forms.yaml")
_LAZY = ConfigDict(defer_build=True)
_IDENTITIES: TypeAdapter[tuple[Identity, ...]] = TypeAdapter(tuple[Identity, ...], config=_LAZY)
_HALVES: TypeAdapter[tuple[HalfRows, ...]] = TypeAdapter(tuple[HalfRows, ...], config=_LAZY)
_STRUCTURE: TypeAdapter[tuple[Structural, ...]] = TypeAdapter(tuple[Structural, ...], config=_LAZY)
_OTHERS: TypeAdapter[tuple[OtherCheck, ...]] = TypeAdapter(tuple[OtherCheck, ...], config=_LAZY)


@dataclass(frozen=True)
class Catalogue:
    """All identities in the order of the files, the fixed rows of each half, and the checks that are no identities.

    `structure` is what every form's own rows and columns demand.
    """

    identities: tuple[Identity, ...]
    rows: Mapping[str, HalfRows]
    others: tuple[OtherCheck, ...] = ()
    structure: tuple[Structural, ...] = ()

    def identity(self, check_id: str) -> Identity:
        """Find the identity of that id; `KeyError` where there is none."""
        return self._by_id[check_id]

    def title(self, check_id: str) -> Title:
        """Give the title of an identity or another check; `KeyError` where there is none of that id."""
        return self._titles[check_id] if check_id in self._titles else self._of_structure(check_id)

    def _of_structure(self, check_id: str) -> Title:
        """Name what a form's structure demands, with the form and the whole that its columns divide."""
        form, _, name = check_id.partition(".")
        if form not in dataset().terms("form"):
            raise KeyError(check_id)
        printed = dataset().vocabularies["form"].values[form]
        for each in self.structure:
            start, names_whole, _ = each.name.partition("{whole}")
            if name == each.name:
                return Title(zh=f"{printed.zh}：{each.title.zh}", en=f"{printed.en}: {each.title.en}")
            if names_whole and name.startswith(start):
                whole = dataset().vocabularies["measure"].values[name.removeprefix(start)]
                zh, en = each.title.zh.replace("{whole}", whole.zh), each.title.en.replace("{whole}", whole.en)
                return Title(zh=f"{printed.zh}：{zh}", en=f"{printed.en}: {en}")
        raise KeyError(check_id)

    @cached_property
    def _by_id(self) -> dict[str, Identity]:
        return {identity.id: identity for identity in self.identities}

    @cached_property
    def _titles(self) -> dict[str, Title]:
        return {each.id: each.title for each in (*self.identities, *self.others)}


@compiled
def catalogue() -> Catalogue:
    """Return the project's own catalogue; every role of its rows has a word in the dataset's vocabulary `item`."""
    known = read_catalogue(_text("rows.yaml"), *map(_text, IDENTITY_FILES))
    refuse_unworded(role for half in known.rows.values() for role in half.rows)
    return replace(
        known,
        others=_OTHERS.validate_python(_yaml(_text("other_checks.yaml"))),
        structure=_STRUCTURE.validate_python(_yaml(_text("structure.yaml"))),
    )


def read_catalogue(rows: str, *identities: str) -> Catalogue:
    """Validate the text of a rows file and of files of identities; `ValueError` says what is wrong."""
    halves = {half: block for block in _HALVES.validate_python(_yaml(rows)) for half in block.halves}
    entries = [filled for text in identities for entry in _yaml(text) for filled in _for_each(entry)]
    found = _IDENTITIES.validate_python(tuple(entries))
    if repeated := [name for name, count in Counter(identity.id for identity in found).items() if count > 1]:
        raise ValueError(f"two identities are called {', '.join(repeated)}")
    for identity in found:
        _refuse_unknown_rows(identity, halves)
    return Catalogue(found, halves)


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _for_each(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the identities that an entry stands for."""
    lists = entry.get("for_each")
    if lists is None:
        yield entry
        return
    template = {key: value for key, value in entry.items() if key != "for_each"}
    for values in zip(*lists.values(), strict=True):
        yield _filled(template, dict(zip(lists, values, strict=True)))


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    if isinstance(value, dict):
        return {key: _filled(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, names) for inner in value]
    return value


def _refuse_unknown_rows(identity: Identity, halves: Mapping[str, HalfRows]) -> None:
    """Raise `ValueError` where the identity speaks of a row or set that rows.yaml does not have in that half."""
    selectors = (*identity.left, *identity.right) if isinstance(identity, BalanceIdentity) else ()
    used = [(selector.half, name) for selector in selectors for name in selector.rows]
    conditions = (*identity.where, *(identity.equal_where if isinstance(identity, ByCodeIdentity) else ()))
    used += [(condition.half, name) for condition in conditions for name in (*condition.printed, *condition.blank)]
    for half, name in used:
        if half not in halves or name.removeprefix("-") not in halves[half].known:
            raise ValueError(f"{identity.id}: rows.yaml has no {name!r} in {half}")
