"""The functions of the index, declared: what wakes each, and the one call it makes.

What a function does is in `chalicelib/functions/`, imported when it runs, so that each loads only
what it needs.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from chalice.app import (
    AuthRequest,
    AuthResponse,
    Chalice,
    DynamoDBEvent,
    Rate,
    Request,
    Response,
    SQSEvent,
)

import chalicelib.api.gateway  # teaches Chalice the gateway's own answers while it deploys
import chalicelib.cold_start  # noqa: F401 - what is imported from here on starts faster
from chalicelib.api.declaring import declare_routes
from chalicelib.deployment import queue_name, stream_arn

app = Chalice(app_name="verwijsindex", configure_logs=False)


@app.authorizer(name="bearer", ttl_seconds=0)
def bearer(request: AuthRequest) -> AuthResponse:
    """Let in who carries a valid token of an active organisation; never cached."""
    from chalicelib.functions.bearer import bearer as act

    return act(request)


@app.middleware("http")
def finish(request: Request, get_response: Callable[[Request], Response]) -> Response:
    """Put the same headers on every answer, and problems in their one shape."""
    from chalicelib.functions.api import finish as act

    return act(request, get_response)


def answer() -> Response:
    """Answer the request that is being served."""
    from chalicelib.functions.api import answer as act

    return act(cast(Request, app.current_request))


declare_routes(app, authorizer=bearer, answer=answer)


@app.on_dynamodb_record(
    stream_arn=stream_arn("signals"), name="match", batch_size=10, starting_position="TRIM_HORIZON"
)
def match(event: DynamoDBEvent) -> Any:
    """Reconcile the signals that changed."""
    from chalicelib.functions.match import match as act

    return act(event.to_dict(), event.context)


@app.on_dynamodb_record(
    stream_arn=stream_arn("outbox"), name="deliver", batch_size=10, starting_position="TRIM_HORIZON"
)
def deliver(event: DynamoDBEvent) -> Any:
    """Send what is pending for the receivers that were woken."""
    from chalicelib.functions.deliver import deliver as act

    return act(event.to_dict(), event.context)


@app.on_dynamodb_record(
    stream_arn=stream_arn("audit"), name="witness", batch_size=10, starting_position="TRIM_HORIZON"
)
def witness(event: DynamoDBEvent) -> Any:
    """Copy what was written to the audit trail to where nobody can change it."""
    from chalicelib.functions.witness import witness as act

    return act(event.to_dict(), event.context)


@app.on_sqs_message(queue=queue_name("mail-feedback"), name="feedback", batch_size=10, maximum_concurrency=5)
def feedback(event: SQSEvent) -> Any:
    """Record what became of the mails."""
    from chalicelib.functions.feedback import feedback as act

    return act(event.to_dict(), event.context)


@app.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(event: Any) -> Any:
    """Take up the work that a stream lost."""
    from chalicelib.functions.sweep import sweep as act

    return act(event.context)


@app.schedule(Rate(1, unit=Rate.HOURS), name="expire")
def expire(event: Any) -> Any:
    """End the signals that are past their last day."""
    from chalicelib.functions.expire import expire as act

    return act(event.context)
