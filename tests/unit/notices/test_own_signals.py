"""What is about an own signal alone, a question or a reminder: mails and events that tell of nobody else."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.notice import (
    DATED,
    OF_OWN_SIGNAL,
    OF_REQUEST,
    Notice,
    NoticeKind,
    NoticeState,
    reminder,
)
from chalicelib.domain.organisation import Language
from chalicelib.domain.signal import SignalState
from chalicelib.notices.own_signals import OwnNews, render_own_news
from chalicelib.notices.own_wording import OWN_WORDINGS
from chalicelib.ports.errors import DeliveryUnavailable
from tests.builders import NOW, make_professional, make_signal
from tests.unit.notices.scene import NURSE, REGION, SCHOOL, Scene
from tests.unit.notices.test_contrast import ENOUGH, Colours, contrast
from tests.unit.notices.test_mail import Page

GOLDEN = Path(__file__).parent / "golden"
TOPIC = "arn:aws:sns:eu-central-1:000000000000:verwijsindex-test-events-school"
OWN = make_signal("lo-s1", "school", number="S-7KQ4-M2XD", reference="LVS-2026-00017")
LAST_DAY = date(2026, 12, 6)


def make_question(**changes: object) -> Notice:
    """A question about the school's own signal."""
    notice = Notice(
        id="lo-9f",
        kind=NoticeKind.CONFIRMATION,
        state=NoticeState.PENDING,
        match_id="lo-review",
        episode=1,
        receiver=SCHOOL,
        signal_id="lo-s1",
        created_at=NOW,
    )
    return replace(notice, **changes)  # type: ignore[arg-type] # parts of the notice


def asked(scene: Scene, **changes: object) -> Notice:
    """A question that is due."""
    notice = make_question(**changes)
    scene.storage.state.put_new_notice(notice)
    return notice


@pytest.fixture
def scene() -> Scene:
    """A school with a topic and a signal of its own."""
    scene = Scene()
    scene.organisation("school", topic_arn=TOPIC)
    scene.signal("lo-s1", "school", number=OWN.number, reference=OWN.reference)
    return scene


@pytest.mark.parametrize("language", list(Language))
def test_the_question_reads_word_for_word_as_agreed(language: Language) -> None:
    """Whoever changes a word changes a golden file."""
    addressee = replace(make_professional(), language=language)
    mail = render_own_news(addressee, [OwnNews(make_question(), OWN)], REGION)

    expected = (GOLDEN / f"question.{language}.txt").read_text(encoding="utf-8")
    assert f"Subject: {mail.subject}\n\n{mail.text}" == expected


@pytest.mark.rule("D16")
@pytest.mark.parametrize("language", list(Language))
def test_the_question_tells_of_nobody_else(language: Language) -> None:
    """Not that there is another, not a match, not the review, and nothing of the youth (D18)."""
    addressee = replace(make_professional(), language=language)
    mail = render_own_news(addressee, [OwnNews(make_question(), OWN)], REGION)

    told = " ".join([mail.subject, mail.text, mail.html, *mail.headers.values()]).casefold()
    words = ("match", "ander", "other", "organisat", "instantie", "lo-review", "meer", "sebastiaan", "2014")
    assert [word for word in words if word in told.replace("otherwise", "")] == []


def test_the_page_says_what_the_text_says() -> None:
    """Whole, readable by day and in the dark, without anything that is fetched."""
    mail = render_own_news(make_professional(), [OwnNews(make_question(), OWN)], REGION)
    page = Page(mail.html)
    shown = " ".join(page.text.split())

    assert page.open == []
    assert not page.tags & {"img", "script", "iframe", "form", "link", "object", "video", "base", "a"}
    asked_in_dutch = OWN_WORDINGS[NoticeKind.CONFIRMATION][Language.DUTCH]
    for line in (OWN.number, OWN.reference, asked_in_dutch.opening, *asked_in_dutch.lines):
        assert line in shown
    for dark in (False, True):
        colours = Colours(mail.html, dark=dark).shown
        assert [word for text, ground, word in colours if contrast(text, ground) < ENOUGH] == []


