"""Why a match was made, asked by those in it, over the real stores as in memory (D22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.match import MatchState
from chalicelib.domain.signal import SignalState
from chalicelib.matches.read import ReadMatches
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import MatchingProfile, Parent, PartialDate, default_model
from tests.builders import STAGE_CODE, WrittenOut, make_organisation, make_professional, make_youth
from tests.fakes import FakeNames
from tests.integration.storage.given import change, give, new_audit
from tests.signal_requests import make_caller

if TYPE_CHECKING:
    from tests.integration.storage.conftest import Region

BOY = make_youth(parents=(Parent(given_names="Anna", surname="Bakker", birth_date=PartialDate(1985, 1, 2)),))
SISTER = replace(BOY, bsn=None, given_names="Roos", initials="R.", birth_date=PartialDate(2017, 5, 6))


@pytest.mark.rule("D22")
def test_an_explanation_outlives_its_match_and_still_adds_up(region: Region) -> None:
    """Of a person match and a household match, each asked by both of its sides."""
    storage, clock, names = region.storage, region.clock, FakeNames()
    reconcile = Reconcile(
        storage=storage,
        hasher=WrittenOut(),
        names=names,
        clock=clock,
        model=default_model(),
        profile=MatchingProfile(),
        stage_code=STAGE_CODE,
        same_organisation=False,
    )
    for organisation in ("school", "ggd", "zorg"):
        storage.organisations.put(make_organisation(organisation), previous_revision=None, audit=new_audit())
        storage.organisations.put_professional(make_professional(organisation))
    boy = give(storage, "lo-s1", youth=BOY)
    give(storage, "lo-s2", organisation="ggd", youth=replace(BOY, bsn=None))
    give(storage, "lo-s3", organisation="zorg", youth=SISTER)
    reconcile(boy.id)
    weighed_at = clock.now()
    clock.advance(timedelta(hours=1))
    change(storage, boy, state=SignalState.CLOSED, ended_at=clock.now(), keys=frozenset())
    reconcile(boy.id)
    reading = ReadMatches(storage=storage, names=names, clock=clock)

    matches = storage.matches.of_signal(boy.id)
    told = [
        reading.explanation(make_caller(make_organisation(side.organisation_id)), match.id)
        for match in matches
        for side in match.sides
    ]

    assert [match.state for match in matches] == [MatchState.ENDED] * 2
    assert {one.at for one in told} == {weighed_at}
    for one in told:
        assert sum(line.weight for line in one.explanation.evidence) == pytest.approx(one.explanation.total)
        assert one.explanation.total >= one.explanation.match_threshold
