"""Requests for signals, and who makes them: complete and valid, each test naming only what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from chalicelib.domain.caller import Caller
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.organisation import Language, Organisation
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson
from chalicelib.matching import FOLD_VERSION, FOLDS
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import IndexHasher
from chalicelib.security.cursors import Cursors
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.change import ChangeSignal
from chalicelib.signals.end import EndSignal
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.expire import ExpireSignals
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.let_go import LetGo
from chalicelib.signals.own_cards import KeepOwnCards
from chalicelib.signals.read import ReadSignals
from chalicelib.signals.renew import RenewSignal
from chalicelib.signals.request import GivenSignal, ProfessionalCard, SignalRequest
from chalicelib.signals.transfer import TransferSignals
from tests.builders import STAGE_CODE, make_organisation, make_youth
from tests.fakes import FakeHasher, FakeNames, FakePseudonyms, FakeStorage, FixedClock

NEXT_KEYSET = f"{FOLD_VERSION}.v2"
FORMER_KEYSET = f"{FOLDS[0]}.v1"
"""Of a region that is kept by the fold before."""
"""A key set that is being brought in."""


def make_request(**changes: Any) -> SignalRequest:
    """A school's signal about :func:`make_youth`, until the summer holidays."""
    request = SignalRequest(
        reference="LVS-2026-00017",
        youth=make_youth(),
        professional=make_card(),
        planned_end_date=date(2027, 7, 31),
        informed=Informed(
            whom=frozenset({InformedPerson.LEGAL_REPRESENTATIVE}),
            on=date(2026, 11, 20),
            how=InformedHow.CONVERSATION,
        ),
    )
    return replace(request, **changes)


def make_card(**changes: Any) -> ProfessionalCard:
    """Somebody who works at :func:`make_organisation`."""
    card = ProfessionalCard(
        id="staff-17",
        name="J. Jansen",
        function="Intern begeleider",
        site="De Regenboog",
        email="j.jansen@school.example",
        telephone="+31301234567",
        language=Language.DUTCH,
    )
    return replace(card, **changes)


def make_caller(organisation: Organisation | None = None, **changes: Any) -> Caller:
    """The school's system, on behalf of nobody in particular."""
    whose = organisation or make_organisation()
    return replace(Caller(organisation=whose, scopes=whose.scopes, professional_id=None), **changes)


@dataclass(frozen=True, slots=True)
class Region:
    """A region in memory with its use cases wired, for tests to use and look into."""

    clock: FixedClock = field(default_factory=FixedClock)
    names: FakeNames = field(default_factory=FakeNames)
    pseudonyms: FakePseudonyms = field(default_factory=FakePseudonyms)
    hasher: FakeHasher = field(default_factory=lambda: FakeHasher(frozenset({FIRST_KEYSET, NEXT_KEYSET})))
    storage: FakeStorage = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "storage", FakeStorage(self.clock))

    def give(
        self, request: SignalRequest | None = None, *, caller: Caller | None = None, key: str | None = None
    ) -> GivenSignal:
        """Give a signal."""
        return self.giving(caller or make_caller(), request or make_request(), key)

    @property
    def changing(self) -> ChangeSignal:
        """Changing what was given."""
        return ChangeSignal(
            storage=self.storage,
            hasher=self.hasher,
            pseudonyms=self.pseudonyms,
            names=self.names,
            clock=self.clock,
        )

    @property
    def giving(self) -> GiveSignal:
        """Giving a signal."""
        return GiveSignal(
            storage=self.storage,
            hasher=self.hasher,
            pseudonyms=self.pseudonyms,
            names=self.names,
            clock=self.clock,
        )

    @property
    def renewing(self) -> RenewSignal:
        """Letting a new signal take another's place."""
        return RenewSignal(
            storage=self.storage,
            give=self.giving,
            names=self.names,
            clock=self.clock,
            stage_code=STAGE_CODE,
        )

    @property
    def transferring(self) -> TransferSignals:
        """Handing over the signals of who leaves."""
        cursors = Cursors(self.pseudonyms)
        return TransferSignals(storage=self.storage, cursors=cursors, names=self.names, clock=self.clock)

    @property
    def cards(self) -> KeepOwnCards:
        """The organisation's own contact cards."""
        cursors = Cursors(self.pseudonyms)
        return KeepOwnCards(storage=self.storage, cursors=cursors, names=self.names, clock=self.clock)

    @property
    def ending(self) -> EndSignal:
        """Closing and retracting."""
        archiving = archiving_of(self.storage, self.hasher)
        return EndSignal(storage=self.storage, names=self.names, clock=self.clock, archiving=archiving)

    @property
    def reading(self) -> ReadSignals:
        """Reading one's own."""
        cursors = Cursors(self.pseudonyms)
        return ReadSignals(storage=self.storage, cursors=cursors, names=self.names, clock=self.clock)

    @property
    def expiry(self) -> ExpireSignals:
        """The scheduled run."""
        archiving = archiving_of(self.storage, self.hasher)
        return ExpireSignals(storage=self.storage, names=self.names, clock=self.clock, archiving=archiving)

    @property
    def letting_go(self) -> LetGo:
        """The scheduled run over the archive."""
        erase = EraseSignal(storage=self.storage, names=self.names, clock=self.clock)
        return LetGo(storage=self.storage, names=self.names, clock=self.clock, erase=erase)


def archiving_of(
    storage: Storage, hasher: IndexHasher | None = None, legal: LegalProfile = DUTCH_DEFAULT
) -> Archiving:
    """What the archive of a region keeps."""
    return Archiving(settings=storage.settings, hasher=hasher or FakeHasher(), legal=legal)
