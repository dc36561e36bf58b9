"""Opening the archive: once, by who gave the signal, shortly after it was given (D36, D39)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import (
    HistoryClosed,
    SignalAlreadyEnded,
    SignalNotFound,
    SignalRestricted,
    WhyClosed,
)
from chalicelib.domain.history import History
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.organisation import ContactPoint, contact_card
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.signals.open_history import MOST_SHOWN, EarlierSignal, OpenedHistory, OpenHistory
from tests.builders import NOW, make_organisation, make_professional, make_signal
from tests.fakes import FakeNames, FakePseudonyms, FakeStorage, FixedClock
from tests.signal_requests import make_caller

SIGNAL, EARLIER = "lo-s1", "lo-a1"


def make_earlier(signal_id: str = EARLIER, **changes: object) -> Signal:
    """A signal that the ggd gave and closed."""
    closed = make_signal(
        signal_id,
        "ggd",
        state=SignalState.CLOSED,
        created_at=NOW - timedelta(days=700),
        ended_at=NOW - timedelta(days=300),
        pseudonym="5a" * 16,
    )
    return replace(closed, **changes)  # type: ignore[arg-type]  # each test names fields of a signal


class Desk:
    """A signal that was given now, whose youth the archive knows by these signals."""

    def __init__(self, *earlier: Signal, history: History | None = None, **legal: int) -> None:
        self.clock = FixedClock()
        self.storage = FakeStorage(self.clock)
        self.caller = make_caller(professional_id="p1")
        state = self.storage.state
        state.signals[SIGNAL] = make_signal(SIGNAL)
        state.histories[SIGNAL] = history or History(signal_id=SIGNAL, earlier=True)
        for name in ("school", "ggd"):
            state.organisations[name] = make_organisation(name)
            state.professionals[f"{name}#p1"] = make_professional(name)
        self.open = OpenHistory(
            storage=self.storage,
            find=lambda _: earlier,
            pseudonyms=FakePseudonyms(),
            names=FakeNames(),
            clock=self.clock,
            legal=LegalProfile(**legal),  # type: ignore[arg-type]  # each test names fields of a profile
        )

    def why_closed(self, key: str | None = None) -> WhyClosed:
        """Why it does not open; nothing is logged."""
        before = dict(self.storage.state.audit)
        with pytest.raises(HistoryClosed) as closed:
            self.open(self.caller, SIGNAL, key)
        assert self.storage.state.audit == before
        return closed.value.why


@pytest.mark.rule("D36")
def test_it_shows_who_gave_earlier_signals_and_when() -> None:
    """By their cards; nothing of the youth, no number, and never why."""
    desk = Desk(make_earlier())

    opened = desk.open(desk.caller, SIGNAL, None)

    card = contact_card(make_organisation("ggd"), make_professional("ggd"))
    assert opened == OpenedHistory(
        opened_at=NOW,
        items=(
            EarlierSignal(
                card=card,
                organisation="Organisation ggd",
                given_on=date(2024, 12, 22),
                ended_on=date(2026, 1, 26),
            ),
        ),
    )


@pytest.mark.rule("D9")
def test_cards_are_as_they_are_now() -> None:
    """A contact point speaks for its organisation; who is not known any more is nobody, but was there."""
    desk = Desk(make_earlier(), make_earlier("lo-a2", organisation_id="gone"))
    point = ContactPoint(name="Wijkteam", email="team@ggd.example", telephone=None)
    desk.storage.state.organisations["ggd"] = make_organisation("ggd", contact_point=point)

    opened = desk.open(desk.caller, SIGNAL, None)

    shown = [one.card and (one.card.organisation, one.card.name) for one in opened.items]
    assert shown == [("Wijkteam", None), None]


@pytest.mark.rule("D36")
def test_whose_card_got_lost_is_told_of_without_it() -> None:
    """Who opens the archive, once, at least learns where somebody was involved."""
    desk = Desk(make_earlier())
    del desk.storage.state.professionals["ggd#p1"]

    (item,) = desk.open(desk.caller, SIGNAL, None).items

    assert (item.card, item.organisation) == (None, "Organisation ggd")


@pytest.mark.rule("D36")
@pytest.mark.rule("D39")
def test_the_opening_is_logged_and_so_is_each_signal_that_was_shown() -> None:
    """Under the name of who asked, and the pseudonym of whom it is about."""
    desk = Desk(make_earlier())

    desk.open(desk.caller, SIGNAL, None)

    logged = [
        (one.act, one.resource, one.organisation_id, one.professional_id, one.youth)
        for one in desk.storage.state.audit.values()
    ]
    assert logged == [
        (Act.HISTORY_OPENED, SIGNAL, "school", "p1", None),
        (Act.HISTORY_SHOWN, EARLIER, "school", "p1", "5a" * 16),
    ]


@pytest.mark.rule("D36")
def test_it_opens_once() -> None:
    """A second time it says that it was opened, whatever key the request carries."""
    desk = Desk(make_earlier())
    desk.open(desk.caller, SIGNAL, "key-1")

    assert desk.why_closed() is WhyClosed.OPENED
    assert desk.why_closed("key-2") is WhyClosed.OPENED


def test_the_same_request_opens_it_again() -> None:
    """Its answer may have got lost; it is logged again, and says when it was opened first."""
    desk = Desk(make_earlier())
    first = desk.open(desk.caller, SIGNAL, "key-1")
    desk.clock.advance(timedelta(minutes=5))

    assert desk.open(desk.caller, SIGNAL, "key-1") == first
    acts = [one.act for one in desk.storage.state.audit.values()]
    assert acts == [Act.HISTORY_OPENED, Act.HISTORY_SHOWN] * 2


def test_of_two_openings_at_once_one_is_refused() -> None:
    """Both saw it closed; only one could write."""
    desk = Desk(make_earlier())

    def meanwhile(operation: str) -> None:
        if operation == "archive.open":
            desk.storage.state.before = lambda _: None
            desk.open(desk.caller, SIGNAL, "another")

    desk.storage.state.before = meanwhile
    with pytest.raises(HistoryClosed) as closed:
        desk.open(desk.caller, SIGNAL, "mine")

    assert closed.value.why is WhyClosed.OPENED


@pytest.mark.rule("D36")
def test_it_opens_to_nobody_but_who_gave_the_signal() -> None:
    """Not to a colleague, nor to a system that names nobody; to another organisation it is not there."""
    desk = Desk(make_earlier())
    for professional_id in ("p2", None):
        desk.caller = make_caller(professional_id=professional_id)
        assert desk.why_closed() is WhyClosed.NOT_THEIRS

    with pytest.raises(SignalNotFound):
        desk.open(make_caller(make_organisation("ggd"), professional_id="p1"), SIGNAL, None)


@pytest.mark.rule("D36")
@pytest.mark.parametrize(
    ("days", "after", "is_open"),
    [
        (1, timedelta(hours=23, minutes=59), True),
        (1, timedelta(hours=24), False),
        (3, timedelta(days=2, hours=23), True),
        (3, timedelta(days=3), False),
    ],
)
def test_it_opens_shortly_after_giving(days: int, after: timedelta, is_open: bool) -> None:  # noqa: FBT001 - expected
    """For as long as the legal profile says."""
    desk = Desk(make_earlier(), opening_within_days=days)
    desk.clock.advance(after)

    if is_open:
        assert desk.open(desk.caller, SIGNAL, None).items
    else:
        assert desk.why_closed() is WhyClosed.TOO_LATE


def test_it_does_not_open_before_anything_is_known() -> None:
    """Nor where there is nothing."""
    desk = Desk()
    del desk.storage.state.histories[SIGNAL]
    nothing = Desk(history=History(signal_id=SIGNAL, earlier=False))

    assert desk.why_closed() is WhyClosed.NOT_KNOWN_YET
    assert nothing.why_closed() is WhyClosed.NOTHING


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"state": SignalState.CLOSED}, SignalAlreadyEnded),
        ({"state": SignalState.RESTRICTED}, SignalRestricted),
        ({"ends_on": date(2026, 11, 21)}, SignalAlreadyEnded),
    ],
)
def test_it_opens_for_an_active_signal_only(changes: dict[str, object], error: type[Exception]) -> None:
    """Past its last day it is over, run or no run."""
    desk = Desk(make_earlier())
    state = desk.storage.state
    state.signals[SIGNAL] = replace(state.signals[SIGNAL], **changes)  # type: ignore[arg-type]  # as above

    with pytest.raises(error):
        desk.open(desk.caller, SIGNAL, None)


def test_more_than_fit_in_one_write_are_not_shown() -> None:
    """The latest that ended are."""
    desk = Desk(*(make_earlier(f"lo-a{place}") for place in range(MOST_SHOWN + 1)))

    assert len(desk.open(desk.caller, SIGNAL, None).items) == MOST_SHOWN
