"""What is heard of mails that left: on their notices, on the address, and to the organisation (D28)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.notice import MailOutcome, Notice, NoticeKind, NoticeState
from chalicelib.domain.organisation import (
    ContactPoint,
    Language,
    Mailbox,
    MailTrouble,
    OrganisationState,
    Professional,
)
from chalicelib.notices.deliver import UNREACHABLE
from chalicelib.notices.feedback import KNOWN_WITHIN, Hearing, HearOfMail
from chalicelib.notices.report import DeliveryReport
from chalicelib.notices.ses_events import read_event
from chalicelib.notices.warn import WarnOrganisation
from chalicelib.ports.errors import DeliveryRejected, DeliveryUnavailable, StorageBusy
from chalicelib.ports.world import Mail
from tests.builders import NOW
from tests.unit.notices.mail_events import bounce, complaint, delivery
from tests.unit.notices.scene import NURSE, REGION, SCHOOL, Scene

TOPIC = "arn:aws:sns:eu-central-1:000000000000:verwijsindex-local-school"
OFFICE = "beheer@school.example"


@dataclass(slots=True)
class Post(Scene):
    """A scene in which one notice was told to the school, in ``mail-1``."""

    told_notice: Notice = field(init=False)

    def __post_init__(self) -> None:
        """Deliver it."""
        Scene.__post_init__(self)
        self.organisation("school", administrator=OFFICE, topic_arn=TOPIC)
        match = self.match(self.signal("lo-1", "school"), self.signal("lo-2", "ggd"))
        self.told_notice = self.notice(match)
        self.deliver()

    def hear(self, body: str, published_at: datetime | None = None) -> Hearing:
        """One event of a mail."""
        event = read_event(body)
        assert event is not None
        warn = WarnOrganisation(storage=self.storage, mailer=self.mailer, events=self.events, region=REGION)
        hear = HearOfMail(storage=self.storage, warn=warn, names=self.names, clock=self.clock)
        return hear(event, published_at=published_at or self.clock.now())

    @property
    def mails(self) -> list[Mail]:
        """The mails that left after that one."""
        return self.mailer.sent[1:]

    @property
    def published(self) -> list[tuple[str, Mapping[str, str | Mapping[str, str]]]]:
        """The events that left after that one's."""
        return self.events.published[1:]

    @property
    def card(self) -> Professional:
        """Of whom it was told."""
        return self.storage.state.professionals[SCHOOL]


@pytest.fixture
def post() -> Post:
    """A mail that left."""
    return Post()


def test_a_delivery_is_recorded_on_every_notice_in_the_mail(post: Post) -> None:
    """And on no other."""
    assert post.hear(delivery()) is Hearing.RECORDED

    notice = post.now(post.told_notice)
    assert [one.outcome for one in notice.heard] == [MailOutcome.DELIVERED]
    assert (notice.state, post.card.mailbox) == (NoticeState.SENT, None)


def test_all_notices_of_a_mail_share_what_became_of_it() -> None:
    """A mail bundles them."""
    scene = Post()
    own = scene.storage.state.signals["lo-1"]
    both = [
        scene.notice(scene.match(own, scene.signal(one, who)))
        for one, who in (("lo-3", "debt"), ("lo-4", "zorg"))
    ]
    scene.deliver()

    scene.hear(bounce(message_id="mail-2"))

    assert {scene.now(one).state for one in both} == {NoticeState.BOUNCED}
    assert scene.now(scene.told_notice).state is NoticeState.SENT


@pytest.mark.rule("D28")
def test_an_address_that_bounces_is_flagged_and_gets_no_more_mail(post: Post) -> None:
    """Its notices wait; the audit trail says whose address it is, not which."""
    assert post.hear(bounce()) is Hearing.FLAGGED
    post.clock.advance(timedelta(hours=2))

    assert post.deliver() == DeliveryReport(held=1)
    assert [mail.to for mail in post.mails] == [OFFICE]
    assert post.now(post.told_notice).due_at == post.clock.now() + UNREACHABLE
    assert post.card.mailbox == Mailbox(
        address="p1@school.example",
        trouble=MailTrouble.BOUNCES,
        since=datetime.fromisoformat("2026-11-22T09:31:00.123Z"),
        told=True,
    )
    (entry,) = [one for one in post.storage.state.audit.values() if one.act is Act.ADDRESS_FLAGGED]
    assert (entry.organisation_id, entry.professional_id, entry.resource) == (
        "school",
        "p1",
        post.told_notice.id,
    )


@pytest.mark.rule("D28")
def test_what_came_back_is_told_at_the_new_address(post: Post) -> None:
    """With all that gathered meanwhile, in one mail; the first one's bounce is forgotten."""
    post.hear(bounce())
    post.notice(post.match(post.storage.state.signals["lo-1"], post.signal("lo-3", "debt")))
    assert post.deliver() == DeliveryReport(held=2)
    post.professional("school", email="new@school.example")
    post.clock.advance(UNREACHABLE)

    assert post.deliver() == DeliveryReport(mails=1, sent=2, events=2)
    assert [mail.to for mail in post.mails] == [OFFICE, "new@school.example"]
    notice = post.now(post.told_notice)
    assert (notice.state, notice.heard, notice.due_at) == (NoticeState.SENT, (), None)


