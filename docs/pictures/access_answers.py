"""An answer to a request for access as the picture shows it: of fictional people and organisations."""

from __future__ import annotations

from datetime import UTC, date, datetime

from chalicelib.domain.audit import Act
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Domain
from chalicelib.domain.rights import (
    IdentityCheck,
    Requester,
    RequesterRole,
    RequestKind,
    RequestState,
    RightsRequest,
)
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, SignalState
from chalicelib.matching import Address, MatchKind, PartialDate, Sex, Youth
from chalicelib.rights.access_answer import AccessAnswer
from chalicelib.rights.held import HeldSignal, NotShown
from chalicelib.rights.names import Person
from chalicelib.rights.recipients import Recipient
from chalicelib.rights.trail import Deed, Look

_GIVEN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_MADE = datetime(2026, 12, 14, 10, 0, tzinfo=UTC)
_TEACHER = Person(
    organisation="Basisschool De Regenboog",
    domain=Domain.EDUCATION,
    name="Joris Jansen",
    function="Intern begeleider",
)
_NURSE = Person(
    organisation="GGD Regio Utrecht",
    domain=Domain.YOUTH_HEALTH_CARE,
    name="Petra de Wit",
    function="Jeugdverpleegkundige",
)
_HANDLER = Person(organisation="Regio Midden-Nederland", domain=None, name="Noor van Dam", function=None)
_REQUEST = RightsRequest(
    id="mn-5b1f0c2de07a4b6f8c3d5e1f2a7b9c11",
    organisation_id="midden-nederland",
    professional_id="beheer-3",
    kind=RequestKind.ACCESS,
    state=RequestState.DONE,
    revision=3,
    received_on=date(2026, 12, 1),
    created_at=_GIVEN,
    due_on=date(2026, 12, 29),
    requester=Requester(
        role=RequesterRole.YOUTH,
        checked_on=date(2026, 12, 1),
        checked_how=IdentityCheck.IDENTITY_DOCUMENT,
    ),
    whole=True,
    hides=False,
    concerned=(),
    decision=None,
    done_at=_MADE,
    agenda_on=date(2031, 12, 14),
)
_SIGNAL = HeldSignal(
    number="S-7KQ4-M2XD",
    state=SignalState.ACTIVE,
    reference="LVS-2026-00017",
    source=_TEACHER,
    given_at=_GIVEN,
    planned_end=date(2027, 7, 31),
    ended_at=None,
    until=date(2027, 7, 31),
    youth=Youth(
        given_names="Lotte Maria",
        initials="L.M.",
        surname="Verbeek",
        birth_date=PartialDate(2014, 3, 9),
        sex=Sex.FEMALE,
        address=Address(
            postal_code="3511AB",
            house_number=12,
            house_letter="A",
            street="Lange Nieuwstraat",
            city="Utrecht",
            municipality_code="0344",
        ),
    ),
    not_shown=(NotShown.BSN, NotShown.PARENTS),
    informed=Informed(
        whom=frozenset({InformedPerson.LEGAL_REPRESENTATIVE, InformedPerson.YOUTH}),
        on=date(2026, 11, 20),
        how=InformedHow.CONVERSATION,
    ),
    recipients=(
        Recipient(who=_NURSE, kind=MatchKind.PERSON, told=NoticeKind.STARTED, at=_GIVEN),
        Recipient(who=None, kind=MatchKind.HOUSEHOLD, told=NoticeKind.STARTED, at=_GIVEN),
    ),
    looks=(
        Look(who=_TEACHER, deed=Deed.DID, act=Act.SIGNAL_GIVEN, at=_GIVEN),
        Look(who=_NURSE, deed=Deed.LOOKED, act=Act.MATCH_READ, at=_GIVEN),
        Look(who=_HANDLER, deed=Deed.DID, act=Act.REQUEST_FILED, at=_MADE),
    ),
)
ACCESS_ANSWER = AccessAnswer(request=_REQUEST, made_at=_MADE, signals=(_SIGNAL,))
