"""What a site has been asked and has answered, and how close together: the witness for the crawler's politeness."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic


@dataclass(slots=True)
class Exchange:
    """A request and its answer; times are monotonic seconds, bytes are those on the wire, heads included."""

    method: str
    target: str
    started: float
    finished: float = 0.0
    status: int = 0
    sent_bytes: int = 0
    body_bytes: int = 0
    conditional: bool = False
    user_agent: str = ""


class Exchanges:
    """All exchanges of one site, from any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: list[Exchange] = []
        self._open = 0
        self.most_at_once = 0

    @contextmanager
    def one(self, method: str, target: str) -> Iterator[Exchange]:
        """Record an exchange from its request line to the last byte of its answer."""
        exchange = Exchange(method, target, monotonic())
        with self._lock:
            self._all.append(exchange)
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
        try:
            yield exchange
        finally:
            exchange.finished = monotonic()
            with self._lock:
                self._open -= 1

    def clear(self) -> None:
        """Forget what was, such as a first night."""
        with self._lock:
            self._all.clear()
            self.most_at_once = self._open

    def all(self) -> list[Exchange]:
        """Those so far, in order of arrival."""
        with self._lock:
            return list(self._all)

    @property
    def sent_bytes(self) -> int:
        """Bytes sent, heads included."""
        return sum(exchange.sent_bytes for exchange in self.all())

    @property
    def shortest_rest(self) -> float:
        """The least seconds between the arrival of a request and that of the next; infinite for fewer than two."""
        arrivals = sorted(exchange.started for exchange in self.all())
        return min((later - earlier for earlier, later in pairwise(arrivals)), default=float("inf"))
