"""``verify``: whether a stage keeps its promises; reads everything, writes nothing."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.dates import amsterdam_day, latest_planned_end
from chalicelib.models.moments import stored
from chalicelib.security.clients import kms_client
from chalicelib.upkeep.audit_bucket import s3_client
from infra.errors import InfraError
from infra.operators.action import Action, Logged
from infra.operators.desk import Desk
from infra.repair.copies import Copies
from infra.repair.look import Look
from infra.repair.place import place_of, word_of
from infra.repair.promise import Promise
from infra.repair.promises import PROMISES
from infra.repair.rows import Row, key_of, open_rows

_GRACE: Final = timedelta(days=1)
"""For the expiry run, which goes each hour and page by page."""

_LONGEST_WALK: Final = timedelta(days=2)
"""What goes while a walk lasts is not missed by it."""

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a promise is kept: the rows looked at, and the ids of those that break it."""

    promise: Promise
    rows: int
    broken: tuple[str, ...]


def look_at(desk: Desk, hours: int) -> Look:
    """A look at the stage of a desk; work may be as many hours old."""
    now = desk.clock.now()
    return Look(
        rows=open_rows(desk.settings.table_prefix),
        copies=Copies(desk.audit_bucket.name, s3_client()),
        storage=desk.storage,
        kms=kms_client(),
        master_key=desk.settings.data_key,
        now=now,
        stored_before=stored(now - timedelta(hours=hours)),
        ended_before=(amsterdam_day(now) - _GRACE).isoformat(),
        kept_since=stored(_years_before(now, desk.settings.legal.audit_years) + _LONGEST_WALK),
    )


def _years_before(now: datetime, years: int) -> datetime:
    return datetime.combine(latest_planned_end(now.date(), -years), now.timetz())


@dataclass(slots=True)
class Verification:
    """A walk over all rows that judges each by every promise about its table, in the order of the promises.

    What breaks one is read and judged once more, so that a row that was being written does not count.
    ``after`` goes on behind a table and the key of a row. ``verdicts`` tells what was found by then, whether
    the walk came to its end or not.
    """

    look: Look
    promises: Sequence[Promise] = PROMISES
    after: tuple[str, Row] | None = None
    _broken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _counts: Counter[str] = field(default_factory=Counter)

    def walk(self) -> Iterator[tuple[str, Row]]:
        """Judge everything from the place where it begins; the last row of each page, once it was judged."""
        tables = list(dict.fromkeys(promise.table for promise in self.promises))
        start, row = self.after or (tables[0], None)
        for table in tables[tables.index(start) :]:
            for page in self.look.pages(table, row if table == start else None):
                self._judge(table, page)
                if page:
                    yield table, key_of(table, page[-1])

    def verdicts(self) -> list[Verdict]:
        """How each promise is kept, as far as was looked."""
        return [Verdict(one, self._counts[one.table], tuple(self._broken[one.name])) for one in self.promises]

    def _judge(self, table: str, page: Sequence[Row]) -> None:
        """All of a page or nothing of it: where this stops it is judged again."""
        mine = [promise for promise in self.promises if promise.table == table]
        found = {
            one.name: sorted(told(table, row) for row in broken_rows(self.look, one, page)) for one in mine
        }
        for name, lines in found.items():
            self._broken[name] += lines
        self._counts[table] += len(page)


def verify(look: Look, promises: Sequence[Promise] = PROMISES) -> list[Verdict]:
    """Judge every row of a stage."""
    verification = Verification(look, promises)
    for _ in verification.walk():
        pass
    return verification.verdicts()


def broken_rows(look: Look, promise: Promise, page: Sequence[Row]) -> list[Row]:
    """Those of a page that break a promise; each was read and judged once more."""
    suspects = list(promise.broken_by(look, page))
    if not suspects:
        return []
    again = look.held(promise.table, (key_of(promise.table, row) for row in suspects))
    return list(promise.broken_by(look, again))


def told(table: str, row: Row) -> str:
    """The key of a row; a keyed hash is left out, and so is a staff id."""
    if table == "work":
        return str(row["itemId"]).rpartition("#")[2]
    if table == "references":
        return f"{str(row['name']).partition('#')[0]} of {str(row['target']).partition('#')[0]}"
    return "/".join(part for part in key_of(table, row).values() if isinstance(part, str))


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hours", type=int, default=1, metavar="N", help="how long work may wait (%(default)s)"
    )
    parser.add_argument("--after", metavar="PLACE", help="go on where it stopped, as it said when it did")


def _verify(desk: Desk, options: argparse.Namespace) -> None:
    reached = after = place_of(options.after) if options.after else None
    verification = Verification(look_at(desk, options.hours), after=after)
    try:
        for place in verification.walk():
            reached = place
    except (Exception, KeyboardInterrupt) as error:  # whatever it is: the rest will not tell what was found
        _print(verification.verdicts())
        where = f"; go on with --after {word_of(*reached)}" if reached else ""
        raise InfraError(f"stopped ({type(error).__name__}), found so far: see above{where}") from error
    verdicts = verification.verdicts()
    _print(verdicts)
    count = sum(bool(verdict.broken) for verdict in verdicts)
    if count:
        raise InfraError(f"{count} of {len(verdicts)} promises are broken (marked !)")


def _print(verdicts: Sequence[Verdict]) -> None:
    for verdict in verdicts:
        mark = "! " if verdict.broken else "  "
        print(f"{mark}{verdict.promise.name:<16}{len(verdict.broken):>6} of {verdict.rows:<8}", end="")
        print(f"{verdict.promise.says}")
        for one in verdict.broken[:_SHOWN]:
            print(f"      {one}")
        if len(verdict.broken) > _SHOWN:
            print(f"      and {len(verdict.broken) - _SHOWN} more")


VERIFY: Final = Action(
    "verify",
    "check that a stage keeps its promises; changes nothing",
    _arguments,
    _verify,
    Logged.looked("verify"),
)
