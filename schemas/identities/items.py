"""What a row without a code is in the dataset's own words: its role in `rows.yaml`, renamed by `items.yaml`."""

from collections.abc import Iterable, Mapping
from importlib import resources

import yaml
from pydantic import TypeAdapter

from schemas.compiled import compiled
from schemas.dataset import dataset


def item_of(role: str) -> str:
    """The word of the dataset's vocabulary `item` for a role of `rows.yaml`."""
    return _renamed().get(role, role)


def refuse_unworded(roles: Iterable[str], renamed: Mapping[str, str] | None = None) -> None:
    """Raise `ValueError` where a role has no word in the vocabulary, or a role that does not exist is renamed."""
    names, known = _renamed() if renamed is None else renamed, set(roles)
    words = set(dataset().terms("item"))
    if unworded := sorted(role for role in known if names.get(role, role) not in words):
        raise ValueError(f"the vocabulary item of dataset.yaml has no word for the roles {', '.join(unworded)}")
    if idle := sorted(set(names) - known):
        raise ValueError(f"items.yaml renames what rows.yaml does not have: {', '.join(idle)}")


@compiled
def _renamed() -> Mapping[str, str]:
    text = resources.files(__package__).joinpath("items.yaml").read_text("utf-8")
    return TypeAdapter(dict[str, str]).validate_python(yaml.load(text, Loader=yaml.CSafeLoader))
