"""The endpoint that hands over the signals of who leaves."""

from __future__ import annotations

from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json
from chalicelib.api.parsing import read_object
from chalicelib.api.professionals import professional_in_path
from chalicelib.api.queries import require_no_query
from chalicelib.api.schemas.transfers import TransferBody, taker_of, transferred_body
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases


def transfer_signals(request: Request, cases: UseCases) -> Response:
    """``POST /professionals/{professionalId}/transfer``: 200, or 202 when there is more (D28)."""
    require_no_query(request)
    leaver = professional_in_path(request)
    require_json(request)
    body = checked(TransferBody, read_object(request.body))
    done = cases.transfer_signals(caller_of(request), leaver, taker_of(body), body.cursor)
    return Response(status=200 if done.cursor is None else 202, body=transferred_body(done))