def test_several_questions_are_one_mail_and_a_signal_is_named_once() -> None:
    """The headline counts signals."""
    other = make_signal("lo-s2", "school", number="S-8888-8888", reference="<b>2</b>")
    questions = [
        OwnNews(make_question(id=f"lo-{number}"), own) for number, own in enumerate((OWN, other, OWN))
    ]

    mail = render_own_news(make_professional(), questions, REGION)

    assert mail.subject == "Verwijsindex: 2 signalen om te controleren"
    assert mail.text.count("S-7KQ4-M2XD") == 1
    assert mail.headers["X-Notice-Id"] == "lo-0, lo-1, lo-2"
    assert "<b>" not in mail.html


def test_a_question_becomes_a_mail_and_an_event(scene: Scene) -> None:
    """The event leads to the organisation's own signal and names nothing else."""
    notice = asked(scene)

    report = scene.deliver()

    assert (report.mails, report.sent, report.events) == (1, 1, 1)
    assert scene.now(notice).state is NoticeState.SENT
    assert scene.published == [
        (
            TOPIC,
            {
                "specversion": "1.0",
                "id": "lo-9f",
                "source": "urn:nld:oin:00000099000000002000:systeem:verwijsindex",
                "type": "nl.verwijsindex.signal.confirmation-requested.v1",
                "subject": "lo-s1",
                "time": "2026-11-22T09:30:00.000Z",
                "datacontenttype": "application/json",
                "dataref": "https://verwijsindex.midden-nederland.example/v1/signals/lo-s1",
                "data": {"signalId": "lo-s1"},
            },
        )
    ]


def test_a_question_never_stands_beside_a_match(scene: Scene) -> None:
    """Two mails: whoever read them in one would put two and two together."""
    scene.notice(scene.match(scene.storage.state.signals["lo-s1"], scene.signal("lo-s2", "ggd")))
    asked(scene)

    assert scene.deliver().mails == 2
    assert [("controleren" in mail.subject) for mail in scene.mails] == [False, True]


@pytest.mark.parametrize("state", [SignalState.CLOSED, SignalState.RETRACTED])
def test_a_question_about_a_signal_that_has_ended_is_cancelled(scene: Scene, state: SignalState) -> None:
    """There is nothing to confirm any more."""
    notice = asked(scene)
    scene.end_signal(scene.storage.state.signals["lo-s1"], state)

    assert scene.deliver().cancelled == 1
    assert (scene.mails, scene.now(notice).state) == ([], NoticeState.CANCELLED)


@pytest.mark.rule("D28")
def test_a_question_about_a_signal_that_changed_hands_is_cancelled(scene: Scene) -> None:
    """It is not theirs to confirm; the administrator can ask again."""
    notice = asked(scene, receiver=NURSE)
    scene.organisation("ggd")
    scene.professional("ggd")

    scene.deliver(NURSE)

    assert (scene.mails, scene.now(notice).state) == ([], NoticeState.CANCELLED)


def test_a_question_waits_for_the_mail_service(scene: Scene) -> None:
    """As every notice does, and it is sent once."""
    notice = asked(scene)
    scene.mailer.failures = deque([DeliveryUnavailable()])

    scene.deliver()
    waiting = scene.now(notice)
    scene.clock.advance(timedelta(minutes=5))
    scene.deliver()

    assert (waiting.state, scene.now(notice).state) == (NoticeState.PENDING, NoticeState.SENT)
    assert len(scene.mails) == 1


def test_when_only_the_event_failed_the_mail_is_not_repeated(scene: Scene) -> None:
    """The next attempt publishes alone."""
    asked(scene)
    scene.events.failures = deque([DeliveryUnavailable()])

    scene.deliver()
    scene.clock.advance(timedelta(minutes=5))
    scene.deliver()

    assert (len(scene.mails), len(scene.published)) == (1, 1)


def make_reminder(day: date = LAST_DAY) -> Notice:
    """A reminder that the school's own signal ends."""
    return reminder(NoticeKind.END_NEAR, OWN.id, SCHOOL, day, NOW)


@pytest.mark.rule("D7")
@pytest.mark.parametrize("language", list(Language))
def test_the_reminder_reads_word_for_word_as_agreed(language: Language) -> None:
    """The number, the own reference and the day; that renewing takes informing anew."""
    addressee = replace(make_professional(), language=language)
    mail = render_own_news(addressee, [OwnNews(make_reminder(), OWN)], REGION)

    expected = (GOLDEN / f"end-near.{language}.txt").read_text(encoding="utf-8")
    assert f"Subject: {mail.subject}\n\n{mail.text}" == expected


