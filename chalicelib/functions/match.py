"""The function ``match``: reconciles the signals that changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.functions.records import BatchAnswer, each_changed, time_left
from chalicelib.matches.closure import ClosureTooLarge
from chalicelib.observability import Code, Metric, log, measure
from chalicelib.wiring.base import settings
from chalicelib.wiring.matching import reconcile


def match(event: Mapping[str, Any], context: Any) -> BatchAnswer:
    """Take a batch of the signals' stream; every signal in it is reconciled from what is stored now."""
    settle = reconcile(time_left(context))

    def act(signal_id: str) -> None:
        report = settle(signal_id)
        log(
            Code.SIGNAL_RECONCILED,
            signal=signal_id,
            rounds=report.rounds,
            closure=report.closure,
            arisen=report.arisen,
            ended=report.ended,
            notices=report.notices,
            possible=report.possible,
            reviews=report.reviews,
            under_one_key=report.under_one_key,
        )
        if report.is_overgrown:
            measure(Metric.OVERGROWN_KEY, report.under_one_key, stage=settings().stage)

    return each_changed(event, "signalId", act, failed)


def failed(signal_id: str, error: Exception) -> None:
    """By the class of the error alone: its text may quote what it choked on."""
    code = Code.CLOSURE_TOO_LARGE if isinstance(error, ClosureTooLarge) else Code.RECONCILE_FAILED
    log(code, signal=signal_id, error=type(error).__name__)
