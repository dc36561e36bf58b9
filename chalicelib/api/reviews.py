"""The endpoints of reviews, for whoever may decide on doubtful pairs."""

from __future__ import annotations

from chalicelib.api import catalogue
from chalicelib.api.conditions import entity_tag, if_match
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json, require_no_body
from chalicelib.api.paging import next_page
from chalicelib.api.parsing import read_object
from chalicelib.api.problems import Problem
from chalicelib.api.queries import SIGNAL_ID, require_no_query, review_query
from chalicelib.api.schemas.reviews import VerdictBody, review_body, review_list
from chalicelib.api.schemas.signals import EmptyBody
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases
from chalicelib.reviews.seen import SeenReview


def list_reviews(request: Request, cases: UseCases) -> Response:
    """``GET /reviews``: oldest first; ``Link`` leads to the next page (RFC 8288)."""
    require_no_body(request)
    query = review_query(request)
    page = cases.read_reviews.page(
        caller_of(request), state=query.state, limit=query.limit, cursor=query.cursor
    )
    link = next_page(f"{cases.base_url}/reviews", page.cursor, limit=query.limit, state=query.state.value)
    return Response(status=200, body=review_list(page), headers=link)


def read_review(request: Request, cases: UseCases) -> Response:
    """``GET /reviews/{reviewId}``: field names and levels, never a value (D22)."""
    require_no_body(request)
    require_no_query(request)
    return _told(cases.read_reviews.one(caller_of(request), _review_id(request)))


def give_verdict(request: Request, cases: UseCases) -> Response:
    """``POST /reviews/{reviewId}/verdict``: a person's word, which no automatic decision overrules."""
    require_no_query(request)
    wanted = _review_id(request)
    revisions = _revisions(request, wanted)
    require_json(request)
    body = checked(VerdictBody, read_object(request.body))
    return _told(cases.decide_review.give(caller_of(request), wanted, body.verdict, revisions))


def undo_verdict(request: Request, cases: UseCases) -> Response:
    """``DELETE /reviews/{reviewId}/verdict``: the evidence decides again."""
    require_no_body(request)
    require_no_query(request)
    wanted = _review_id(request)
    return _told(cases.decide_review.undo(caller_of(request), wanted, _revisions(request, wanted)))


def ask_confirmation(request: Request, cases: UseCases) -> Response:
    """``POST /reviews/{reviewId}/confirmation-requests``: each organisation is asked about its own record."""
    require_no_query(request)
    if request.body:
        require_json(request)
        checked(EmptyBody, read_object(request.body))
    seen = cases.ask_confirmation(caller_of(request), _review_id(request))
    return Response(status=202, body=review_body(seen), headers={"ETag": entity_tag(seen)})


def _told(seen: SeenReview) -> Response:
    return Response(status=200, body=review_body(seen), headers={"ETag": entity_tag(seen)})


def _review_id(request: Request) -> str:
    """The id in the path. Raises Problem (not-found) when no review can have it."""
    given = request.path["reviewId"]
    if SIGNAL_ID.fullmatch(given) is None:
        raise Problem(catalogue.NOT_FOUND)
    return given


def _revisions(request: Request, review_id: str) -> frozenset[int] | None:
    """The revisions on which the caller decides; None for any, when no condition is given."""
    return if_match(request.headers, review_id) if "if-match" in request.headers else None
