"""One text per content of a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.signal import Informed, InformedHow, InformedPerson
from chalicelib.matching import Parent
from chalicelib.signals.content import canonical
from chalicelib.signals.request import SignalRequest
from tests.builders import make_youth
from tests.signal_requests import make_card, make_request

BOTH = Informed(
    whom=frozenset({InformedPerson.YOUTH, InformedPerson.LEGAL_REPRESENTATIVE}),
    on=date(2026, 11, 20),
    how=InformedHow.LETTER,
)


def test_equal_requests_have_one_text() -> None:
    """Sets have no order, and none shows."""
    whom = frozenset([InformedPerson.LEGAL_REPRESENTATIVE, InformedPerson.YOUTH])

    assert canonical(make_request(informed=BOTH)) == canonical(
        make_request(informed=replace(BOTH, whom=whom))
    )
    assert '"whom":["LEGAL_REPRESENTATIVE","YOUTH"]' in canonical(make_request(informed=BOTH))


@pytest.mark.parametrize(
    "other",
    [
        make_request(reference="LVS-2026-00018"),
        make_request(planned_end_date=date(2027, 8, 1)),
        make_request(informed=None),
        make_request(informed=BOTH),
        make_request(professional=make_card(telephone=None)),
        make_request(youth=make_youth(surname_prefix=None, surname="van der Meer")),
        make_request(youth=make_youth(parents=(Parent(surname="Bakker"),))),
    ],
)
def test_every_difference_makes_another_text(other: SignalRequest) -> None:
    """Nothing is left out."""
    assert canonical(other) != canonical(make_request())
