"""The endpoint that opens the archive."""

from __future__ import annotations

from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json
from chalicelib.api.parsing import read_object
from chalicelib.api.queries import idempotency_key, require_no_query
from chalicelib.api.repeats import Made
from chalicelib.api.schemas.histories import history_body
from chalicelib.api.schemas.signals import EmptyBody
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of, signal_id
from chalicelib.api.usecases import UseCases


def open_history(request: Request, cases: UseCases) -> Response:
    """``POST /signals/{signalId}/history-openings``: who gave earlier signals, shown once (D36)."""
    require_no_query(request)
    caller, wanted, key = caller_of(request), signal_id(request), idempotency_key(request.headers)
    if request.body:
        require_json(request)
        checked(EmptyBody, read_object(request.body))

    def opened() -> Response:
        body = history_body(cases.open_history(caller, wanted, key))
        of_signal = {"Location": f"{cases.base_url}/signals/{wanted}"}  # an opening has no place of its own
        return Response(status=201, body=body, headers=of_signal)

    def act() -> Made:
        return wanted, opened()

    asked = ["POST /signals/{signalId}/history-openings", wanted]
    return cases.repeats(caller, key, asked, act=act, again=lambda _: opened())
