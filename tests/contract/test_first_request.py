"""What a process of the interface imports before its first request: a cold start waits for each of it."""

from __future__ import annotations

import json
import subprocess
import sys

from infra.places import ROOT

ROOMS = ("matches", "notices", "organisations", "reviews", "rights", "signals", "upkeep")
OTHER_USE_CASES = {
    "chalicelib.signals.change",
    "chalicelib.signals.end",
    "chalicelib.signals.renew",
    "chalicelib.signals.transfer",
    "chalicelib.signals.own_cards",
}
AT_ONCE = {"chalicelib.signals.give", "chalicelib.signals.batch", "chalicelib.signals.read"}
_TELL = "import json, sys, app, chalicelib.functions.api; print(json.dumps(sorted(sys.modules)))"


def imported() -> set[str]:
    """Modules of use cases that importing the interface's function brings."""
    done = subprocess.run([sys.executable, "-c", _TELL], cwd=ROOT, capture_output=True, text=True, check=True)
    return {
        name for name in json.loads(done.stdout) if name.startswith(tuple(f"chalicelib.{r}." for r in ROOMS))
    }


def test_only_giving_and_reading_signals_are_imported_before_the_first_request() -> None:
    """All else is imported by the request that asks for it."""
    found = imported()

    assert found >= AT_ONCE
    assert found.isdisjoint(OTHER_USE_CASES)
    assert {name for name in found if not name.startswith("chalicelib.signals.")} == {
        "chalicelib.organisations.sparing_trail"
    }
