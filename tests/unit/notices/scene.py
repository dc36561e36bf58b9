"""A small region in memory in which notices fall due and are delivered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.match import Match, MatchState, Side
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState, notice_id
from chalicelib.domain.organisation import Organisation, Professional, receiver_key
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.notices.deliver import Deliver
from chalicelib.notices.region import Region
from chalicelib.notices.report import DeliveryReport
from chalicelib.ports.world import Mail, Mailer
from tests.builders import NOW, make_match, make_organisation, make_professional, make_signal
from tests.fakes.storage import FakeStorage
from tests.fakes.world import FakeEvents, FakeMailer, FakeNames, FixedClock

REGION = Region(
    name="Verwijsindex Midden-Nederland",
    address="verwijsindex@midden-nederland.example",
    reply_to="beheer@midden-nederland.example",
    oin="00000099000000002000",
    base_url="https://verwijsindex.midden-nederland.example/v1",
)
SCHOOL = receiver_key("school", "p1")
NURSE = receiver_key("ggd", "p1")


@dataclass(slots=True)
class Scene:
    """Storage, mailbox and event box, with the use case over them."""

    clock: FixedClock = field(default_factory=lambda: FixedClock(NOW))
    mailer: FakeMailer = field(default_factory=FakeMailer)
    events: FakeEvents = field(default_factory=FakeEvents)
    names: FakeNames = field(default_factory=FakeNames)
    storage: FakeStorage = field(init=False)

    def __post_init__(self) -> None:
        self.storage = FakeStorage(self.clock)

    def deliver(
        self,
        receiver: str = SCHOOL,
        time_left: Callable[[], bool] = lambda: True,
        mailer: Mailer | None = None,
        legal: LegalProfile = DUTCH_DEFAULT,
    ) -> DeliveryReport:
        """One delivery, into the mailbox or by another mailer."""
        return Deliver(
            storage=self.storage,
            mailer=mailer or self.mailer,
            events=self.events,
            names=self.names,
            clock=self.clock,
            region=REGION,
            legal=legal,
            time_left=time_left,
        )(receiver)

    def organisation(self, organisation_id: str, **changes: Any) -> Organisation:
        """Create or replace an organisation."""
        self.storage.state.organisations[organisation_id] = make_organisation(organisation_id, **changes)
        return self.storage.state.organisations[organisation_id]

    def professional(self, organisation: str, professional: str = "p1", **changes: Any) -> Professional:
        """Create or replace a contact card."""
        card = make_professional(organisation, professional, **changes)
        self.storage.state.professionals[card.receiver] = card
        return card

    def signal(self, signal_id: str, organisation: str, professional: str = "p1", **changes: Any) -> Signal:
        """Create or replace a signal, with the rows of its professional if they are not there."""
        signal = make_signal(signal_id, organisation, professional, **changes)
        state = self.storage.state
        state.signals[signal.id] = signal
        if organisation not in state.organisations:
            self.organisation(organisation)
        if receiver_key(organisation, professional) not in state.professionals:
            self.professional(organisation, professional)
        return signal

    def end_signal(self, signal: Signal, state: SignalState = SignalState.CLOSED) -> None:
        """End a signal, or restrict it, without anybody reconciling yet."""
        self.storage.state.signals[signal.id] = replace(signal, state=state)

    def match(self, first: Signal, second: Signal, **changes: Any) -> Match:
        """Create or replace a match."""
        match = make_match(first, second, **changes)
        self.storage.state.matches[match.id] = match
        return match

    def end_match(self, match: Match) -> Match:
        """End a match now."""
        ended = replace(match, state=MatchState.ENDED, ended_at=self.clock.now())
        self.storage.state.matches[match.id] = ended
        return ended

    def notice(
        self,
        match: Match,
        kind: NoticeKind = NoticeKind.STARTED,
        receiver: str = SCHOOL,
        **changes: Any,
    ) -> Notice:
        """Write a notice of this episode that is due, from the receiver's own side."""
        own = next((side.signal_id for side in match.sides if _receiver(side) == receiver), None)
        notice = replace(
            Notice(
                id=notice_id(match.id, match.episode, kind, receiver),
                kind=kind,
                state=NoticeState.PENDING,
                match_id=match.id,
                episode=match.episode,
                receiver=receiver,
                signal_id=own,
                created_at=self.clock.now(),
            ),
            **changes,
        )
        self.storage.state.notices[notice.id] = notice
        if notice.state in {NoticeState.PENDING, NoticeState.SENDING}:
            self.storage.state.due[receiver, notice.id] = notice.created_at
        return notice

    def told(self, match: Match, kind: NoticeKind = NoticeKind.STARTED, receiver: str = SCHOOL) -> Notice:
        """Write a notice that was sent."""
        return self.notice(match, kind, receiver, state=NoticeState.SENT, sent_at=self.clock.now())

    def now(self, notice: Notice) -> Notice:
        """The notice as it is stored now."""
        return self.storage.state.notices[notice.id]

    def states(self) -> dict[str, NoticeState]:
        """The state of every notice."""
        return {one: notice.state for one, notice in self.storage.state.notices.items()}

    @property
    def mails(self) -> list[Mail]:
        """The mails that left."""
        return self.mailer.sent

    @property
    def published(self) -> list[tuple[str, Mapping[str, str | Mapping[str, str]]]]:
        """The events that left, with their topic."""
        return self.events.published


def _receiver(side: Side) -> str:
    return receiver_key(side.organisation_id, side.professional_id)
