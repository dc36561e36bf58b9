"""What organisations do in a life: give, change, inform, renew, hand over, end, open the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import UseCaseError
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, NotYetGround, Signal, SignalState
from chalicelib.ports.errors import StorageError
from chalicelib.signals.request import KeptContent, RenewalRequest, SignalRequest
from tests.lives.desk import Desk
from tests.signal_requests import make_card, make_request
from tests.simulation.families import CHILDREN, written
from tests.simulation.region import API, PROFESSIONALS
from tests.simulation.telling import Teller

_DAYS: Final = (0, 1, 13, 14, 27, 28, 60, 365, 730)
_TOLD: Final = (
    frozenset({InformedPerson.LEGAL_REPRESENTATIVE}),
    frozenset({InformedPerson.YOUTH}),
    frozenset(InformedPerson),
)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A change that is a function."""

    wish: Callable[[SignalRequest], SignalRequest]
    professional_id: str | None = None
    gives_previous_address: bool = False

    def applied_to(self, kept: KeptContent) -> SignalRequest:
        """The content as it is to be. Raises LookupError for a professional who has no card."""
        if kept.professional is None:
            raise LookupError(self.professional_id)
        return self.wish(
            SignalRequest(
                reference=kept.reference,
                youth=kept.youth,
                professional=kept.professional,
                planned_end_date=kept.planned_end_date,
                informed=kept.informed,
            )
        )