@pytest.mark.rule("D37")
def test_the_end_of_what_came_back_is_not_told(post: Post) -> None:
    """Nobody hears of the end of something they were never told."""
    post.hear(bounce())
    match = post.storage.state.matches[post.told_notice.match_id]
    post.notice(post.end_match(match), NoticeKind.ENDED)
    post.professional("school", email="new@school.example")
    post.clock.advance(UNREACHABLE)

    assert post.deliver() == DeliveryReport(cancelled=2)


def test_a_mailbox_that_was_full_is_tried_again(post: Post) -> None:
    """Half a day later, at the same address; nobody is bothered."""
    assert post.hear(bounce("Transient", "MailboxFull")) is Hearing.RECORDED
    assert post.deliver() == DeliveryReport()
    post.clock.advance(timedelta(hours=13))

    assert post.deliver() == DeliveryReport(mails=1, sent=1, events=1)
    assert [mail.to for mail in post.mails] == ["p1@school.example"]
    assert post.card.mailbox is None


def test_mail_that_is_not_available_leaves_a_bounced_notice_bounced(post: Post) -> None:
    """It keeps what was heard of the mail that came back."""
    post.hear(bounce("Transient", "MailboxFull"))
    before = post.now(post.told_notice)
    post.clock.advance(timedelta(hours=13))
    post.mailer.failures.append(DeliveryUnavailable("Throttling"))

    assert post.deliver() == DeliveryReport(postponed=1)

    notice = post.now(post.told_notice)
    assert replace(notice, due_at=before.due_at, attempts=before.attempts) == before


@pytest.mark.rule("D28")
def test_the_administrator_hears_which_signal_it_is_about(post: Post) -> None:
    """Not whose address, not which: the organisation's own signal leads there."""
    post.hear(bounce())

    (mail,) = post.mails
    signal = post.storage.state.signals["lo-1"]
    assert (mail.to, mail.subject) == (OFFICE, "Verwijsindex: Een e-mailadres werkt niet")
    for body in (mail.text, mail.html):
        assert signal.number in body
        for hidden in ("p1@school.example", post.card.name, signal.reference, "ggd"):
            assert hidden not in body


@pytest.mark.rule("D28")
def test_the_organisations_system_hears_by_an_event_without_person_data(post: Post) -> None:
    """It leads to the signal, whose professional has the address."""
    post.hear(complaint())

    ((topic, event),) = post.published
    assert topic == TOPIC
    assert event == {
        "specversion": "1.0",
        "id": f"{post.told_notice.id}.mailbox",
        "source": "urn:nld:oin:00000099000000002000:systeem:verwijsindex",
        "type": "nl.verwijsindex.mailbox.unreachable.v1",
        "time": "2026-11-22T09:31:00.123Z",
        "datacontenttype": "application/json",
        "subject": "lo-1",
        "dataref": "https://verwijsindex.midden-nederland.example/v1/signals/lo-1",
        "data": {"signalId": "lo-1", "reason": "COMPLAINED"},
    }


@pytest.mark.rule("D17")
def test_a_supervisor_has_no_signal_to_be_led_to(post: Post) -> None:
    """The mail says whose address it is by what they do."""
    match = post.storage.state.matches[post.told_notice.match_id]
    post.organisation("utrecht", administrator="office@utrecht.example", topic_arn=TOPIC)
    post.professional("utrecht", language=Language.ENGLISH)
    post.notice(match, receiver="utrecht#p1")
    post.deliver("utrecht#p1")

    post.hear(bounce(message_id="mail-2", to="p1@utrecht.example"))

    mail = post.mails[-1]
    assert mail.to == "office@utrecht.example"
    assert "the contact who gets matches for your municipality" in mail.text
    _, event = post.published[-1]
    assert event["data"] == {"reason": "BOUNCES"}
    assert not {"subject", "dataref"} & set(event)


def test_a_complaint_stops_mail_that_had_arrived(post: Post) -> None:
    """The notice was told; what comes later waits."""
    post.hear(delivery())
    post.hear(complaint())
    post.notice(post.match(post.storage.state.signals["lo-1"], post.signal("lo-3", "debt")))

    assert post.now(post.told_notice).state is NoticeState.SENT
    assert post.deliver() == DeliveryReport(held=1)


@pytest.mark.parametrize("again", [bounce, complaint])
def test_the_organisation_is_told_once(post: Post, again: Callable[[], str]) -> None:
    """However often it is heard."""
    for body in (bounce(), again(), bounce()):
        assert post.hear(body) is Hearing.FLAGGED

    assert (len(post.mails), len(post.published)) == (1, 1)
    assert post.card.mailbox is not None
    assert post.card.mailbox.trouble is MailTrouble.BOUNCES


