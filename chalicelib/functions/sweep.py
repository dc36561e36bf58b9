"""The function ``sweep``: each minute takes up what a stream lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chalicelib.functions.match import failed
from chalicelib.functions.records import time_left
from chalicelib.observability import Code, log
from chalicelib.wiring.delivery import deliver
from chalicelib.wiring.matching import reconcile
from chalicelib.wiring.matching import sweep as wired


def sweep(context: Any) -> dict[str, int]:
    """Take up what is older than two minutes; answers counts."""
    enough = time_left(context)
    report = replace(wired(reconcile(enough), replace(deliver(), time_left=enough), enough), failed=failed)()
    counts = {"reconciled": report.reconciled, "delivered": report.delivered, "failed": report.failed}
    if any(counts.values()):
        log(Code.WORK_SWEPT, **counts)
    return counts
