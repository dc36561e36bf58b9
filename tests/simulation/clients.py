"""Those who call the region, and call again until they are answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.review import Review, ReviewVerdict
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.matching import Address, Youth
from chalicelib.organisations.exclude_address import Exclusion, Level
from chalicelib.ports.errors import Stale, StorageError
from chalicelib.ports.storage import SignalChange
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.ending import has_ended
from chalicelib.signals.request import RenewalRequest
from tests.signal_requests import make_caller, make_card, make_request
from tests.simulation.quickly import QuickHasher, quick_fold, quick_match_keys
from tests.simulation.region import API, Region
from tests.simulation.scheduling import Crash


@dataclass(slots=True)
class Clients:
    """Organisations' systems and an operator; ``waiting`` holds the calls that got no answer yet."""

    region: Region
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def give(self, number: int, organisation: str, professional: str, youth: Youth, until: date) -> None:
        """Give a signal, with an Idempotency-Key that stays the same however often it is tried."""
        caller = make_caller(self.region.state.organisations[organisation])
        request = make_request(
            reference=f"ref-{number}",
            youth=youth,
            professional=make_card(id=professional, email=f"{professional}@{organisation}.example"),
            planned_end_date=until,
            informed=None,
        )
        self.call(f"give {number}", lambda: self.region.give(caller, request, f"key-{number}"))

    def end(self, signal: Signal, state: SignalState) -> None:
        """Close or retract."""
        caller = make_caller(self.region.state.organisations[signal.organisation_id])
        act = self.region.end.close if state is SignalState.CLOSED else self.region.end.retract
        self.call(f"end {signal.id}", lambda: act(caller, signal.id))

    def renew(self, signal: Signal, until: date) -> None:
        """Let a new signal take its place; asking again asks the same."""
        caller = make_caller(self.region.state.organisations[signal.organisation_id])
        wanted = RenewalRequest(planned_end_date=until, informed=None, reference=None)
        self.call(f"renew {signal.id}", lambda: self.region.renew(caller, signal.id, wanted))

    def die(self, signal: Signal) -> None:
        """Report that the youth died, and have it confirmed once that was answered."""
        caller = make_caller(self.region.state.organisations[signal.organisation_id])
        administrator = make_caller(self.region.state.organisations["utrecht"])

        def act() -> None:
            self.region.report_death(caller, signal.id)
            while not self.region.confirm_death.confirm(administrator, signal.id).is_done:
                continue

        self.call(f"die {signal.id}", act)

    def change(self, signal: Signal, change: Callable[[Signal], Signal]) -> None:
        """Write the next revision of a signal that has not ended, with the keys of its youth."""
        self.call(f"change {signal.id}", lambda: self._change(signal.id, change))

    def decide(self, review: Review, verdict: ReviewVerdict | None) -> None:
        """Give a verdict on a review, or take it back."""
        caller = make_caller(self.region.state.organisations["utrecht"])
        if verdict is None:
            self.call(f"undo {review.id}", lambda: self.region.decide.undo(caller, review.id))
        else:
            self.call(f"decide {review.id}", lambda: self.region.decide.give(caller, review.id, verdict))

    def exclude(self, address: Address) -> None:
        """Put an address into the register."""
        self.enter(address, date(2026, 1, 1), None)

    def enter(self, address: Address, first: date, last: date | None) -> None:
        """Put an address into the register for some days."""
        exclusion = Exclusion(
            address=address,
            level=Level.NUMBER,
            kind="SHELTER",
            source="test",
            valid_from=first,
            valid_until=last,
        )
        self.call("exclude an address", lambda: self.region.exclude(exclusion, operator="operator"))

    def include(self, address: Address) -> None:
        """Take an address out of the register."""

        def act() -> None:
            self.region.exclude.remove(address, Level.NUMBER, operator="operator")

        self.call("include an address", act)

    def withdraw(self, entry_id: str) -> None:
        """Take an entry out of the register."""
        self.call("withdraw an entry", lambda: self.region.exclude.withdraw(entry_id, operator="operator"))

    def try_again(self, chance: Random | None = None) -> None:
        """Repeat the calls that got no answer; ``chance`` leaves some waiting."""
        waiting, self.waiting = self.waiting, []
        for call in waiting:
            if chance is not None and chance.random() < 0.5:
                self.waiting.append(call)
            else:
                call()

    def call(self, name: str, act: Callable[[], object], *, also: tuple[type[Exception], ...] = ()) -> None:
        """Call, and again later without an answer, or with one of the errors in ``also``."""

        def call() -> None:
            self.region.scheduler.spawn(name, act, life=API, over=over)

        def over(error: BaseException | None) -> None:
            if isinstance(error, (Crash, StorageError, *also)):
                self.waiting.append(call)

        call()

    @property
    def _written(self) -> tuple[str, ...]:
        """The key sets that the function knows; where they never change nobody asks."""
        if not self.region.rotates:
            return (FIRST_KEYSET,)
        return self.region.storage.settings.keysets()[0]

    def _change(self, signal_id: str, change: Callable[[Signal], Signal]) -> None:
        storage = self.region.storage
        for _ in range(5):
            previous = storage.signals.get(signal_id)
            if previous is None or has_ended(previous):
                return
            changed = change(previous)
            if changed == previous:
                return
            now = self.region.clock.now()
            audit = AuditEntry.of(
                Act.SIGNAL_GIVEN,
                signal_id,
                organisation_id=previous.organisation_id,
                professional_id=None,
                at=now,
                token=self.region.names.token(),
            )
            signal = replace(changed, revision=previous.revision + 1, keys=keys_of(changed, self._written))
            try:
                storage.signals.change(
                    SignalChange(previous=previous, signal=signal, released=(), audit=audit)
                )
            except Stale:
                continue
            return
        raise Stale(signal_id)


def keys_of(signal: Signal, keysets: tuple[str, ...]) -> frozenset[IndexKey]:
    """The key items there must be for a signal: none once it ended (D34), or while it is hidden (D33)."""
    if has_ended(signal) or signal.state is SignalState.RESTRICTED or signal.youth is None:
        return frozenset()
    return QuickHasher().hashed(quick_match_keys(quick_fold(signal.youth)), keysets)


def receiver(signal: Signal) -> str:
    """Who gave it."""
    return receiver_key(signal.organisation_id, signal.professional_id)


def overdue(region: Region) -> list[str]:
    """Signals past their last day that have not ended."""
    today = amsterdam_day(region.clock.now())
    return [one.id for one in region.state.signals.values() if not has_ended(one) and one.ends_on < today]
