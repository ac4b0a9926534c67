"""What an archive's directory says of its members, whatever kind of archive it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """A member; `packed` and `unpacked` in bytes. `read` raises `FetchError` where its bytes cannot be had."""

    name: str
    packed: int
    unpacked: int
    encrypted: bool
    read: Callable[[], bytes]


class Opened(Protocol):
    """An archive that is open."""

    def close(self) -> None:
        """Give back what it took."""
        ...
