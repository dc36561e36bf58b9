"""The endpoints of an organisation's own professionals: an address is never in a URL, a staff id is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chalicelib.api import catalogue
from chalicelib.api.conditions import entity_tag, if_match
from chalicelib.api.merging import merge_patch, refuse_fixed
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json, require_no_body, require_patch
from chalicelib.api.paging import next_page
from chalicelib.api.parsing import read_object
from chalicelib.api.problems import Problem
from chalicelib.api.queries import REFERENCE, page_query, require_no_query
from chalicelib.api.schemas.professionals import (
    FIXED,
    CardBody,
    card_as_given,
    card_of,
    own_professional,
    own_professionals,
)
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases
from chalicelib.domain.errors import ProfessionalNotFound, ProfessionalRevised
from chalicelib.domain.organisation import Professional
from chalicelib.signals.request import ProfessionalCard


def list_professionals(request: Request, cases: UseCases) -> Response:
    """``GET /professionals``: own ones, by staff id; ``Link`` leads to the next page (RFC 8288)."""
    require_no_body(request)
    query = page_query(request)
    page = cases.own_cards.page(caller_of(request), limit=query.limit, cursor=query.cursor)
    headers = next_page(f"{cases.base_url}/professionals", page.cursor, limit=query.limit)
    return Response(status=200, body=own_professionals(page.items), headers=headers)


def read_professional(request: Request, cases: UseCases) -> Response:
    """``GET /professionals/{professionalId}``."""
    require_no_body(request)
    require_no_query(request)
    return _told(cases.own_cards.one(caller_of(request), professional_in_path(request)))


def put_professional(request: Request, cases: UseCases) -> Response:
    """``PUT /professionals/{professionalId}``: 201 for a new card; to replace one needs ``If-Match``."""
    require_no_query(request)
    caller, wanted = caller_of(request), professional_in_path(request)
    conditional = "if-match" in request.headers
    revisions = if_match(request.headers, wanted) if conditional else None
    require_json(request)
    body = checked(CardBody, read_object(request.body))
    card = card_of(body, wanted)
    if conditional:
        try:
            return _told(cases.own_cards.change(caller, wanted, _Replacement(card), revisions))
        except ProfessionalNotFound:
            raise ProfessionalRevised from None  # RFC 9110, section 13.1.1: it is not there any more
    stored, created = cases.own_cards.create(caller, card)
    if not created:
        return _told(stored)
    return _told(stored, status=201, headers={"Location": f"{cases.base_url}/professionals/{stored.id}"})


def change_professional(request: Request, cases: UseCases) -> Response:
    """``PATCH /professionals/{professionalId}``: a JSON Merge Patch (RFC 7396)."""
    require_no_query(request)
    caller, wanted = caller_of(request), professional_in_path(request)
    revisions = if_match(request.headers, wanted)
    require_patch(request)
    edit = CardPatch(read_object(request.body))
    return _told(cases.own_cards.change(caller, wanted, edit, revisions))


@dataclass(frozen=True, slots=True)
class CardPatch:
    """What a caller wants of a card; raises InvalidRequest as storing one does."""

    content: dict[str, Any]

    def applied_to(self, held: Professional) -> ProfessionalCard:
        """The card as it is to be. Raises InvalidRequest."""
        refuse_fixed(FIXED, self.content, "This never changes: store another professional.")
        merged = merge_patch(card_as_given(held), self.content)
        return card_of(checked(CardBody, merged), held.id)


@dataclass(frozen=True, slots=True)
class _Replacement:
    """A whole card in the place of another."""

    card: ProfessionalCard

    def applied_to(self, _: Professional) -> ProfessionalCard:
        """The card, whatever was there."""
        return self.card


def professional_in_path(request: Request) -> str:
    """The staff id in the path. Raises Problem (not-found) when nobody can have it."""
    given = request.path["professionalId"]
    if REFERENCE.fullmatch(given) is None:
        raise Problem(catalogue.NOT_FOUND)
    return given


def _told(held: Professional, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    tag = {"ETag": entity_tag(held)}
    return Response(status=status, body=own_professional(held), headers=tag | (headers or {}))
