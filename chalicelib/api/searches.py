"""The endpoint of suspected searches, for the region's administrator."""

from __future__ import annotations

from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.paging import next_page
from chalicelib.api.queries import page_query
from chalicelib.api.schemas.searches import search_list
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases


def list_searches(request: Request, cases: UseCases) -> Response:
    """``GET /suspected-searches``: who retracts signals after reading their matches (D16).

    ``Link`` leads to the next page (RFC 8288).
    """
    require_no_body(request)
    query = page_query(request)
    page = cases.list_searches(caller_of(request), limit=query.limit, cursor=query.cursor)
    headers = next_page(f"{cases.base_url}/suspected-searches", page.cursor, limit=query.limit)
    return Response(status=200, body=search_list(page.items), headers=headers)
