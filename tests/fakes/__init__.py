"""In-memory stand-ins for every port; the storage contract suite holds them to the real stores."""

from tests.fakes.storage import FakeStorage
from tests.fakes.world import (
    FakeEvents,
    FakeHasher,
    FakeMailer,
    FakeNames,
    FakePseudonyms,
    FakePublished,
    FixedClock,
)

__all__ = [
    "FakeEvents",
    "FakeHasher",
    "FakeMailer",
    "FakeNames",
    "FakePseudonyms",
    "FakePublished",
    "FakeStorage",
    "FixedClock",
]
