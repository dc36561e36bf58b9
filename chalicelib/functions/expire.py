"""The function ``expire``: ends the signals that are past their last day."""

from __future__ import annotations

from typing import Any

from chalicelib.functions.records import time_left
from chalicelib.observability import Code, log
from chalicelib.wiring.expiry import expire as wired


def expire(context: Any) -> dict[str, int]:
    """End what is over, page by page, until done or out of time; answers counts."""
    report = wired()(budget=time_left(context))
    counts = {
        **report.ended,
        "skipped": report.skipped,
        "failed": len(report.failed),
        "complete": int(report.complete),
    }
    log(Code.SIGNALS_EXPIRED, **counts)
    return counts
