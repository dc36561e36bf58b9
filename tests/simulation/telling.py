"""What each step of a story does to the region, and says of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import Youth
from chalicelib.signals.ending import has_ended
from tests.simulation.clients import Clients
from tests.simulation.families import ADDRESSES, CHILDREN, ELSEWHERE, written
from tests.simulation.handover import Handovers
from tests.simulation.office import Office
from tests.simulation.operating import KeysetOperator
from tests.simulation.region import PROFESSIONALS, Region
from tests.simulation.story import Step

REGISTERED = (*ADDRESSES, *ADDRESSES, *ELSEWHERE)
LATER = date(2027, 7, 31)


@dataclass(slots=True)
class Teller:
    """Plays steps in a region, and says of each what it did."""

    region: Region
    clients: Clients
    office: Office
    handovers: Handovers
    operator: KeysetOperator
    given: int = 0

    def play(self, step: Step) -> str:
        """Do what a step says; answers a line of the story."""
        chance = Random(step.seed)
        deed: Callable[[Random], str] = getattr(self, step.what)
        return deed(chance)

    def give(self, chance: Random) -> str:
        """An organisation signals; mostly about the same child, sometimes not for long."""
        organisation, professional = self._giver(chance)
        child = CHILDREN[0] if chance.random() < 0.5 else chance.choice(CHILDREN)
        youth = written(child, chance, with_bsn=organisation != "police")
        today = amsterdam_day(self.region.clock.now())
        until = today + timedelta(days=chance.randint(0, 3)) if chance.random() < 0.25 else LATER
        self.given += 1
        self.clients.give(self.given, organisation, professional, youth, until)
        return (
            f"{professional}@{organisation} gives ref-{self.given} about {child.name}"
            f" until {until} as {_shown(youth)}"
        )

    def rival(self, chance: Random) -> str:
        """An organisation signals about one child, under one of two numbers or none: which are one youth?"""
        organisation, professional = self._giver(chance)
        bsn = None if organisation == "police" else chance.choice(CHILDREN[:2]).youth.bsn
        youth = replace(CHILDREN[0].youth, bsn=bsn)
        self.given += 1
        self.clients.give(self.given, organisation, professional, youth, LATER)
        return f"{professional}@{organisation} gives ref-{self.given} as {_shown(youth)}"

    def change(self, chance: Random) -> str:
        """What is known of a youth changes: another address, a BSN, a name."""
        child = chance.choice(CHILDREN)

        def rewrite(signal: Signal) -> Signal:
            with_bsn = signal.organisation_id != "police"
            about = next((one for one in CHILDREN if one.youth.birth_date == _born(signal)), child)
            return replace(signal, youth=written(about, Random(seed), with_bsn=with_bsn))

        seed = chance.getrandbits(32)
        return self._on_some(chance, "changes what it knows", lambda one: self.clients.change(one, rewrite))

    def close(self, chance: Random) -> str:
        """The risk is gone."""
        return self._on_some(chance, "closes", lambda one: self.clients.end(one, SignalState.CLOSED))

    def renew(self, chance: Random) -> str:
        """A new signal takes its place, mostly for long."""
        today = amsterdam_day(self.region.clock.now())
        until = today + timedelta(days=chance.randint(0, 3)) if chance.random() < 0.25 else LATER
        return self._on_some(chance, f"is renewed until {until}", lambda one: self.clients.renew(one, until))

    def die(self, chance: Random) -> str:
        """The youth of a signal died, and somebody confirms it."""
        return self._on_some(chance, "is about a youth who died", self.clients.die)

    def retract(self, chance: Random) -> str:
        """It was wrongly made."""
        return self._on_some(chance, "retracts", lambda one: self.clients.end(one, SignalState.RETRACTED))

    def request(self, chance: Random) -> str:
        """The family of a youth asks for something, and mostly has the signals hidden meanwhile (D33)."""
        seed = chance.getrandbits(32)
        return self._on_some(
            chance, "is asked about by the family", lambda one: self.office.file(one, Random(seed))
        )

    def rule(self, chance: Random) -> str:
        """Who handles a request decides it, hides what it is about, or lets it match again (D31, D33)."""
        drawn = chance.random()
        requests = [one for _, one in sorted(self.region.state.requests.items()) if one.is_open]
        if not requests:
            return "no request is open"
        return self.office.rule(requests[int(drawn * len(requests))], chance)

    def transfer(self, chance: Random) -> str:
        """Somebody leaves, and a colleague, there already or new, takes all their signals over (D28)."""
        organisation, leaver = self._giver(chance)
        return self.handovers.leave(organisation, leaver, chance)

    def verdict(self, chance: Random) -> str:
        """A person decides a doubtful pair, or takes it back."""
        verdict = chance.choice((ReviewVerdict.SAME, ReviewVerdict.NOT_SAME, None))
        drawn = chance.random()
        reviews = [
            one
            for _, one in sorted(self.region.state.reviews.items())
            if one.state is not ReviewState.WITHDRAWN
        ]
        if not reviews:
            return "there is nothing to review"
        review = reviews[int(drawn * len(reviews))]
        self.clients.decide(review, verdict)
        return f"a person says of {' and '.join(review.signal_ids)}: {verdict or 'nothing after all'}"

    def exclude(self, chance: Random) -> str:
        """An address turns out to be an institution's."""
        address = chance.choice(ADDRESSES)
        if self._prompt:
            return "nobody excludes an address, for that waits for the sweep"
        self.clients.exclude(address)
        return f"an operator excludes {address.street} {address.house_number}"

    def enter(self, chance: Random) -> str:
        """An address turns out to be an institution's, from some day on, perhaps to another."""
        address, today = chance.choice(REGISTERED), amsterdam_day(self.region.clock.now())
        first = chance.choice((date(2026, 1, 1), today, today + timedelta(days=chance.randint(1, 3))))
        last = today + timedelta(days=chance.randint(0, 6)) if chance.random() < 0.3 else None
        if last is not None and last < first:
            first = last
        self.clients.enter(address, first, last)
        return f"{address.street} {address.house_number} is excluded from {first} to {last}"

    def include(self, chance: Random) -> str:
        """An address is an institution's no more."""
        address = chance.choice(REGISTERED)
        entries = [one for _, one in sorted(self.region.state.excluded.items()) if one.address == address]
        if entries and chance.random() < 0.5:
            self.clients.withdraw(entries[0].id)
        else:
            self.clients.include(address)
        return f"{address.street} {address.house_number} leaves the register"

    def operate(self, chance: Random) -> str:
        """An operator changes the key sets, a step at a time."""
        return self.operator.operate(chance)

    def match(self, chance: Random) -> str:
        """The stream of signals reaches the match function."""
        batch = self._batch(chance, self.region.state.changed)
        self.region.spawn_match(batch)
        return f"the stream hands over signals {batch}"

    def deliver(self, chance: Random) -> str:
        """The stream of the outbox reaches the deliver function."""
        batch = self._batch(chance, self.region.state.woken)
        self.region.spawn_deliver(batch)
        return f"the stream wakes delivery to {batch}"

    def sweep(self, chance: Random) -> str:
        """A minute, or three, later."""
        if self._prompt:
            return "no sweep comes"
        self.region.clock.advance(timedelta(minutes=chance.choice((1, 3))))
        self.region.spawn_sweep()
        return "a minute has passed: the sweep"

    def expire(self, chance: Random) -> str:
        """The schedule of expiry."""
        self.region.spawn_expire()
        return "the expiry run"

    def jump(self, chance: Random) -> str:
        """Time passes while everything stands still; what was running runs out of time."""
        if self._prompt:
            return "no time passes"
        by = chance.choice((timedelta(minutes=4), timedelta(hours=5), timedelta(days=1), timedelta(days=3)))
        self.region.clock.advance(by)
        return f"{by} pass"

    def stop(self, chance: Random) -> str:
        """Every process stops where it is."""
        if self._prompt:
            return "every process goes on"
        self.region.scheduler.crash_all()
        return "every process stops"

    def poison(self, chance: Random) -> str:
        """A record that nobody can open, until it is mended."""

        def spoil(signal: Signal) -> None:
            self.region.state.broken.add(signal.id)

        return "" if self._prompt else self._on_some(chance, "cannot be opened any more", spoil)

    def lose(self, chance: Random) -> str:
        """Streams lose what they hold."""
        if self._prompt:
            return ""
        self.region.state.changed.clear()
        self.region.state.woken.clear()
        return "the streams lose all they hold"

    @property
    def _prompt(self) -> bool:
        """Whether nothing may happen that only the sweep can mend."""
        return not self.region.scheduler.trouble.sweeps

    def _giver(self, chance: Random) -> tuple[str, str]:
        """Somebody who is there; of who left, who took over."""
        organisation, professional = chance.choice(PROFESSIONALS)
        return organisation, self.handovers.present(organisation, professional)

    def _on_some(self, chance: Random, says: str, act: Callable[[Signal], None]) -> str:
        drawn = chance.random()
        open_ones = [one for _, one in sorted(self.region.state.signals.items()) if not has_ended(one)]
        if not open_ones:
            return f"nobody {says}"
        signal = open_ones[int(drawn * len(open_ones))]
        act(signal)
        return f"{signal.id} ({signal.organisation_id}, {signal.reference}) {says}"

    def _batch(self, chance: Random, stream: deque[str]) -> list[str]:
        """Some of what a stream holds; in disorder out of order, or handed over again later."""
        held = list(stream)
        if not held or not self.region.scheduler.trouble.streams:
            return []
        size = chance.randint(1, len(held))
        if chance.random() >= self.region.scheduler.trouble.disorder:
            for _ in range(size):
                stream.popleft()
            return held[:size]
        batch = chance.sample(held, size)
        if chance.random() < 0.5:
            for one in batch:
                stream.remove(one)
        return batch


def _born(signal: Signal) -> object:
    return signal.youth.birth_date if signal.youth is not None else None


def _shown(youth: Youth) -> str:
    born, home = youth.birth_date, youth.address
    shown = (
        youth.bsn,
        youth.given_names,
        youth.surname,
        f"{born.day}-{born.month}-{born.year}" if born is not None else None,
        home.postal_code if home is not None else None,
    )
    return ", ".join(one or "-" for one in shown)
