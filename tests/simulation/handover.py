"""Those who leave: their signals go to a colleague (D28), and what must be true of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from chalicelib.domain.errors import SignalRefused
from chalicelib.domain.organisation import receiver_key
from chalicelib.security.cursors import Cursors
from chalicelib.signals.ending import has_ended
from chalicelib.signals.transfer import TransferSignals
from tests.fakes import FakePseudonyms
from tests.signal_requests import make_caller, make_card
from tests.simulation.clients import Clients, receiver
from tests.simulation.region import PROFESSIONALS, Region


@dataclass(slots=True)
class Handovers:
    """Who left, to whom their signals go, and which of them they held when it began.

    A signal that is being given while the card is closed may stay: repeating the transfer finds it
    (docs/decisions/0022). So only those that were there are ``owed``.
    """

    region: Region
    clients: Clients
    takers: dict[str, str] = field(default_factory=dict)
    owed: dict[str, set[str]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    def leave(self, organisation: str, leaver: str, chance: Random) -> str:
        """Somebody who is there leaves; answers a line of the story."""
        taker = self._taker(organisation, leaver, chance)
        whose = receiver_key(organisation, leaver)
        self.takers[whose] = taker
        held = self.region.state.signals.values()
        self.owed[whose] = {one.id for one in held if receiver(one) == whose and not has_ended(one)}
        self.clients.call(
            f"transfer {whose}", lambda: self._transfer(organisation, leaver, taker), also=(SignalRefused,)
        )
        return f"{leaver}@{organisation} leaves, and {taker} takes over {sorted(self.owed[whose])}"

    def present(self, organisation: str, professional: str) -> str:
        """Who has their work by now."""
        while (taker := self.takers.get(receiver_key(organisation, professional))) is not None:
            professional = taker
        return professional

    def now(self, whose: str) -> str:
        """Who a receiver has become: whoever took over, and whoever took over from them."""
        organisation, _, professional = whose.partition("#")
        return receiver_key(organisation, self.present(organisation, professional))

    def forgotten(self) -> Iterator[str]:
        """What a transfer that was answered left behind."""
        for whose in sorted(self.done):
            for one in sorted(self.owed[whose]):
                signal = self.region.state.signals[one]
                if not has_ended(signal) and receiver(signal) == whose:
                    yield f"{one} was not handed over by {whose}, who left"

    def _taker(self, organisation: str, leaver: str, chance: Random) -> str:
        there = {self.present(organisation, who) for name, who in PROFESSIONALS if name == organisation}
        return chance.choice([*sorted(there - {leaver}), f"n{len(self.takers)}"])

    @property
    def _transferring(self) -> TransferSignals:
        region, cursors = self.region, Cursors(FakePseudonyms())
        return TransferSignals(
            storage=region.storage, cursors=cursors, names=region.names, clock=region.clock
        )

    def _transfer(self, organisation: str, leaver: str, taker: str) -> None:
        """Ask until nothing is left; who took over may have left too by now."""
        caller = make_caller(self.region.state.organisations[organisation])
        cursor, asked = None, False
        while cursor is not None or not asked:
            to = self.present(organisation, taker)
            card = make_card(id=to, email=f"{to}@{organisation}.example")
            cursor, asked = self._transferring(caller, leaver, card, cursor).cursor, True
        self.done.add(receiver_key(organisation, leaver))
