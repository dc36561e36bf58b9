"""Matches as one side sees them: the other's contact card, never their youth (D18, D20)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import Body, UtcMoment
from chalicelib.domain.match import ContactState, MatchState
from chalicelib.domain.organisation import ContactCard, Domain
from chalicelib.matches.read import SeenMatch
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


class MatchBody(Body):
    """One match; a household match concerns different youths (D12)."""

    id: str
    kind: MatchKind
    basis: Annotated[
        Basis | list[Basis] | None,
        Field(description="Null for a person match; a list when it rests on both."),
    ]
    state: MatchState
    match_key: Annotated[str, Field(description="The reference people say on the phone: M-4TZ9-K3WD-7.")]
    since: UtcMoment
    counterpart: CounterpartBody
    contact: ContactBody


class MatchListBody(Body):
    """All matches of a signal, oldest first."""

    items: list[MatchBody]


def match_list(matches: Iterable[SeenMatch]) -> MatchListBody:
    """The matches of a signal."""
    return MatchListBody(items=[_match(match) for match in matches])


def _match(match: SeenMatch) -> MatchBody:
    return MatchBody(
        id=match.id,
        kind=match.kind,
        basis=_basis(match.basis),
        state=match.state,
        match_key=match.match_key,
        since=match.since,
        counterpart=_counterpart(match.counterpart),
        contact=ContactBody(state=match.contact),
    )


def _basis(basis: tuple[Basis, ...]) -> Basis | list[Basis] | None:
    if not basis:
        return None
    return basis[0] if len(basis) == 1 else list(basis)


def _counterpart(card: ContactCard) -> CounterpartBody:
    return CounterpartBody(
        organisation=card.organisation,
        domain=card.domain,
        name=card.name,
        function=card.function,
        site=card.site,
        email=card.email,
        telephone=card.telephone,
    )
