"""Telling the story to the running index, one event at a time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from examples.demonstration.archive import Archive, KeptMail
from examples.demonstration.calls import Organisation
from examples.demonstration.memory import Memory
from examples.demonstration.observation import SeenMatch
from examples.demonstration.quiet import Workload
from examples.demonstration.story import End, Ending, Event, Give

_ACTIVE = "ACTIVE"


@dataclass(frozen=True, slots=True)
class Told:
    """What followed an event: the mails that left and the seconds until all was quiet."""

    event: Event
    mails: Sequence[KeptMail]
    seconds: float
    before: bool = False


@dataclass(slots=True)
class Teller:
    """Sends each event, waits until the index has done its work, and collects the mails.

    An event that an earlier run told already (its state was kept) is not told again.
    """

    organisations: Mapping[str, Organisation]
    workload: Workload
    archive: Archive
    memory: Memory
    _signals: dict[str, tuple[str, str]] = field(default_factory=dict)
    _whose: dict[str, str] = field(default_factory=dict)
    _retracted: dict[str, str] = field(default_factory=dict)
    _gone: dict[str, list[SeenMatch]] = field(default_factory=dict)

    def remember(self) -> None:
        """Learn from the index what it was told before, id and state by reference; and what it forgot."""
        retracted, gone = self.memory.read()
        self._retracted |= retracted
        self._gone |= {reference: list(matches) for reference, matches in gone.items()}
        self._signals |= {reference: (one, Ending.RETRACTED.name) for reference, one in retracted.items()}
        for organisation in self.organisations.values():
            for signal in organisation.signals():
                self._signals.setdefault(signal["reference"], (signal["id"], signal["state"]))

    def tell(self, event: Event) -> Told:
        """Tell one event. Raises InfraError when the index refuses it or does not become quiet."""
        self._whose[event.reference] = event.organisation
        known = self._signals.get(event.reference)
        if known is not None and (isinstance(event, Give) or known[1] != _ACTIVE):
            return Told(event, (), 0.0, before=True)
        organisation = self.organisations[event.organisation]
        start = time.monotonic()
        if isinstance(event, Give):
            answer = organisation.give(event.body)
        else:
            answer = organisation.end(self._signals[event.reference][0], event.ending)
        self._signals[event.reference] = (answer.content["id"], answer.content["state"])
        self.workload.wait_until_done()
        if isinstance(event, End) and event.ending is Ending.RETRACTED:
            self._note(event.reference)
        return Told(event, self.archive.collect(), time.monotonic() - start)

    def seen(self, story: Sequence[Event], *, amid_others: bool) -> dict[str, tuple[SeenMatch, ...]]:
        """The matches each organisation sees of its signals in the story.

        ``amid_others``: the index holds other signals too, and matches with those are left aside.
        """
        found = {event.reference: self._seen(event.reference) for event in story if isinstance(event, Give)}
        return {
            reference: tuple(match for match in matches if not amid_others or _within(match, found))
            for reference, matches in found.items()
        }

    def _seen(self, reference: str) -> list[SeenMatch]:
        """The matches of a signal, with those that the index no longer holds."""
        matches = self._shown(reference)
        held = {one.id for one in matches}
        return [*matches, *(one for one in self._gone.get(reference, ()) if one.id not in held)]

    def _shown(self, reference: str) -> list[SeenMatch]:
        """The matches of a signal as the index shows them."""
        organisation = self.organisations[self._whose[reference]]
        return [SeenMatch.of(item) for item in organisation.matches(self._signals[reference][0])]

    def _note(self, reference: str) -> None:
        """Write down what the index forgets in some minutes: a retracted signal, and its matches."""
        ended = {one.id for one in self._shown(reference)}
        for other in self._whose:
            gone = [one for one in self._shown(other) if one.id in ended]
            if gone:
                self._gone[other] = [*self._gone.get(other, ()), *gone]
        self._retracted[reference] = self._signals[reference][0]
        self.memory.write(self._retracted, self._gone)


def _within(match: SeenMatch, found: Mapping[str, Sequence[SeenMatch]]) -> bool:
    """Whether both sides of a match are in the story."""
    return sum(match.id in {other.id for other in matches} for matches in found.values()) > 1
