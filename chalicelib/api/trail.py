"""The endpoints of the audit trail and of the certificates of erasures."""

from __future__ import annotations

from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.paging import next_page
from chalicelib.api.queries import require_no_query
from chalicelib.api.schemas.trail import audit_entry_list, erasure_body
from chalicelib.api.signals import caller_of, signal_id
from chalicelib.api.trail_query import QUESTIONS, trail_query
from chalicelib.api.usecases import UseCases


def list_audit_entries(request: Request, cases: UseCases) -> Response:
    """``GET /audit-entries``: who did what, when; ``Link`` leads to the next page (RFC 8288)."""
    require_no_body(request)
    query = trail_query(request)
    page = cases.read_trail(caller_of(request), query.question, limit=query.limit, cursor=query.cursor)
    asked = {name: values[0] for name, values in request.query.items() if name in QUESTIONS}
    headers = next_page(f"{cases.base_url}/audit-entries", page.cursor, limit=query.limit, **asked)
    return Response(status=200, body=audit_entry_list(page.items), headers=headers)


def read_erasure(request: Request, cases: UseCases) -> Response:
    """``GET /erasures/{signalId}``: the certificate of an erasure (D38)."""
    require_no_body(request)
    require_no_query(request)
    return Response(status=200, body=erasure_body(cases.read_erasure(caller_of(request), signal_id(request))))