@pytest.mark.rule("D30")
@pytest.mark.parametrize("kind", [NoticeKind.INFORMING_NEAR, NoticeKind.INFORMING_OVERDUE])
@pytest.mark.parametrize("language", list(Language))
def test_the_reminders_of_informing_read_word_for_word_as_agreed(
    kind: NoticeKind, language: Language
) -> None:
    """Whom to tell by age, by when, and what to record."""
    addressee = replace(make_professional(), language=language)
    notice = reminder(kind, OWN.id, SCHOOL, LAST_DAY, NOW)
    mail = render_own_news(addressee, [OwnNews(notice, OWN)], REGION)

    name = kind.lower().replace("_", "-")
    expected = (GOLDEN / f"{name}.{language}.txt").read_text(encoding="utf-8")
    assert f"Subject: {mail.subject}\n\n{mail.text}" == expected


def test_the_ages_are_those_of_the_regions_law() -> None:
    """Another law, another mail."""
    region = replace(
        REGION, legal=LegalProfile.of({"informs_youth_from": 10, "informs_youth_alone_from": 18})
    )
    notice = reminder(NoticeKind.INFORMING_NEAR, OWN.id, SCHOOL, LAST_DAY, NOW)

    text = render_own_news(make_professional(), [OwnNews(notice, OWN)], region).text

    assert "Is de jongere 10 tot en met 17 jaar?" in text


@pytest.mark.rule("D30")
@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, NoticeState.SENT),
        ({"inform_by": None}, NoticeState.CANCELLED),
        ({"state": SignalState.CLOSED, "inform_by": None}, NoticeState.CANCELLED),
        ({"professional_id": "p2"}, NoticeState.CANCELLED),
    ],
    ids=["not told yet", "told meanwhile", "ended", "another professional"],
)
def test_a_reminder_of_informing_is_sent_while_the_family_is_not_told(
    scene: Scene, change: dict[str, object], state: NoticeState
) -> None:
    """And to whoever has to tell them."""
    signal = scene.signal("lo-s1", "school", inform_by=LAST_DAY)
    notice = reminder(NoticeKind.INFORMING_NEAR, OWN.id, SCHOOL, LAST_DAY, NOW)
    scene.storage.state.put_new_notice(notice)
    scene.storage.state.signals[signal.id] = replace(signal, **change)  # type: ignore[arg-type] # parts of it

    scene.deliver()

    assert (scene.now(notice).state, len(scene.mails)) == (state, int(state is NoticeState.SENT))


@pytest.mark.rule("D3")
@pytest.mark.parametrize("kind", sorted(OF_OWN_SIGNAL))
@pytest.mark.parametrize("language", list(Language))
def test_what_is_said_of_an_own_signal_names_no_youth(kind: NoticeKind, language: Language) -> None:
    """A number and a reference tell the professional which case it is."""
    addressee = replace(make_professional(), language=language)
    notice = replace(make_reminder(), kind=kind)
    mail = render_own_news(addressee, [OwnNews(notice, OWN)], REGION)

    told = " ".join([mail.subject, mail.text, mail.html, *mail.headers.values()]).casefold()
    assert [word for word in ("sebastiaan", "van der meer", "2014", "utrecht") if word in told] == []
    assert (mail.text.count(OWN.number), OWN.number in mail.html) == (1, True)


def test_a_reminder_becomes_a_mail_and_an_event(scene: Scene) -> None:
    """Beside it no match, no question: a mail of its own."""
    scene.signal("lo-s1", "school", number=OWN.number, ends_on=LAST_DAY)
    notice = make_reminder()
    scene.storage.state.put_new_notice(notice)
    asked(scene)

    report = scene.deliver()

    assert (report.mails, report.sent, report.events) == (2, 2, 2)
    assert [mail.subject for mail in scene.mails] == [
        "Verwijsindex: 1 signaal om te controleren",
        "Verwijsindex: 1 signaal stopt binnenkort",
    ]
    assert {event["type"] for _, event in scene.published} == {
        "nl.verwijsindex.signal.confirmation-requested.v1",
        "nl.verwijsindex.signal.end-near.v1",
    }
    assert scene.now(notice).state is NoticeState.SENT


