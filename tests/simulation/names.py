"""Ids of a simulated region."""

from __future__ import annotations

from random import Random

from tests.builders import STAGE_CODE
from tests.fakes import FakeNames


class ShuffledNames(FakeNames):
    """Ids whose order says nothing about which came first."""

    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.order = chance.sample(range(10, 100), 90)

    def new_id(self) -> str:
        """``lo-47`` and so on, each once."""
        return f"{STAGE_CODE}-{self.order.pop()}"
