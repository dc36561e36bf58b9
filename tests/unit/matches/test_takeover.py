"""Whoever left handed their work to somebody, and what was told of them goes for that one (D28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.organisation import Professional
from chalicelib.matches.takeover import Takeover
from tests.builders import NOW, make_professional

STAYS, LEFT, ALSO_LEFT = (make_professional("school", one) for one in ("p1", "p2", "p3"))
LEFT_TO_STAYS = replace(LEFT, left_at=NOW, left_to="p1")


def takeover(*cards: Professional) -> Takeover:
    """Over these cards."""
    return Takeover(lambda wanted: {card.receiver: card for card in cards if card.receiver in set(wanted)})


def test_who_is_there_has_their_own_work() -> None:
    """And so has somebody without a card."""
    assert takeover(STAYS).holders(["school#p1", "ggd#p9"]) == {"school#p1": "school#p1", "ggd#p9": "ggd#p9"}


def test_who_left_is_followed_to_who_has_the_work_now() -> None:
    """Also over somebody who took it over and left as well."""
    also = replace(ALSO_LEFT, left_at=NOW, left_to="p2")

    found = takeover(STAYS, LEFT_TO_STAYS, also).holders(["school#p3", "school#p2"])

    assert found == {"school#p3": "school#p1", "school#p2": "school#p1"}


def test_where_nothing_was_handed_over_nobody_took_over() -> None:
    """Their last signal ended meanwhile, and no card was written for somebody new."""
    assert takeover(LEFT_TO_STAYS).holders(["school#p2"]) == {"school#p2": "school#p2"}


def test_who_is_back_has_their_own_work_again() -> None:
    """Storing the card has them back."""
    assert takeover(STAYS, LEFT).holders(["school#p2"]) == {"school#p2": "school#p2"}


def test_two_who_left_to_each_other_end_somewhere() -> None:
    """Each was back in between."""
    first, second = replace(STAYS, left_at=NOW, left_to="p2"), replace(LEFT, left_at=NOW, left_to="p1")

    assert set(takeover(first, second).holders(["school#p1"])) == {"school#p1"}


def test_each_card_is_read_once() -> None:
    """However often it is asked for."""
    read: list[str] = []

    def once(wanted: Iterable[str]) -> dict[str, Professional]:
        read.extend(wanted)
        return {STAYS.receiver: STAYS, LEFT.receiver: LEFT_TO_STAYS}

    asked = Takeover(once)
    asked.holders(["school#p2"])
    asked.holders(["school#p2", "school#p1"])

    assert sorted(read) == ["school#p1", "school#p2"]
