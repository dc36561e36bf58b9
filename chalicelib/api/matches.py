"""The endpoints of matches."""

from __future__ import annotations

from chalicelib.api import catalogue
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.problems import Problem
from chalicelib.api.queries import SIGNAL_ID, require_no_query
from chalicelib.api.schemas.matches import explanation_body, match_in_full, match_list
from chalicelib.api.signals import caller_of, signal_id
from chalicelib.api.usecases import UseCases


def read_signal_matches(request: Request, cases: UseCases) -> Response:
    """``GET /signals/{signalId}/matches``: who else is involved, to those in the match only (D16)."""
    require_no_body(request)
    require_no_query(request)
    seen = cases.read_matches.of_signal(caller_of(request), signal_id(request))
    return Response(status=200, body=match_list(seen))


def read_match(request: Request, cases: UseCases) -> Response:
    """``GET /matches/{matchId}``: ended ones too, to those in the match only (D16)."""
    seen = cases.read_matches.one(caller_of(request), _match_id(request))
    return Response(status=200, body=match_in_full(seen))


def explain_match(request: Request, cases: UseCases) -> Response:
    """``GET /matches/{matchId}/explanation``: fields and levels by name, never a value (D22)."""
    explained = cases.read_matches.explanation(caller_of(request), _match_id(request))
    return Response(status=200, body=explanation_body(explained))


def _match_id(request: Request) -> str:
    """The id in the path of a plain reading. Raises InvalidRequest, Problem (not-found)."""
    require_no_body(request)
    require_no_query(request)
    given = request.path["matchId"]
    if SIGNAL_ID.fullmatch(given) is None:
        raise Problem(catalogue.NOT_FOUND)
    return given