@pytest.mark.parametrize(
    "change",
    [{"ends_on": date(2027, 7, 1)}, {"professional_id": "p2"}, {"state": SignalState.CLOSED}],
    ids=lambda change: next(iter(change)),
)
def test_a_reminder_that_is_no_longer_so_is_not_sent(scene: Scene, change: dict[str, object]) -> None:
    """Another last day, another professional, or no signal any more."""
    signal = scene.signal("lo-s1", "school", ends_on=LAST_DAY)
    notice = make_reminder()
    scene.storage.state.put_new_notice(notice)
    scene.storage.state.signals[signal.id] = replace(signal, **change)  # type: ignore[arg-type] # parts of it

    assert scene.deliver().cancelled == 1
    assert (scene.mails, scene.now(notice).state) == ([], NoticeState.CANCELLED)


def test_each_kind_has_its_words_in_each_language() -> None:
    """Whoever adds a kind writes its words."""
    assert set(OWN_WORDINGS) == OF_OWN_SIGNAL | OF_REQUEST
    assert all(set(words) == set(Language) for words in OWN_WORDINGS.values())
    assert all(
        (words[Language.DUTCH].day is not None) is (kind in DATED) for kind, words in OWN_WORDINGS.items()
    )


DUE = date(2026, 12, 20)


def make_advice(**changes: object) -> Notice:
    """A question for advice on a request about the school's own signal."""
    return replace(
        make_question(id="lo-ad", kind=NoticeKind.ADVICE, match_id="lo-r1", episode=DUE.toordinal()),
        **changes,  # type: ignore[arg-type] # parts of the notice
    )


def make_term() -> Notice:
    """A warning to who handles a request."""
    return make_advice(id="lo-te", kind=NoticeKind.TERM, signal_id=None)


@pytest.mark.rule("D31")
@pytest.mark.parametrize("language", list(Language))
def test_advice_is_asked_word_for_word_as_agreed(language: Language) -> None:
    """About an own signal, with the day of the decision; never what is asked, or by whom."""
    addressee = replace(make_professional(), language=language)
    mail = render_own_news(addressee, [OwnNews(make_advice(), OWN)], REGION)

    expected = (GOLDEN / f"advice.{language}.txt").read_text(encoding="utf-8")
    assert f"Subject: {mail.subject}\n\n{mail.text}" == expected


@pytest.mark.rule("D31")
@pytest.mark.parametrize("language", list(Language))
def test_a_term_is_warned_of_word_for_word_as_agreed(language: Language) -> None:
    """The request by its id, and the day on which it is due."""
    addressee = replace(make_professional(), language=language)
    mail = render_own_news(addressee, [OwnNews(make_term(), None)], REGION)

    expected = (GOLDEN / f"term.{language}.txt").read_text(encoding="utf-8")
    assert f"Subject: {mail.subject}\n\n{mail.text}" == expected


@pytest.mark.rule("D31")
def test_advice_and_terms_become_mails_and_events(scene: Scene) -> None:
    """The event leads to where advice is given, or the request read."""
    for notice in (make_advice(), make_term()):
        scene.storage.state.put_new_notice(notice)

    report = scene.deliver()

    assert (report.mails, report.sent, report.events) == (2, 2, 2)
    told = {
        event["type"]: (event["subject"], event["dataref"], event["data"]) for _, event in scene.published
    }
    base = "https://verwijsindex.midden-nederland.example/v1/requests/lo-r1"
    assert told == {
        "nl.verwijsindex.request.advice-asked.v1": (
            "lo-r1",
            f"{base}/advice",
            {"requestId": "lo-r1", "signalId": "lo-s1"},
        ),
        "nl.verwijsindex.request.term-near.v1": ("lo-r1", base, {"requestId": "lo-r1"}),
    }


@pytest.mark.rule("D33")
@pytest.mark.parametrize(
    ("state", "sent"), [(SignalState.RESTRICTED, 1), (SignalState.CLOSED, 0), (SignalState.ACTIVE, 1)]
)
def test_advice_is_asked_while_the_signal_has_not_ended(scene: Scene, state: SignalState, sent: int) -> None:
    """Hidden meanwhile, it is what the advice is about."""
    held = scene.storage.state.signals["lo-s1"]
    scene.storage.state.signals["lo-s1"] = replace(held, state=state)
    scene.storage.state.put_new_notice(make_advice())

    assert scene.deliver().mails == sent
