"""The endpoint of matches."""

from __future__ import annotations

from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.queries import require_no_query
from chalicelib.api.schemas.matches import match_list
from chalicelib.api.signals import caller_of, signal_id
from chalicelib.api.usecases import UseCases


def read_signal_matches(request: Request, cases: UseCases) -> Response:
    """``GET /signals/{signalId}/matches``: who else is involved, to those in the match only (D16)."""
    require_no_body(request)
    require_no_query(request)
    seen = cases.read_matches.of_signal(caller_of(request), signal_id(request))
    return Response(status=200, body=match_list(seen))
