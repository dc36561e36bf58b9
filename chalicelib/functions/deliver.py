"""The function ``deliver``: sends what is pending for the receivers that were woken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from chalicelib.functions.records import BatchAnswer, each_changed, time_left
from chalicelib.observability import Code, log
from chalicelib.wiring.delivery import deliver as wired


def deliver(event: Mapping[str, Any], context: Any) -> BatchAnswer:
    """Take a batch of the outbox's stream; each receiver in it gets one mail for all that is pending."""
    send = replace(wired(), time_left=time_left(context))

    def act(receiver: str) -> None:
        log(Code.NOTICES_DELIVERED, **asdict(send(receiver)))

    return each_changed(event, "receiver", act, failed)


def failed(_: str, error: Exception) -> None:
    """By the class of the error alone: a receiver's key holds a staff id."""
    log(Code.DELIVERY_FAILED, error=type(error).__name__)
