"""The endpoints about a youth who died: reported by a professional, confirmed by the administrator (D34)."""

from __future__ import annotations

from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.paging import next_page
from chalicelib.api.queries import page_query
from chalicelib.api.schemas.deaths import death_report_body, death_report_list
from chalicelib.api.schemas.signals import signal_body
from chalicelib.api.signals import caller_of, require_empty, signal_id
from chalicelib.api.usecases import UseCases


def report_death(request: Request, cases: UseCases) -> Response:
    """``POST /signals/{signalId}/death``: the own signal ends at once, and nothing of it stays."""
    require_empty(request)
    own = cases.report_death(caller_of(request), signal_id(request))
    return Response(status=200, body=signal_body(own))


def list_deaths(request: Request, cases: UseCases) -> Response:
    """``GET /death-reports``: what is still to be done first; ``Link`` leads to the next (RFC 8288)."""
    require_no_body(request)
    query = page_query(request)
    reports, cursor = cases.confirm_death.page(caller_of(request), limit=query.limit, cursor=query.cursor)
    headers = next_page(f"{cases.base_url}/death-reports", cursor, limit=query.limit)
    return Response(status=200, body=death_report_list(reports), headers=headers)


def confirm_death(request: Request, cases: UseCases) -> Response:
    """``POST /death-reports/{signalId}/confirmation``: 200 when nothing is left, 202 to ask again."""
    require_empty(request)
    report = cases.confirm_death.confirm(caller_of(request), signal_id(request))
    return Response(status=200 if report.is_done else 202, body=death_report_body(report))
