"""What few requests need is put together when it is first used, and once."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from chalicelib.wiring.later import Later, later


@dataclass
class Counting:
    """A use case that is called, has a member, and is counted when it is made."""

    name: str

    def __call__(self, number: int, *, more: int) -> int:
        """The sum."""
        return number + more


@dataclass
class Maker:
    """Makes :class:`Counting`; ``failing`` times it cannot."""

    made: list[str] = field(default_factory=list)
    failing: int = 0

    @later
    def counting(self, name: str) -> Counting:
        """It, later."""
        if self.failing:
            self.failing -= 1
            raise LookupError(name)
        self.made.append(name)
        return Counting(name)


def test_it_is_made_when_it_is_first_used() -> None:
    """Not when it is handed out."""
    maker = Maker()

    case = maker.counting("one")

    assert maker.made == []
    assert (case(1, more=2), maker.made) == (3, ["one"])


def test_it_is_made_once() -> None:
    """Whether it is called or one of its members is asked for."""
    maker = Maker()
    case = maker.counting("one")

    assert (case.name, case(1, more=1), case.name, maker.made) == ("one", 2, "one", ["one"])


def test_what_could_not_be_made_is_tried_again() -> None:
    """A failure is told to who asked, and not kept."""
    maker = Maker(failing=1)
    case = maker.counting("one")

    with pytest.raises(LookupError):
        case(1, more=1)

    assert case(1, more=1) == 2


def test_who_looks_at_all_that_is_wired_can_ask_for_it() -> None:
    """As the test of the legal profile does."""
    case = Maker().counting("one")

    assert isinstance(case, Later)
    assert case.now() == Counting("one")
