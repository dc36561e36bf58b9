"""The story played in memory: the real use cases over fakes, event by event."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from chalicelib.api.schemas.matches import match_list
from chalicelib.api.schemas.signals import NewSignalBody, signal_request
from chalicelib.api.schemas.validation import checked
from chalicelib.domain.caller import Caller
from chalicelib.domain.organisation import (
    ContactPoint,
    Organisation,
    OrganisationState,
    Professional,
    Scope,
)
from chalicelib.matches.read import ReadMatches
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import Address, MatchingProfile, address_forms, default_model
from chalicelib.notices.deliver import Deliver
from chalicelib.notices.region import Region
from chalicelib.ports.storage import ExcludedAddress
from chalicelib.ports.world import Mail
from chalicelib.signals.end import EndSignal
from chalicelib.signals.give import GiveSignal
from examples.demonstration.cast import OrganisationRow
from examples.demonstration.observation import SeenMatch
from examples.demonstration.story import End, Ending, Event, Give
from tests.builders import make_audit
from tests.fakes import FakeEvents, FakeHasher, FakeMailer, FakeNames, FakePseudonyms, FakeStorage, FixedClock
from tests.signal_requests import archiving_of

REGION = Region(
    name="Verwijsindex Local",
    address="verwijsindex@local.example",
    reply_to="beheer@local.example",
    oin="00000099000000001000",
    base_url="https://local.example/v1",
)


@dataclass(frozen=True, slots=True)
class ReadableMail:
    """A mail as the observation reads it."""

    mail: Mail

    @property
    def to(self) -> str:
        """The receiver."""
        return self.mail.to

    @property
    def text(self) -> str:
        """The plain text."""
        return self.mail.text

    @property
    def notices(self) -> tuple[str, ...]:
        """The ids of its notices."""
        return tuple(re.split(r",\s*", self.mail.headers["X-Notice-Id"]))


@dataclass(slots=True)
class Rehearsal:
    """A region in memory in which the story is played; reconciles and delivers after each event."""

    cast: tuple[OrganisationRow, ...]
    clock: FixedClock = field(default_factory=FixedClock)
    names: FakeNames = field(default_factory=FakeNames)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    ids: dict[str, str] = field(default_factory=dict)
    storage: FakeStorage = field(init=False)
    callers: dict[str, Caller] = field(init=False)

    def __post_init__(self) -> None:
        """Register the cast and exclude the shelter's address."""
        self.storage = FakeStorage(self.clock)
        self.callers = {row.id: self._register(row) for row in self.cast}
        shelter = Address(postal_code="3599MN", house_number=1)
        forms = address_forms(shelter)
        assert forms is not None
        self.storage.exclusions.put(
            ExcludedAddress(
                id="lo-e1",
                form=forms.number,
                level="NUMBER",
                kind="SHELTER",
                source="Gemeente Domstad",
                valid_from=date(2025, 1, 1),
                valid_until=None,
                address=shelter,
            )
        )

    def play(self, event: Event) -> None:
        """One event and all that follows from it."""
        signal_id = self._give(event) if isinstance(event, Give) else self._end(event)
        self._reconcile(signal_id)
        for receiver in sorted({receiver for receiver, _ in self.storage.state.due}):
            self._deliver(receiver)
        self.clock.advance(timedelta(minutes=1))

    def seen(self, organisation: str, reference: str) -> tuple[SeenMatch, ...]:
        """The matches that an organisation sees of its signal."""
        read = ReadMatches(storage=self.storage, names=self.names, clock=self.clock)
        body = match_list(read.of_signal(self.callers[organisation], self.ids[reference]))
        items: list[dict[str, Any]] = body.model_dump(mode="json", by_alias=True)["items"]
        return tuple(SeenMatch.of(item) for item in items)

    @property
    def mails(self) -> list[ReadableMail]:
        """What left."""
        return [ReadableMail(mail) for mail in self.mailer.sent]

    def _give(self, event: Give) -> str:
        give = GiveSignal(
            storage=self.storage,
            hasher=FakeHasher(),
            pseudonyms=FakePseudonyms(),
            names=self.names,
            clock=self.clock,
        )
        body = checked(NewSignalBody, event.body)
        given = give(self.callers[event.organisation], signal_request(body), None)
        self.ids[event.reference] = given.signal.id
        return given.signal.id

    def _end(self, event: End) -> str:
        archiving = archiving_of(self.storage)
        end = EndSignal(storage=self.storage, names=self.names, clock=self.clock, archiving=archiving)
        act = end.close if event.ending is Ending.CLOSED else end.retract
        return act(self.callers[event.organisation], self.ids[event.reference]).signal.id

    def _reconcile(self, signal_id: str) -> None:
        Reconcile(
            storage=self.storage,
            hasher=FakeHasher(),
            names=self.names,
            clock=self.clock,
            model=default_model(),
            profile=MatchingProfile(),
            stage_code="lo",
            same_organisation=False,
        )(signal_id)

    def _deliver(self, receiver: str) -> None:
        Deliver(
            storage=self.storage,
            mailer=self.mailer,
            events=FakeEvents(),
            names=self.names,
            clock=self.clock,
            region=REGION,
        )(receiver)

    def _register(self, row: OrganisationRow) -> Caller:
        organisation = Organisation(
            id=row.id,
            name=row.name,
            kind=row.kind,
            state=OrganisationState.ACTIVE,
            domains=row.domains,
            may_use_bsn=row.may_use_bsn,
            email_domains=row.email_domains,
            scopes=frozenset({Scope.SIGNALS_WRITE, Scope.SIGNALS_READ, Scope.MATCHES_READ}),
            oin=row.oin,
            contact_point=ContactPoint(**dict(row.contact_point)) if row.contact_point else None,
            municipalities=row.municipalities,
            topic_arn=None,
            revision=1,
        )
        self.storage.organisations.put(organisation, previous_revision=None, audit=make_audit(token=row.id))
        if row.professional is not None:
            supervisor = Professional(organisation_id=row.id, **dict(row.professional))
            self.storage.organisations.put_professional(supervisor)
            for code in row.municipalities:
                self.storage.organisations.set_supervisor(code, supervisor.receiver)
        return Caller(organisation=organisation, scopes=organisation.scopes, professional_id=None)
