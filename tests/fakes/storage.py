"""A whole region's storage in memory."""

from __future__ import annotations

from chalicelib.clock import Clock
from chalicelib.ports.storage import Storage
from tests.fakes.archive import FakeArchive
from tests.fakes.census import FakeCensus
from tests.fakes.clients import FakeClients
from tests.fakes.concerns import FakeConcerns
from tests.fakes.counts import FakeCounts
from tests.fakes.erasures import FakeErasures
from tests.fakes.informing import FakeInforming
from tests.fakes.matches import FakeMatches
from tests.fakes.region import FakeAudit, FakeExclusions, FakeOrganisations, FakeSettings
from tests.fakes.repeats import FakeRepeats
from tests.fakes.reviews import FakeReviews
from tests.fakes.rights import FakeRights
from tests.fakes.signals import FakeSignals
from tests.fakes.state import FakeState
from tests.fakes.work import FakeLeases, FakeNotices, FakeWork
from tests.fakes.world import FixedClock


class FakeStorage(Storage):
    """All stores over one :class:`FakeState`, which tests may look into as ``storage.state``."""

    state: FakeState

    def __init__(self, clock: Clock | None = None) -> None:
        state = FakeState(clock or FixedClock())
        settings = FakeSettings(state)
        super().__init__(
            signals=FakeSignals(state),
            archive=FakeArchive(state),
            census=FakeCensus(state),
            informing=FakeInforming(state),
            matches=FakeMatches(state),
            reviews=FakeReviews(state),
            notices=FakeNotices(state),
            work=FakeWork(state),
            leases=FakeLeases(state),
            organisations=FakeOrganisations(state),
            clients=FakeClients(state),
            exclusions=FakeExclusions(state, settings),
            rights=FakeRights(state),
            audit=FakeAudit(state),
            settings=settings,
            repeats=FakeRepeats(state),
            counts=FakeCounts(state),
            concerns=FakeConcerns(state),
            erasures=FakeErasures(state),
        )
        object.__setattr__(self, "state", state)