def test_a_crash_before_that_was_written_tells_again(post: Post) -> None:
    """At worst a repeat, never a loss."""
    writes = 0

    def crash(operation: str) -> None:
        nonlocal writes
        if operation == "organisations.put_mailbox":
            writes += 1
            if writes == 2:
                raise StorageBusy

    post.storage.state.before = crash
    with pytest.raises(StorageBusy):
        post.hear(bounce())
    post.storage.state.before = lambda _: None
    assert post.hear(bounce()) is Hearing.FLAGGED

    assert len(post.mails) == 2
    assert post.card.mailbox is not None
    assert post.card.mailbox.told


def test_mail_that_is_not_available_lets_the_event_come_again(post: Post) -> None:
    """The address is flagged at once; the organisation hears when mail goes again."""
    post.mailer.failures.append(DeliveryUnavailable("Throttling"))
    with pytest.raises(DeliveryUnavailable):
        post.hear(bounce())
    assert post.card.is_unreachable

    post.hear(bounce())

    assert [mail.to for mail in post.mails] == [OFFICE]


def test_an_administrator_whose_address_is_refused_is_not_tried_for_ever(post: Post) -> None:
    """The event still goes."""
    post.mailer.failures.append(DeliveryRejected("MessageRejected"))

    assert post.hear(bounce()) is Hearing.FLAGGED
    assert post.card.mailbox is not None
    assert (post.card.mailbox.told, len(post.published)) == (True, 1)


@pytest.mark.rule("D19")
def test_without_an_administrator_the_contact_point_hears(post: Post) -> None:
    """And nobody by mail where there is none, or where it is that very address."""
    point = ContactPoint(name="Loket", email="loket@school.example", telephone=None)
    post.organisation("school", contact_point=point)
    post.hear(bounce())
    assert [mail.to for mail in post.mails] == ["loket@school.example"]

    for nobody in (None, "P1@school.example"):
        other = Post()
        other.organisation("school", administrator=nobody)
        assert other.hear(bounce()) is Hearing.FLAGGED
        assert other.mails == []


def test_a_suspended_organisation_is_not_told(post: Post) -> None:
    """The address is flagged all the same, and it is told with the next bounce after that."""
    post.organisation("school", administrator=OFFICE, state=OrganisationState.SUSPENDED)
    post.hear(bounce())
    assert post.mails == []
    assert post.card.mailbox is not None
    assert not post.card.mailbox.told

    post.organisation("school", administrator=OFFICE)
    post.hear(complaint())
    assert [mail.to for mail in post.mails] == [OFFICE]


def test_an_address_that_was_corrected_meanwhile_is_not_flagged(post: Post) -> None:
    """What bounced is told at the new one."""
    post.professional("school", email="new@school.example")

    assert post.hear(bounce()) is Hearing.RECORDED
    assert post.card.mailbox is None
    post.clock.advance(timedelta(hours=2))
    assert post.deliver() == DeliveryReport(mails=1, sent=1, events=1)


def test_another_professional_of_the_organisation_still_gets_mail(post: Post) -> None:
    """It is an address that is flagged."""
    post.hear(bounce())
    post.notice(post.storage.state.matches[post.told_notice.match_id], receiver=NURSE)

    assert post.deliver(NURSE) == DeliveryReport(mails=1, sent=1)


def test_an_event_that_overtakes_the_sender_comes_again(post: Post) -> None:
    """The id of the mail is written after SES gave it."""
    with pytest.raises(StorageBusy):
        post.hear(bounce(message_id="mail-9"))
    post.storage.state.notices[post.told_notice.id] = replace(
        post.now(post.told_notice), state=NoticeState.SENDING
    )
    with pytest.raises(StorageBusy):
        post.hear(bounce())


def test_a_mail_that_no_notice_knows_is_left_after_a_while(post: Post) -> None:
    """A crash lost its id: it was told again under another; or it went to an administrator."""
    published_at = NOW
    post.clock.advance(KNOWN_WITHIN)

    assert post.hear(bounce(message_id="mail-9"), published_at) is Hearing.UNKNOWN


@pytest.mark.rule("D38")
def test_a_mail_whose_notices_have_gone_is_left_at_once(post: Post) -> None:
    """An erasure took them, and no queue keeps their ids. While one is there, its sender has yet to write."""
    told = post.told_notice.id
    with pytest.raises(StorageBusy):
        post.hear(bounce(message_id="mail-9", tells=f"lo-gone.1.STARTED.aa, {told}"))

    del post.storage.state.notices[told]

    assert post.hear(bounce(message_id="mail-9", tells=f"lo-gone.1.STARTED.aa, {told}")) is Hearing.UNKNOWN


def test_two_bounces_of_one_address_do_not_tell_twice_at_once(post: Post) -> None:
    """The second one waits for the first to be done."""
    post.storage.state.leases[f"mailbox#{SCHOOL}"] = ("another", NOW + timedelta(minutes=1))

    with pytest.raises(StorageBusy):
        post.hear(bounce())
    assert post.mails == []
