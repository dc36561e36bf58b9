"""Matches as one side sees them: the other's contact card, never their youth (D18, D20, D22)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import WITHOUT_CARD, Body, KnownOrganisation, UtcMoment
from chalicelib.domain.errors import CardMissing
from chalicelib.domain.match import ContactState, MatchState
from chalicelib.domain.organisation import ContactCard, Domain
from chalicelib.matches.read import ExplainedMatch, SeenMatch
from chalicelib.matching import Basis, MatchKind


class CounterpartBody(Body):
    """A contact card; of a contact point only organisation, e-mail and telephone are told (D19)."""

    organisation: str
    domain: Domain | None
    name: str | None
    function: str | None
    site: str | None
    email: str
    telephone: str | None


class ContactBody(Body):
    """Whether the professionals spoke (D24)."""

    state: ContactState


class BareMatchBody(Body):
    """A match without who the other is."""

    id: str
    kind: MatchKind
    basis: Annotated[
        Basis | list[Basis] | None,
        Field(description="Null for a person match; a list when it rests on both."),
    ]
    state: MatchState
    match_key: Annotated[str, Field(description="The reference people say on the phone: M-4TZ9-K3WD-7.")]
    since: UtcMoment
    contact: ContactBody


class MatchBody(BareMatchBody):
    """One match; a household match concerns different youths (D12)."""

    counterpart: CounterpartBody


class MatchWithoutCardBody(BareMatchBody):
    """One match of which the other's contact card cannot be shown."""

    organisation: KnownOrganisation


class MatchListBody(Body):
    """All matches of a signal, oldest first."""

    items: list[MatchBody]
    without_card: Annotated[list[MatchWithoutCardBody], Field(description=WITHOUT_CARD)]


class MatchInFullBody(MatchBody):
    """One match, and the own signal that is in it."""

    signal_id: Annotated[str, Field(description="The own signal.")]


class EvidenceBody(Body):
    """What comparing one field brought to the total: field and level by name, never a value."""

    field: str
    level: Annotated[str, Field(description="How well the two sides agree on the field.")]
    weight: Annotated[float, Field(description="In bits; below zero when it speaks against the match.")]
    term_frequency_share: Annotated[
        float, Field(description="The part of the weight that comes of how rare the value is.")
    ]


class ExplanationBody(Body):
    """Why a match was made (D22); the weights of the evidence add up to the total."""

    match_id: str
    rule: str
    model_version: str
    weighed_at: Annotated[UtcMoment, Field(description="When the evidence was weighed.")]
    evidence: list[EvidenceBody]
    total: float
    match_threshold: Annotated[float, Field(description="From this total on it is a match.")]
    possible_threshold: Annotated[float, Field(description="From this total on a person has to look.")]


def match_in_full(match: SeenMatch) -> MatchInFullBody:
    """One match, with the other's card. Raises CardMissing."""
    if match.counterpart is None:
        raise CardMissing
    return MatchInFullBody(**dict(_match(match, match.counterpart)), signal_id=match.signal_id)


def explanation_body(explained: ExplainedMatch) -> ExplanationBody:
    """Why a match was made."""
    explanation = explained.explanation
    return ExplanationBody(
        match_id=explained.id,
        rule=explanation.rule,
        model_version=explanation.model_version,
        weighed_at=explained.at,
        evidence=[EvidenceBody(**asdict(line)) for line in explanation.evidence],
        total=explanation.total,
        match_threshold=explanation.match_threshold,
        possible_threshold=explanation.possible_threshold,
    )


def match_list(matches: Iterable[SeenMatch]) -> MatchListBody:
    """The matches of a signal."""
    seen = tuple(matches)
    return MatchListBody(
        items=[_match(one, one.counterpart) for one in seen if one.counterpart is not None],
        without_card=[
            MatchWithoutCardBody(**dict(_bare(one)), organisation=one.organisation)
            for one in seen
            if one.counterpart is None
        ],
    )


def _match(match: SeenMatch, card: ContactCard) -> MatchBody:
    return MatchBody(**dict(_bare(match)), counterpart=counterpart_body(card))


def _bare(match: SeenMatch) -> BareMatchBody:
    return BareMatchBody(
        id=match.id,
        kind=match.kind,
        basis=_basis(match.basis),
        state=match.state,
        match_key=match.match_key,
        since=match.since,
        contact=ContactBody(state=match.contact),
    )


def _basis(basis: tuple[Basis, ...]) -> Basis | list[Basis] | None:
    if not basis:
        return None
    return basis[0] if len(basis) == 1 else list(basis)


def counterpart_body(card: ContactCard) -> CounterpartBody:
    """A contact card, as the others see it."""
    return CounterpartBody(
        organisation=card.organisation,
        domain=card.domain,
        name=card.name,
        function=card.function,
        site=card.site,
        email=card.email,
        telephone=card.telephone,
    )
