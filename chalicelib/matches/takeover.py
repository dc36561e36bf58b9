"""Who has the work of a professional who left (D28)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from chalicelib.domain.organisation import Professional, receiver_key

Read = Callable[[Iterable[str]], Mapping[str, Professional]]
"""Cards by receiver key, those that exist."""


@dataclass(slots=True)
class Takeover:
    """Follows those who left to who took over from them; each card is read once.

    What was told of the one goes for the other: a signal that had ended stays with who left, and what
    began by it may go on by a signal that was handed over.
    """

    read: Read
    _cards: dict[str, Professional | None] = field(default_factory=dict)

    def holders(self, receivers: Iterable[str]) -> dict[str, str]:
        """Per receiver key who has their work now: they themselves unless they left it to somebody.

        Who takes over gets a card with the first signal that is handed over; without one nothing was.
        """
        asked = set(receivers)
        self._know(asked)
        return {one: self._holder(one) for one in sorted(asked)}

    def leavers(self, receiver: str) -> tuple[Professional, ...]:
        """Who left, one after the other, until the work came to its holder; the receiver is the first."""
        return tuple(card for one in self._path(receiver)[:-1] if (card := self._card(one)) is not None)

    def _holder(self, receiver: str) -> str:
        return self._path(receiver)[-1]

    def _path(self, receiver: str) -> list[str]:
        path = [receiver]
        while (taker := self._taker(path[-1])) is not None and taker not in path:
            path.append(taker)
        return path

    def _taker(self, receiver: str) -> str | None:
        card = self._card(receiver)
        if card is None or card.left_at is None or card.left_to is None:
            return None
        taker = receiver_key(card.organisation_id, card.left_to)
        return taker if self._card(taker) is not None else None

    def _card(self, receiver: str) -> Professional | None:
        self._know({receiver})
        return self._cards[receiver]

    def _know(self, receivers: set[str]) -> None:
        new = sorted(receivers - self._cards.keys())
        if new:
            cards = self.read(new)
            self._cards |= {one: cards.get(one) for one in new}
