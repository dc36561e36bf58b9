"""The function ``sweep``: each minute takes up what a stream lost, and tells what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chalicelib.functions.deliver import failed as undelivered
from chalicelib.functions.match import failed
from chalicelib.functions.records import time_left
from chalicelib.observability import Code, Metric, log, measure
from chalicelib.upkeep.backlog import Backlog
from chalicelib.wiring.base import settings
from chalicelib.wiring.delivery import deliver
from chalicelib.wiring.erasing import finish_erasures
from chalicelib.wiring.matching import backlog, reconcile
from chalicelib.wiring.matching import sweep as wired


def sweep(context: Any) -> dict[str, int]:
    """Take up what is older than two minutes; answers counts."""
    enough = time_left(context)
    taken_up = wired(reconcile(enough), replace(deliver(), time_left=enough), enough)
    report = replace(taken_up, failed=failed, undelivered=undelivered)()
    counts = {"reconciled": report.reconciled, "delivered": report.delivered, "failed": report.failed}
    if any(counts.values()):
        log(Code.WORK_SWEPT, **counts)
    _finish_erasures(enough)
    _measure(backlog()())
    return counts


def _finish_erasures(enough: Callable[[], bool]) -> None:
    report = finish_erasures(enough)()
    if report.completed or report.failed:
        log(Code.ERASURES_TAKEN_UP, completed=report.completed, waiting=report.waiting, failed=report.failed)


def _measure(waiting: Backlog) -> None:
    stage = settings().stage
    measure(Metric.SIGNALS_FAILED, waiting.failing, stage=stage)
    measure(Metric.OLDEST_WORK, waiting.oldest_seconds, stage=stage)
    measure(Metric.RECEIVERS_WAITING, waiting.receivers, stage=stage)
