"""The endpoint of the overview of whom still has to be informed."""

from __future__ import annotations

from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.paging import next_page
from chalicelib.api.queries import page_query
from chalicelib.api.schemas.informing import informing_overview
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases


def list_uninformed(request: Request, cases: UseCases) -> Response:
    """``GET /informing``: own signals whose family has not been told; ``Link`` leads to the next page."""
    require_no_body(request)
    query = page_query(request)
    overview = cases.list_uninformed(caller_of(request), limit=query.limit, cursor=query.cursor)
    headers = next_page(f"{cases.base_url}/informing", overview.cursor, limit=query.limit)
    return Response(status=200, body=informing_overview(overview), headers=headers)
