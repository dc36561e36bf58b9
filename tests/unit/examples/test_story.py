"""The story and what is expected of it, played in memory: the deployed functions must do the same."""

from __future__ import annotations

import pytest

from chalicelib.domain.dates import amsterdam_day
from examples.demonstration.cast import read_cast
from examples.demonstration.expectation import Difference, compare, read_expected
from examples.demonstration.facts import Facts
from examples.demonstration.observation import observe
from examples.demonstration.privacy import private_words
from examples.demonstration.story import Give, emails_of, read_story
from tests.fakes.world import DAY_ONE
from tests.unit.examples.rehearsal import Rehearsal

STORY = read_story(amsterdam_day(DAY_ONE))


@pytest.fixture(scope="module")
def came() -> Facts:
    """What came of the story."""
    rehearsal = Rehearsal(read_cast())
    for event in STORY:
        rehearsal.play(event)
    seen = {
        event.reference: rehearsal.seen(event.organisation, event.reference)
        for event in STORY
        if isinstance(event, Give)
    }
    return observe(seen, emails_of(STORY), rehearsal.mails, private_words(STORY))


def test_exactly_the_expected_matches_and_mails_come_of_the_story(came: Facts) -> None:
    """Nothing is missing, nothing comes unasked, nothing comes twice, and no mail names a child."""
    difference = compare(read_expected(), came)

    assert difference == Difference(missing=(), unexpected=(), double=(), flaws=())


def test_the_story_has_some_thirty_signals_of_six_organisations() -> None:
    """The story is as large as it says, and every organisation of the cast that reports plays a part."""
    given = [event for event in STORY if isinstance(event, Give)]

    assert len(given) == 31
    assert {event.organisation for event in STORY} == {
        row.id for row in read_cast() if row.kind == "REPORTING"
    }
