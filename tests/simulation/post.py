"""The post: mails and events that arrive, fail, or of which nobody knows; and what was told by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from chalicelib.domain.notice import Notice, NoticeKind
from chalicelib.domain.organisation import Professional
from chalicelib.matching import MatchKind
from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.notices.letter import Letter
from chalicelib.notices.own_signals import OwnNews
from chalicelib.notices.region import Region
from chalicelib.ports.errors import DeliveryRejected, DeliveryUnavailable
from chalicelib.ports.world import Mail
from tests.simulation.scheduling import Actor, Scheduler
from tests.simulation.stores import SteppedState


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted(Mail):
    """A mail that still knows what it says; its words are another test's concern."""

    letter: Letter


def posted(letter: Letter, region: Region) -> Posted:
    """The mail of a letter, not rendered."""
    return Posted(to=letter.to, subject="", text="", html="", headers={}, letter=letter)


def posted_own_news(addressee: Professional, news: Sequence[OwnNews], region: Region) -> Posted:
    """The mail about own signals or requests alone: it tells nobody of anybody."""
    letter = Letter(
        to=addressee.email,
        name=addressee.name,
        language=addressee.language,
        sections=(),
        notice_ids=tuple(one.notice.id for one in news),
    )
    return posted(letter, region)


@dataclass(frozen=True, slots=True)
class Word:
    """One card in one mail: on which own case, about whom, of which kind of match, begun or ended."""

    receiver: str
    number: str
    counterpart: str
    kind: MatchKind
    begun: bool


@dataclass(slots=True)
class Leaving:
    """A notice in a mail: who sent it, how often that actor had been struck, whether anybody knows."""

    actor: Actor | None
    struck: int
    uncertain: bool

    @property
    def unmarked(self) -> bool:
        """Whether something kept the sender from writing down that it was sent."""
        return self.uncertain or (self.actor is not None and self.actor.struck > self.struck)


@dataclass(slots=True)
class Post:
    """Mailer and event publisher of a simulated region."""

    scheduler: Scheduler
    state: SteppedState
    chance: Random
    words: list[Word] = field(default_factory=list)
    left: dict[str, list[Leaving]] = field(default_factory=dict)
    rejected: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    published: dict[str, int] = field(default_factory=dict)
    mails: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def send(self, mail: Mail) -> str:
        """Take a mail, or raise what a mail service may."""
        assert isinstance(mail, Posted)
        self.scheduler.before("mail.send")
        fate = self._fate()
        self.scheduler.trace(f"a mail to {mail.to} {fate}")
        if fate == "is refused":
            self.rejected.add(_receiver(mail.to))
            raise DeliveryRejected("simulated")
        if fate == "cannot be sent":
            raise DeliveryUnavailable("simulated")
        if fate == "vanishes":
            raise DeliveryUncertain("simulated")
        self._leave(mail.letter, uncertain=fate == "arrives without an answer")
        if fate == "arrives without an answer":
            raise DeliveryUncertain("simulated")
        message_id = f"mail-{len(self.mails) + 1}"
        self.mails[message_id] = mail.letter.notice_ids
        self.scheduler.after("mail.send")
        return message_id

    def publish(self, topic_arn: str, event: Mapping[str, str | Mapping[str, str]]) -> None:
        """Take an event, or raise what a topic may."""
        self.scheduler.before("events.publish")
        fate = self._fate()
        if fate == "is refused":
            raise DeliveryRejected("simulated")
        if fate in {"cannot be sent", "vanishes"}:
            raise DeliveryUnavailable("simulated")
        self.published[str(event["id"])] = self.published.get(str(event["id"]), 0) + 1
        if fate == "arrives without an answer":
            raise DeliveryUncertain("simulated")

    def _fate(self) -> str:
        if self.chance.random() >= self.scheduler.trouble.post:
            return "arrives"
        self.scheduler.count("post")
        return self.chance.choice(
            ("cannot be sent", "cannot be sent", "vanishes", "arrives without an answer", "is refused")
        )

    def _leave(self, letter: Letter, *, uncertain: bool) -> None:
        actor = self.scheduler.now
        self.state.look()
        for one in letter.notice_ids:
            before = self.left.setdefault(one, [])
            notice = self.state.notices.get(one)  # gone where its request was done meanwhile
            if before and notice is not None and not self._may_repeat(notice, before[-1]):
                self.broken.append(f"notice {one} was sent again without need")
            if before:
                self.scheduler.count("sent twice")
            before.append(Leaving(actor, actor.struck if actor is not None else 0, uncertain))
        self.words.extend(_words(letter))

    def _may_repeat(self, notice: Notice, before: Leaving) -> bool:
        late = before.actor is not None and self.scheduler.is_over(before.actor)
        return notice.message_id is None and (before.unmarked or late)


def _words(letter: Letter) -> list[Word]:
    receiver = _receiver(letter.to)
    return [
        Word(
            receiver,
            section.number,
            _receiver(entry.card.email),
            block.kind,
            block.told is NoticeKind.STARTED,
        )
        for section in letter.sections
        if section.number is not None
        for block in section.blocks
        for entry in block.entries
    ]


def _receiver(email: str) -> str:
    professional, _, domain = email.partition("@")
    return f"{domain.removesuffix('.example')}#{professional}"
