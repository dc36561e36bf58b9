"""Giving many signals at once: each by itself, so that one bad line spoils no other (D10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.caller import Caller
from chalicelib.ports.errors import StorageBusy
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.request import GivenSignal, SignalRequest

MOST_SIGNALS: Final = 100
TIME_TO_BEGIN: Final = timedelta(seconds=18)
"""After which no line is begun: one that is slow still ends before the gateway stops waiting (29 s)."""

Outcome = GivenSignal | Exception
"""What became of a line: the answer, or what giving it raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSignals:
    """Gives signals one after the other, in the order of the lines."""

    give: GiveSignal
    clock: Clock

    def __call__(
        self, caller: Caller, requests: Mapping[int, SignalRequest], idempotency_key: str | None
    ) -> dict[int, Outcome]:
        """Give the signals of these lines; never raises, for a line's error is that line's outcome.

        With a key each line has one of its own, so that a repeat of the whole answers each line what it
        answered first, and gives what was not yet given. A line that time did not allow for is
        ``StorageBusy``: nothing of it was written.
        """
        until = self.clock.now() + TIME_TO_BEGIN
        outcomes: dict[int, Outcome] = {}
        for line, request in sorted(requests.items()):
            if self.clock.now() >= until:
                outcomes[line] = StorageBusy("no time was left for this line")
            else:
                outcomes[line] = self._outcome(caller, request, _key_of_line(idempotency_key, line))
        return outcomes

    def _outcome(self, caller: Caller, request: SignalRequest, key: str | None) -> Outcome:
        try:
            return self.give(caller, request, key)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one line, the others are given
            return error


def _key_of_line(key: str | None, line: int) -> str | None:
    """A quotation mark is in no key that a caller can send, so that no other key is like it."""
    return None if key is None else f'{key}"{line}'
