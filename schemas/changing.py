"""Records with some of their fields changed, where there are many of them."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast

Record = TypeVar("Record")


def changed(record: Record, **changes: object) -> Record:
    """What `dataclasses.replace` gives of a record with slots and several fields, in a fraction of its time.

    The slots are filled as they are: a frozen record's own `__init__` looks each of them up by its name.
    """
    kind = type(record)
    known = _slots_of(cast(Any, kind))
    new = object.__new__(kind)
    for fill, value in zip(known.fill, known.values(record), strict=True):
        fill(new, value)
    for name, value in changes.items():
        known.by_name[name](new, value)
    return new


class _Slots(NamedTuple):
    """What fills each slot of a class in their order and by name, and what gives the values of all of a record's."""

    fill: tuple[Callable[[object, object], None], ...]
    by_name: dict[str, Callable[[object, object], None]]
    values: Callable[[object], tuple[Any, ...]]


@cache
def _slots_of(kind: Any) -> _Slots:
    by_name = {field.name: kind.__dict__[field.name].__set__ for field in fields(kind)}
    return _Slots(tuple(by_name.values()), by_name, attrgetter(*by_name))