@dataclass(slots=True)
class Professionals(Teller):
    """Plays what organisations do; an error that no caller should see is a broken promise."""

    broken: list[str] = field(default_factory=list)
    hired: int = 2

    def give(self, chance: Random) -> str:
        """An organisation signals, for a day or for years, about a child or a grown-up."""
        organisation, wanted = chance.choice(PROFESSIONALS)
        child = CHILDREN[0] if chance.random() < 0.4 else chance.choice(CHILDREN)
        youth = written(child, chance, with_bsn=organisation != "police")
        until = self.today + timedelta(days=chance.choice(_DAYS))
        told = self._informed(chance)
        professional = self._present(organisation, wanted, chance)
        if professional is None:
            return f"nobody is left at {organisation}"
        self.given += 1
        request = make_request(
            reference=f"ref-{self.given}",
            youth=youth,
            professional=make_card(id=professional, email=f"{professional}@{organisation}.example"),
            planned_end_date=until,
            informed=told,
        )
        caller, key = self.desk.acting(organisation), f"key-{self.given}"
        self._do("give", lambda: self.region.give(caller, request, key))
        return (
            f"{professional}@{organisation} gives {request.reference} on {child.name} until {until}, {told}"
        )

    def change(self, chance: Random) -> str:
        """A youth is written down otherwise (D5); keys and last day follow."""
        child, seed = chance.choice(CHILDREN), chance.getrandbits(32)

        def change(signal: Signal) -> None:
            youth = written(child, Random(seed), with_bsn=signal.organisation_id != "police")
            self._change(signal, Rewriting(lambda request: replace(request, youth=youth)))

        return self._on_some(chance, f"is about {child.name} after all", change)

    def shorten(self, chance: Random) -> str:
        """The planned end comes nearer."""
        days = chance.choice(_DAYS)

        def change(signal: Signal) -> None:
            until = min(signal.planned_end_date, self.today + timedelta(days=days))
            self._change(signal, Rewriting(lambda request: replace(request, planned_end_date=until)))

        return self._on_some(chance, f"ends {days} days from now at the latest", change)

    def inform(self, chance: Random) -> str:
        """The family is told, or that is put off on a lawful ground (D30)."""
        told = self._informed(chance)

        def change(signal: Signal) -> None:
            self._change(signal, Rewriting(lambda request: replace(request, informed=told)))

        return self._on_some(chance, f"says of informing: {told}", change)

    def renew(self, chance: Random) -> str:
        """A new signal, with a new assessment, takes another's place (D7)."""
        until = self.today + timedelta(days=chance.choice(_DAYS))
        told, other = self._informed(chance), chance.random() < 0.2
        self.given += 1
        reference = f"ref-{self.given}" if other else None

        def renew(signal: Signal) -> None:
            caller = self.desk.acting(signal.organisation_id)
            wanted = RenewalRequest(planned_end_date=until, informed=told, reference=reference)
            self._do("renew", lambda: self.region.renew(caller, signal.id, wanted))

        return self._on_some(chance, f"is renewed until {until}, {told}", renew)

    def transfer(self, chance: Random) -> str:
        """Somebody leaves, and another takes over (D28)."""
        organisation, leaver = chance.choice(PROFESSIONALS)
        taker = self._present(organisation, leaver, chance)
        self.hired += 1
        new = make_card(id=f"p{self.hired}", email=f"p{self.hired}@{organisation}.example")
        leaving = [
            card.id
            for card in self.region.state.professionals.values()
            if card.organisation_id == organisation and card.left_at is None and card.id != taker
        ]
        if not leaving:
            return f"nobody leaves {organisation}"
        who = chance.choice(sorted(leaving))
        to = taker if taker is not None and chance.random() < 0.5 else new

        def transfer() -> None:
            caller = self.desk.acting(organisation)
            done = self.desk.transfer(caller, who, to, None)
            if done.cursor is not None:
                raise AssertionError("a transfer of few signals takes one request")
            taking = to if isinstance(to, str) else to.id
            self.handovers.takers[f"{organisation}#{who}"] = taking

        self._do("transfer", transfer)
        return f"{who} leaves {organisation}, and {to if isinstance(to, str) else to.id} takes over"

    def open(self, chance: Random) -> str:
        """Somebody opens the archive (D36)."""
        signal = self._some(chance, {SignalState.ACTIVE})
        if signal is None:
            return "nobody opens the archive"
        caller = self.desk.acting(signal.organisation_id, signal.professional_id)
        self._do("open", lambda: self.desk.history(caller, signal.id, None))
        return f"{signal.id} has its history opened"

    @property
    def today(self) -> date:
        """In Amsterdam."""
        return amsterdam_day(self.region.clock.now())

    @property
    def desk(self) -> Desk:
        """What can be done, as the law is now."""
        return Desk(self.region)

    def _change(self, signal: Signal, edit: Rewriting) -> None:
        caller = self.desk.acting(signal.organisation_id)
        self._do("change", lambda: self.desk.change(caller, signal.id, edit, None))

    def _informed(self, chance: Random) -> Informed | None:
        """Nothing, that some were told today or last week, or why not yet."""
        whom, ground = chance.choice(_TOLD), chance.choice(list(NotYetGround))
        on, drawn = self.today - timedelta(days=chance.choice((0, 7))), chance.random()
        if drawn < 0.35:
            return None
        if drawn < 0.55:
            return Informed(whom=frozenset(), on=None, how=None, not_yet=ground)
        partly = ground if drawn < 0.65 else None
        return Informed(whom=whom, on=on, how=InformedHow.LETTER, not_yet=partly)

    def _present(self, organisation: str, wanted: str, chance: Random) -> str | None:
        """Who is wanted, else somebody who is there still."""
        cards = sorted(self.region.state.professionals.values(), key=lambda card: card.id)
        there = [one.id for one in cards if one.organisation_id == organisation and one.left_at is None]
        return wanted if wanted in there else chance.choice(there) if there else None

    def _some(self, chance: Random, states: Iterable[SignalState]) -> Signal | None:
        among = frozenset(states)
        held = [one for _, one in sorted(self.region.state.signals.items()) if one.state in among]
        return chance.choice(held) if held else None

    def _do(self, name: str, act: Callable[[], object]) -> None:
        def over(error: BaseException | None) -> None:
            if error is not None and not isinstance(error, UseCaseError | StorageError):
                self.broken.append(f"{name} raised {error!r}")

        self.region.scheduler.spawn(name, act, life=API, over=over)
