"""How those who wait are shown that work goes on: a function that hands items over as they come."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar, runtime_checkable

T = TypeVar("T")


@runtime_checkable
class Progress(Protocol):
    """Hands over the items as they come and shows how many of `total` there were, under a `label`."""

    def __call__(self, items: Iterable[T], total: int, label: str, /) -> Iterator[T]:
        """The items, in their order."""


def unwatched(items: Iterable[T], total: int, label: str, /) -> Iterator[T]:
    """A `Progress` that shows nothing."""
    yield from items
