"""An operator who changes the key set of a region, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field

from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.upkeep.keysets import SETTLING, Keysets
from chalicelib.upkeep.rekeying import Rekeying
from tests.builders import keysets_in_use
from tests.fakes import FakeHasher
from tests.signal_requests import FORMER_KEYSET, NEXT_KEYSET, Region, make_request
from tests.unit.organisations.operators import OPERATOR, FakeVersions, trail_of

HASHER = FakeHasher(frozenset({FORMER_KEYSET, FIRST_KEYSET, NEXT_KEYSET}))


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator who changes the key set of a region with three signals."""

    region: Region = field(default_factory=lambda: Region(hasher=HASHER))
    kept_by: str = FIRST_KEYSET
    versions: FakeVersions = field(default_factory=FakeVersions)

    def __post_init__(self) -> None:
        self.region.storage.state.keysets = keysets_in_use(self.kept_by)
        for reference in ("a", "b", "c"):
            self.region.give(make_request(reference=reference))
        self.region.storage.state.audit.clear()

    @property
    def keysets(self) -> Keysets:
        """The steps."""
        return Keysets(
            storage=self.region.storage,
            versions=self.versions,
            trail=trail_of(self.region),
            clock=self.region.clock,
        )

    @property
    def rekeying(self) -> Rekeying:
        """The walks."""
        return Rekeying(storage=self.region.storage, hasher=self.region.hasher, keysets=self.keysets)

    def begin(self) -> None:
        """Begin, and let the functions hear of it."""
        self.keysets.begin("v2", operator=OPERATOR)
        self.region.clock.advance(SETTLING)

    def switch(self) -> None:
        """All steps up to the switch, and let the functions hear of it."""
        self.begin()
        self.rekeying.backfill()
        assert self.rekeying.verify().clean
        self.keysets.switch(operator=OPERATOR)
        self.region.clock.advance(SETTLING)
