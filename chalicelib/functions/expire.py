"""The function ``expire``: ends what is past its last day, here and in the archive, and reminds of it.

And works off what is due for requests of families.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chalicelib.functions.records import time_left
from chalicelib.observability import Code, log
from chalicelib.wiring.carrying_out import work_off_agenda
from chalicelib.wiring.expiry import expire as wired
from chalicelib.wiring.expiry import let_go, recheck, remind, remind_of_informing


def expire(context: Any) -> dict[str, int]:
    """End what is over, remind of what is due, look anew where the register changes; answers counts."""
    enough = time_left(context)
    report = wired()(budget=enough)
    archive = let_go()(budget=enough)
    both = report.plus(archive)
    counts = {
        **both.ended,
        "skipped": both.skipped,
        "failed": len(both.failed),
        "complete": int(report.complete and archive.complete),
        "reminded": remind()(budget=enough),
        "uninformed": remind_of_informing()(budget=enough),
        "rechecked": recheck()(budget=enough),
    }
    log(Code.SIGNALS_EXPIRED, **counts)
    requests = asdict(work_off_agenda()(budget=enough))
    log(Code.REQUESTS_WORKED_OFF, **requests)
    counts |= {f"requests_{name}": count for name, count in requests.items()}
    return counts
