"""The endpoint of suspected searches, for the region's administrator."""

from __future__ import annotations

from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.queries import require_no_query
from chalicelib.api.schemas.searches import search_list
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases


def list_searches(request: Request, cases: UseCases) -> Response:
    """``GET /suspected-searches``: who retracts signals after reading their matches (D16)."""
    require_no_body(request)
    require_no_query(request)
    return Response(status=200, body=search_list(cases.list_searches(caller_of(request))))
