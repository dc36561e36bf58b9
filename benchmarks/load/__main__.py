"""Load on the deployed stage: ``python -m benchmarks.load``.

A school delivers its signals at once; then everybody gives, reads, looks at matches, changes, closes and
retracts for five minutes, as fast as they are answered; then twice as many do, while by turns the embedded
AWS and the functions are slowed, which shows what everything waits for. At the end each signal is reckoned
up: every match that there must be is there and was told once to each side. 0 when nothing was lost and
nothing told twice.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.load import bare
from benchmarks.load.journal import read_journal, standings
from benchmarks.load.phase import endure
from benchmarks.load.plan import OTHERS, SCHOOL, Order
from benchmarks.load.reckoning import reckon, stored_matches, tell
from benchmarks.load.report import Run, told, write
from benchmarks.load.trial import tried, turning
from benchmarks.stand import standing
from infra.emulator import read_mailbox

_MAILBOX_SECONDS = 300.0
_QUIET = 6.0


def main() -> int:
    """Measure, print, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0, help="of the steady mix")
    parser.add_argument("--bulk", type=int, help="signals that the school delivers; by default two a second")
    parser.add_argument("--users", type=int, default=24, help="that call at the same time")
    parser.add_argument("--trial", type=float, default=240.0, help="seconds with one part slowed by turns")
    parser.add_argument("--no-page", action="store_true", help="leave docs/benchmarks as it is")
    options = parser.parse_args()
    bulk = options.bulk or max(20, int(2 * options.seconds))
    run = measure(options.seconds, bulk, options.users, options.trial)
    print(told(run))
    if not options.no_page:
        write(run)
    return 0 if run.reckoning.whole else 1


def measure(seconds: float, bulk: int, users: int, trial: float) -> Run:
    """All phases on a stage of their own, and the reckoning."""
    with (
        TemporaryDirectory() as temporary,
        standing((folder := Path(temporary)) / "watch.jsonl", (brakes := folder / "brakes.json")) as stand,
    ):
        order, journal = folder / "order.json", folder / "journal.jsonl"
        _say("deployed; quiet, then bare calls first")
        began = time.time()
        time.sleep(_QUIET)
        quiet = stand.inside(began, time.time())
        floor = bare.measure(stand, min(30.0, seconds / 2))
        for name in (SCHOOL, *OTHERS):
            stand.organisation(name)
        tokens = {name: stand.enrolment.token(name) for name in (SCHOOL, *OTHERS)}
        Order(stand.base_url, tokens, bulk, str(journal)).write(order)
        _say(f"the school delivers {bulk} signals")
        delivery = endure(stand, "bulk delivery", "Delivery", order, users=users, seconds=3600)
        _say(f"all quiet after {delivery.settled:.0f} s; everybody works for {seconds:.0f} s")
        mix = endure(stand, "steady mix", "Desks", order, users=users, seconds=seconds)
        _say(f"all quiet after {mix.settled:.0f} s; {trial:.0f} s with one part slowed by turns")
        with turning(brakes, trial) as turns:
            slowed = endure(stand, "slowed by turns", "Desks", order, users=2 * users, seconds=trial)
        _say(f"all quiet after {slowed.settled:.0f} s")
        entries = read_journal(journal)
        mails = read_mailbox(stand.emulator.mailbox, _MAILBOX_SECONDS)
        signals, unsure = standings(entries)
        stored = stored_matches(stand.account.client("dynamodb"), stand.account.stage.prefix)
        return Run(
            phases=[delivery, mix],
            slowed=slowed,
            trial=tried(turns, stand.inside),
            floor=floor,
            quiet=quiet,
            reckoning=reckon(signals, unsure, stored, tell(mails), stand.account.stage.code),
            given=[entry.at for entry in entries if entry.deed == "GIVEN"],
            mailed=[mail.sent_at for mail in mails],
        )


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
