"""Steps of a program that a test counts, and lets none through from one of them on: a kill, or a disk that is full."""

import inspect
import math
from collections.abc import Callable, Iterable
from typing import Any

import pytest


class Steps:
    """Stands before every step, each a function of a module or of a class, and notes its name.

    From step `fails_at` (counted from 1) on, `failure` is raised in its place; once alone where `once`.
    """

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        steps: Iterable[tuple[Any, str]],
        failure: Callable[[], BaseException],
        *,
        fails_at: float = math.inf,
        once: bool = False,
    ) -> None:
        self._failure = failure
        self._once = once
        self.will_fail_at(fails_at)
        for owner, name in steps:
            monkeypatch.setattr(owner, name, self._guarded(name, getattr(owner, name)))

    def will_fail_at(self, step: float) -> None:
        """Begin to count anew."""
        self.names: list[str] = []
        self._fails_at = step

    def _note(self, name: str) -> None:
        self.names.append(name)
        if len(self.names) == self._fails_at or (len(self.names) > self._fails_at and not self._once):
            raise self._failure()

    def _guarded(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*args: Any, **options: Any) -> Any:
            self._note(name)
            return step(*args, **options)

        async def guarded_later(*args: Any, **options: Any) -> Any:
            self._note(name)
            return await step(*args, **options)

        return guarded_later if inspect.iscoroutinefunction(step) else guarded
