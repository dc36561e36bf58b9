"""Every figure the functions may publish: its name and unit in one place; alarms name the same."""

from __future__ import annotations

from enum import Enum
from typing import Final

NAMESPACE: Final = "Verwijsindex"


class Metric(Enum):
    """A figure. Values: (name in CloudWatch, unit)."""

    SEARCHES_SUSPECTED = ("SearchesSuspected", "Count")
    AUDIT_TOUCHED = ("AuditEntriesTouched", "Count")
    SIGNALS_FAILED = ("SignalsThatKeepFailing", "Count")
    OLDEST_WORK = ("OldestPendingWork", "Seconds")
    RECEIVERS_WAITING = ("ReceiversWaiting", "Count")
    OVERGROWN_KEY = ("SignalsUnderOneKey", "Count")


def measure(metric: Metric, value: float, *, stage: str) -> None:
    """Publish a figure of a stage: one line of the log, which CloudWatch reads as a metric."""
    from aws_lambda_powertools.metrics import MetricUnit, single_metric  # noqa: PLC0415 - few functions measure

    name, unit = metric.value
    with single_metric(name=name, unit=MetricUnit(unit), value=value, namespace=NAMESPACE) as line:
        line.add_dimension(name="Stage", value=stage)
