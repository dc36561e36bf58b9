"""Values for tests: complete and valid, each test naming only what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.match import Audience, ContactState, Match, MatchState, Side, match_id
from chalicelib.domain.organisation import (
    Domain,
    Language,
    Organisation,
    OrganisationKind,
    OrganisationState,
    Professional,
    Scope,
)
from chalicelib.domain.review import Review, ReviewState, review_id
from chalicelib.domain.rights import (
    Concerned,
    IdentityCheck,
    Requester,
    RequesterRole,
    RequestKind,
    RequestRecord,
    RequestState,
    RightsRequest,
)
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.matching import FOLD_VERSION, MatchKey, MatchKind, fold, is_in_fold, match_keys
from chalicelib.matching.decision import Explanation, FieldEvidence
from chalicelib.matching.records import Address, PartialDate, Sex, Youth
from chalicelib.ports.region import KeysetsInUse

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)
STAGE_CODE = "lo"
KEYSET = "test"


def make_youth(**changes: Any) -> Youth:
    """A boy of twelve in Utrecht."""
    youth = Youth(
        bsn="999990342",
        given_names="Sebastiaan Johannes",
        initials="S.J.",
        surname_prefix="van der",
        surname="Meer",
        birth_date=PartialDate(2014, 3, 9),
        sex=Sex.MALE,
        address=Address(
            postal_code="3511AB",
            house_number=12,
            house_letter="A",
            street="Lange Nieuwstraat",
            city="Utrecht",
            municipality_code="0344",
        ),
    )
    return replace(youth, **changes)


class WrittenOut:
    """A hasher that writes keys out, the family too: two may have one value; one key set for all."""

    def hashed(self, keys: Iterable[MatchKey], keysets: Iterable[str]) -> frozenset[IndexKey]:
        """Each key of this code's fold as it is."""
        return frozenset(
            IndexKey(key.family, KEYSET, f"{key.family}|{key.value}".encode())
            for key in keys
            if is_in_fold(key.family, FOLD_VERSION)
        )


def make_keys(youth: Youth) -> frozenset[IndexKey]:
    """The youth's keys, written out."""
    return WrittenOut().hashed(match_keys(fold(youth)), (KEYSET,))


def make_signal(
    signal_id: str = "lo-s1", organisation: str = "school", professional: str = "p1", **changes: Any
) -> Signal:
    """An active signal about :func:`make_youth`, given at :data:`NOW`."""
    youth = changes.pop("youth", make_youth())
    signal = Signal(
        id=signal_id,
        number=f"S-{signal_id[-4:]:0>4}-0000",
        organisation_id=organisation,
        professional_id=professional,
        reference=f"ref-{signal_id}",
        state=SignalState.ACTIVE,
        revision=1,
        created_at=NOW,
        planned_end_date=date(2027, 7, 31),
        ends_on=date(2027, 7, 31),
        ended_at=None,
        digest="digest",
        keys=make_keys(youth) if youth is not None else frozenset(),
        informed=None,
        youth=youth,
    )
    return replace(signal, **changes)


def make_organisation(organisation_id: str = "school", **changes: Any) -> Organisation:
    """A school that may use the BSN."""
    organisation = Organisation(
        id=organisation_id,
        name=f"Organisation {organisation_id}",
        kind=OrganisationKind.REPORTING,
        state=OrganisationState.ACTIVE,
        domains=(Domain.EDUCATION,),
        may_use_bsn=True,
        email_domains=(f"{organisation_id}.example",),
        scopes=frozenset({Scope.SIGNALS_WRITE, Scope.SIGNALS_READ, Scope.MATCHES_READ}),
        oin="00000099000000001000",
        contact_point=None,
        municipalities=(),
        topic_arn=None,
        revision=1,
    )
    return replace(organisation, **changes)


