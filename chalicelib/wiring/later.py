"""What few requests need, imported and put together when one does: no other request waits for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Case = TypeVar("Case")


class Later(Generic[Case]):
    """Stands for a use case until something of it is asked for."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Case]) -> None:
        self._make = make
        self._made: Case | None = None

    def now(self) -> Case:
        """The use case, made once."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def __call__(self, *given: Any, **named: Any) -> Any:
        """As the use case itself."""
        return cast(Callable[..., Any], self.now())(*given, **named)

    def __getattr__(self, name: str) -> Any:
        """What the use case itself has under this name."""
        return getattr(self.now(), name)


def later(make: Callable[Given, Case]) -> Callable[Given, Case]:
    """Decorates what puts a use case together: it then gives something that does so when it is first used."""

    @wraps(make)
    def stand_in(*given: Given.args, **named: Given.kwargs) -> Case:
        return cast(Case, Later(lambda: make(*given, **named)))

    return stand_in
