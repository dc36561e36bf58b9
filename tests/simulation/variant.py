"""What a run is made of: the code as it ships, or with one part deliberately broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Literal

from chalicelib.matches.reconcile import Reconcile
from chalicelib.notices.deliver import Deliver
from chalicelib.upkeep.sweep import Sweep
from tests.simulation.stores import Parts
from tests.simulation.story import ROTATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The parts of a region; ``patches`` replace names in modules: (module or class, name, value).

    ``haste`` says that hasty stories, with changes or with rivals, tell it from the code as it ships;
    ``rotates``, that only those can in which key sets change.
    """

    name: str = "as it ships"
    stores: Parts = field(default_factory=dict)
    reconcile: type[Reconcile] = Reconcile
    deliver: type[Deliver] = Deliver
    sweep: type[Sweep] = Sweep
    patches: tuple[tuple[object, str, object], ...] = ()
    haste: Literal["changes", "rivals"] | None = None
    rotates: bool = False

    def seeds(self, most: int) -> range:
        """The stories that are tried."""
        if self.rotates:
            return range(ROTATES - 1, ROTATES * most, ROTATES)
        if self.haste is None:
            return range(most)
        first = -1 if self.haste == "rivals" else -2
        return range(first, first - 2 * most, -2)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """The patches hold inside, and are undone after."""
        with ExitStack() as undo:
            for holder, name, value in self.patches:
                undo.callback(setattr, holder, name, getattr(holder, name))
                setattr(holder, name, value)
            yield


AS_IT_SHIPS = Variant()
