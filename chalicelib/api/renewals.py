"""The endpoint that renews a signal."""

from __future__ import annotations

from chalicelib.api.conditions import entity_tag
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json
from chalicelib.api.parsing import read_object
from chalicelib.api.queries import idempotency_key, require_no_query
from chalicelib.api.repeats import Made
from chalicelib.api.schemas.renewals import RenewalBody, renewal_request
from chalicelib.api.schemas.signals import signal_body
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of, signal_id
from chalicelib.api.usecases import UseCases
from chalicelib.signals.request import GivenSignal, OwnSignal


def renew_signal(request: Request, cases: UseCases) -> Response:
    """``POST /signals/{signalId}/renewal``: 201 with the new signal, 200 when it was renewed just so (D7)."""
    require_no_query(request)
    wanted, key = signal_id(request), idempotency_key(request.headers)
    require_json(request)
    content = read_object(request.body)
    asked, caller = renewal_request(checked(RenewalBody, content)), caller_of(request)

    def act() -> Made:
        given = cases.renew_signal(caller, wanted, asked)
        return given.signal.id, _told(given, cases, status=201 if given.created else 200)

    def again(made: str) -> Response:
        return _told(cases.read_signals.one(caller, made), cases, status=201)

    return cases.repeats(caller, key, ["signals", wanted, "renewal", content], act=act, again=again)


def _told(own: GivenSignal | OwnSignal, cases: UseCases, *, status: int) -> Response:
    headers = {"ETag": entity_tag(own.signal), "Location": f"{cases.base_url}/signals/{own.signal.id}"}
    return Response(status=status, body=signal_body(own), headers=headers)