def make_professional(organisation: str = "school", professional: str = "p1", **changes: Any) -> Professional:
    """Somebody who works there."""
    card = Professional(
        organisation_id=organisation,
        id=professional,
        name=f"J. Jansen {professional}",
        function="Intern begeleider",
        site="De Regenboog",
        email=f"{professional}@{organisation}.example",
        telephone="+31301234567",
        language=Language.DUTCH,
    )
    return replace(card, **changes)


def make_match(first: Signal, second: Signal, kind: MatchKind = MatchKind.PERSON, **changes: Any) -> Match:
    """An active match between two signals, since :data:`NOW`."""
    one, other = sorted((first, second), key=lambda signal: signal.id)
    within = one.organisation_id == other.organisation_id
    match = Match(
        id=match_id(STAGE_CODE, kind, one.id, other.id),
        kind=kind,
        sides=(make_side(one), make_side(other)),
        audience=Audience.WITHIN_ORGANISATION if within else Audience.BETWEEN_ORGANISATIONS,
        state=MatchState.ACTIVE,
        basis=frozenset(),
        episode=1,
        revision=1,
        match_key="M-AAAA-AAAA-A",
        since=NOW,
        ended_at=None,
        end_reason=None,
        contact=ContactState.OPEN,
        rests_on=frozenset({one.id, other.id}),
        explained_at=NOW,
        explanation=None,
        digest="digest",
    )
    return replace(match, **changes)


def make_review(first: Signal, second: Signal, **changes: Any) -> Review:
    """An open review of two signals, since :data:`NOW`: one number, two names."""
    one, other = sorted((first, second), key=lambda signal: signal.id)
    review = Review(
        id=review_id(STAGE_CODE, one.id, other.id),
        sides=(make_side(one), make_side(other)),
        state=ReviewState.OPEN,
        episode=1,
        revision=1,
        since=NOW,
        withdrawn_at=None,
        verdict=None,
        decided_by=None,
        decided_at=None,
        asked_at=None,
        explanation=Explanation(
            rule="SAME_NUMBER_OTHER_PERSON",
            model_version="1",
            evidence=(FieldEvidence("bsn", "EQUAL", 17.5), FieldEvidence("given_names", "DIFFERENT", -4.25)),
            total=13.25,
            match_threshold=7.0,
            possible_threshold=3.5,
        ),
        digest="digest",
    )
    return replace(review, **changes)


def make_side(signal: Signal) -> Side:
    """The signal's side of a match."""
    return Side(
        signal_id=signal.id, organisation_id=signal.organisation_id, professional_id=signal.professional_id
    )


def make_audit(organisation: str = "school", act: Act = Act.SIGNAL_GIVEN, token: str = "a1") -> AuditEntry:
    """An audit entry at :data:`NOW`."""
    return AuditEntry(
        id=f"2026-11-22T09:30:00.000Z#{token}",
        organisation_id=organisation,
        professional_id=None,
        act=act,
        resource="lo-s1",
        at=NOW,
    )


def make_rights_request(request_id: str = "lo-r1", **changes: Any) -> RightsRequest:
    """An open request for access by the youth of :func:`make_youth`, received today, found in one signal."""
    request = RightsRequest(
        id=request_id,
        organisation_id="region",
        professional_id="handler-1",
        kind=RequestKind.ACCESS,
        state=RequestState.OPEN,
        revision=1,
        received_on=TODAY,
        created_at=NOW,
        due_on=date(2026, 12, 20),
        requester=Requester(
            role=RequesterRole.YOUTH, checked_on=TODAY, checked_how=IdentityCheck.IDENTITY_DOCUMENT
        ),
        whole=True,
        hides=False,
        concerned=(Concerned(signal_id="lo-s1", organisation_id="school", concerns=True),),
        decision=None,
        done_at=None,
        agenda_on=date(2026, 12, 13),
        record=RequestRecord(youth=make_youth()),
    )
    return replace(request, **changes)


def keysets_in_use(*keysets: str) -> KeysetsInUse:
    """All of them written and read."""
    return KeysetsInUse(written=keysets, read=keysets, kept=keysets)
