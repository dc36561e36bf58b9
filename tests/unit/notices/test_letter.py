"""How tidings become a letter: grouped by the receiver's own cases, no card twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import contact_card
from chalicelib.domain.signal import Signal
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.letter import Block, Entry, Letter, Section, compose, one_line
from chalicelib.notices.tidings import Tiding
from tests.builders import NOW, make_match, make_organisation, make_professional, make_signal
from tests.unit.notices.scene import SCHOOL, Scene

CARD = contact_card(make_organisation("ggd"), make_professional("ggd"))


def tiding(own: Signal, other: Signal, told: NoticeKind = NoticeKind.STARTED, **changes: Any) -> Tiding:
    """What a school hears of a nurse."""
    scene = Scene()
    match = make_match(own, other, **changes)
    return Tiding(
        notice=scene.notice(match, told, SCHOOL),
        match=match,
        own=own,
        others=(match.other_side(own.id),),
        cards=(CARD,),
    )


def letter_of(*tidings: Tiding) -> Letter:
    """The letter to the school."""
    return compose(make_professional(), tidings)


def test_a_card_known_by_two_signals_is_shown_once_since_the_first() -> None:
    """A nurse who renewed is one person."""
    own = make_signal("lo-1")

    letter = letter_of(
        tiding(own, make_signal("lo-3", "ggd")),
        tiding(own, make_signal("lo-2", "ggd"), since=NOW - timedelta(days=3)),
    )

    assert letter.sections == (
        Section(
            number=own.number,
            reference=own.reference,
            blocks=(
                Block(
                    told=NoticeKind.STARTED,
                    kind=MatchKind.PERSON,
                    match_key="M-AAAA-AAAA-A",
                    entries=(Entry(card=CARD, day=date(2026, 11, 19)),),
                ),
            ),
        ),
    )
    assert letter.count(NoticeKind.STARTED) == 1


def test_cases_are_kept_apart_by_the_receivers_own_signal() -> None:
    """Number and reference tell which case it is."""
    nurse = make_signal("lo-9", "ggd")
    first, second = make_signal("lo-1"), make_signal("lo-2")

    letter = letter_of(tiding(second, nurse), tiding(first, nurse))

    assert [section.number for section in letter.sections] == [first.number, second.number]
    assert letter.count(NoticeKind.STARTED) == 2


def test_within_a_case_beginnings_come_first_and_persons_before_households() -> None:
    """And each match key is a block of its own."""
    own, other = make_signal("lo-1"), make_signal("lo-2", "ggd")

    letter = letter_of(
        tiding(own, other, NoticeKind.ENDED),
        tiding(own, other, kind=MatchKind.HOUSEHOLD, match_key="M-BBBB-BBBB-B"),
        tiding(own, other, match_key="M-CCCC-CCCC-C"),
        tiding(own, other),
    )

    assert [(block.told, block.kind, block.match_key[2]) for block in letter.sections[0].blocks] == [
        (NoticeKind.STARTED, MatchKind.PERSON, "A"),
        (NoticeKind.STARTED, MatchKind.PERSON, "C"),
        (NoticeKind.STARTED, MatchKind.HOUSEHOLD, "B"),
        (NoticeKind.ENDED, MatchKind.PERSON, "A"),
    ]


def test_days_are_those_of_amsterdam() -> None:
    """Half past eleven at night in UTC is the next day there."""
    late = NOW.replace(hour=23, minute=30)

    letter = letter_of(tiding(make_signal("lo-1"), make_signal("lo-2", "ggd"), since=late))

    assert letter.sections[0].blocks[0].entries[0].day == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("P. de Wit\r\nBcc: x@y.example", "P. de Wit Bcc: x@y.example"),
        ("  twee   spaties ", "twee spaties"),
        ("om\u202egekeerd\x00", "om gekeerd"),
        ("Ștefănescu-O'Brien", "Ștefănescu-O'Brien"),
    ],
)
def test_a_text_is_one_visible_line(given_text: str, shown: str) -> None:
    """No line can be forged, no direction turned."""
    assert one_line(given_text) == shown


@given(st.text())
def test_one_line_holds_no_control_character(text: str) -> None:
    """Whatever came in."""
    assert one_line(text).isprintable()
