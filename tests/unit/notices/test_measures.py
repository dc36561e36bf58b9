"""What a professional reads of a measure on their signal: mails and events (D33; GDPR, article 19)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib.domain.notice import OF_MEASURE, Notice, NoticeKind, NoticeState, of_measure
from chalicelib.domain.organisation import Language
from chalicelib.domain.signal import SignalState
from chalicelib.notices.measure_wording import MEASURE_WORDINGS
from chalicelib.notices.own_signals import OwnNews, render_own_news
from tests.builders import NOW, make_professional, make_signal
from tests.readability import read_in_dutch, read_in_english
from tests.unit.notices.scene import REGION, SCHOOL, Scene

pytestmark = pytest.mark.rule("D33")

GOLDEN = Path(__file__).parent / "golden"
TOPIC = "arn:aws:sns:eu-central-1:000000000000:verwijsindex-test-events-school"
OWN = make_signal("lo-s1", "school", number="S-7KQ4-M2XD", reference="LVS-2026-00017")
COLLEAGUE = "school#p2"

LEAVES = {
    NoticeKind.SIGNAL_CORRECTED: SignalState.ACTIVE,
    NoticeKind.SIGNAL_RESTRICTED: SignalState.RESTRICTED,
    NoticeKind.SIGNAL_RESTORED: SignalState.ACTIVE,
    NoticeKind.SIGNAL_CLOSED: SignalState.CLOSED,
    NoticeKind.SIGNAL_ERASED: SignalState.ERASED,
}
"""The state in which each measure leaves a signal."""


def make_word(kind: NoticeKind, receiver: str = SCHOOL) -> Notice:
    """What tells of a measure on the school's own signal."""
    return of_measure(kind, OWN.id, receiver, 3, NOW)


def left(kind: NoticeKind, scene: Scene, state: SignalState | None = None) -> Notice:
    """A word that is due, of a signal as the measure left it, or as it became since."""
    signal = scene.signal("lo-s1", "school", number=OWN.number)
    scene.storage.state.signals[signal.id] = replace(signal, state=state or LEAVES[kind])
    notice = make_word(kind)
    scene.storage.state.put_new_notice(notice)
    return notice


@pytest.fixture
def scene() -> Scene:
    """A school with a topic."""
    scene = Scene()
    scene.organisation("school", topic_arn=TOPIC)
    return scene


@pytest.mark.parametrize("kind", sorted(OF_MEASURE))
@pytest.mark.parametrize("language", list(Language))
def test_a_measure_reads_word_for_word_as_agreed(kind: NoticeKind, language: Language) -> None:
    """What happened to the signal, by its number; not why, and of no other person."""
    addressee = replace(make_professional(), language=language)
    own = replace(
        OWN, state=LEAVES[kind], reference="" if kind is NoticeKind.SIGNAL_ERASED else OWN.reference
    )
    mail = render_own_news(addressee, [OwnNews(make_word(kind), own)], REGION)

    name = kind.lower().replace("_", "-")
    expected = (GOLDEN / f"{name}.{language}.txt").read_text(encoding="utf-8")
    assert f"Subject: {mail.subject}\n\n{mail.text}" == expected
    why = ("verzoek", "bezwaar", "gezin", "ouder", "request", "objection", "family", "parent")
    said = mail.text.replace("Noem geen namen van kinderen of ouders", "")
    said = said.replace("Please name no children or parents", "").casefold()
    assert [word for word in why if word in said] == []


@pytest.mark.parametrize("kind", sorted(OF_MEASURE))
def test_the_words_of_a_measure_are_easy_to_read(kind: NoticeKind) -> None:
    """As those of the letters to parents: 80 at least, and no sentence of more than 15 words."""
    for language, read in ((Language.DUTCH, read_in_dutch), (Language.ENGLISH, read_in_english)):
        words = MEASURE_WORDINGS[kind][language]
        measured = read([words.opening, *words.lines])
        assert measured.ease >= 80
        assert measured.longest_sentence <= 15
        assert measured.words_a_sentence <= 10


@pytest.mark.parametrize("kind", sorted(OF_MEASURE))
def test_a_measure_becomes_a_mail_and_an_event(scene: Scene, kind: NoticeKind) -> None:
    """The event leads to the organisation's own signal, and says what happened to it."""
    notice = left(kind, scene)

    report = scene.deliver()

    assert (report.mails, report.sent, report.events) == (1, 1, 1)
    assert scene.now(notice).state is NoticeState.SENT
    ((topic, event),) = scene.published
    assert topic == TOPIC
    assert event["type"] == f"nl.verwijsindex.signal.{kind.removeprefix('SIGNAL_').lower()}.v1"
    assert (event["id"], event["subject"], event["data"]) == (notice.id, "lo-s1", {"signalId": "lo-s1"})


@pytest.mark.parametrize(
    ("kind", "since"),
    [
        (NoticeKind.SIGNAL_RESTRICTED, SignalState.ACTIVE),
        (NoticeKind.SIGNAL_RESTRICTED, SignalState.ERASED),
        (NoticeKind.SIGNAL_RESTORED, SignalState.RESTRICTED),
        (NoticeKind.SIGNAL_CORRECTED, SignalState.ERASED),
        (NoticeKind.SIGNAL_CLOSED, SignalState.ERASED),
    ],
)
def test_what_is_no_longer_so_is_not_told(scene: Scene, kind: NoticeKind, since: SignalState) -> None:
    """What came after it has a word of its own."""
    notice = left(kind, scene, since)

    assert scene.deliver().cancelled == 1
    assert (scene.mails, scene.now(notice).state) == ([], NoticeState.CANCELLED)


@pytest.mark.rule("D28")
def test_who_took_the_signal_over_is_told_in_the_place_of_who_left(scene: Scene) -> None:
    """Once, also when the first writing of it was followed by a crash."""
    notice = left(NoticeKind.SIGNAL_CLOSED, scene)
    held = scene.storage.state.signals["lo-s1"]
    scene.storage.state.signals["lo-s1"] = replace(held, professional_id="p2")
    scene.professional("school", "p2", email="p2@school.example")
    scene.storage.state.put_new_notice(make_word(NoticeKind.SIGNAL_CLOSED, COLLEAGUE))

    scene.deliver()
    scene.deliver(COLLEAGUE)
    scene.deliver(COLLEAGUE)

    assert scene.now(notice).state is NoticeState.CANCELLED
    assert [mail.to for mail in scene.mails] == ["p2@school.example"]


@pytest.mark.rule("D28")
def test_a_word_goes_over_to_who_has_the_signal_now(scene: Scene) -> None:
    """Who left gets nothing, nothing is lost, and who has it hears at once."""
    left(NoticeKind.SIGNAL_CLOSED, scene)
    held = scene.storage.state.signals["lo-s1"]
    scene.storage.state.signals["lo-s1"] = replace(held, professional_id="p2")

    scene.deliver()

    moved = make_word(NoticeKind.SIGNAL_CLOSED, COLLEAGUE)
    assert scene.now(moved) == replace(moved, created_at=NOW)
    assert scene.storage.state.wakes == {COLLEAGUE: 1}
    assert scene.mails == []
