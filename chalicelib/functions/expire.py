"""The function ``expire``: ends the signals that are past their last day, and reminds of what is due."""

from __future__ import annotations

from typing import Any

from chalicelib.functions.records import time_left
from chalicelib.observability import Code, log
from chalicelib.wiring.expiry import expire as wired
from chalicelib.wiring.expiry import recheck, remind, remind_of_informing


def expire(context: Any) -> dict[str, int]:
    """End what is over, remind of what is due, look anew where the register changes; answers counts."""
    enough = time_left(context)
    report = wired()(budget=enough)
    counts = {
        **report.ended,
        "skipped": report.skipped,
        "failed": len(report.failed),
        "complete": int(report.complete),
        "reminded": remind()(budget=enough),
        "uninformed": remind_of_informing()(budget=enough),
        "rechecked": recheck()(budget=enough),
    }
    log(Code.SIGNALS_EXPIRED, **counts)
    return counts
