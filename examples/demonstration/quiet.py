"""Waiting until the index has done all its work: no signal to reconcile, no notice to send."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.clock import SystemClock
from chalicelib.models.erasures import UNFINISHED
from infra.account import Account
from infra.errors import InfraError

_LOOK: Final = 0.03
_LIMIT: Final = 300.0
_FOR_LATER: Final = {"recheck", UNFINISHED}
"""Looks that are asked for a later day, and erasures, which wait some minutes before they are finished."""


@dataclass(frozen=True, slots=True)
class Workload:
    """The stored work items, which are written with every signal and every notice."""

    account: Account

    def wait_until_done(self, limit: float = _LIMIT, look: float = _LOOK) -> None:
        """Return when none is left, looking every ``look`` seconds. Raises InfraError after ``limit``."""
        self._wait(self._left, limit, look)

    def wait_until_nothing_is_due(self, limit: float = _LIMIT, look: float = _LOOK) -> None:
        """Return when nothing is left to do now, though something may be held for later. As the above."""
        self._wait(lambda client: self._left(client, SystemClock().now()), limit, look)

    def _wait(self, look_at: Callable[[Any], Counter[str]], limit: float, look: float) -> None:
        client = self.account.client("dynamodb")
        deadline = time.monotonic() + limit
        while left := look_at(client):
            if time.monotonic() > deadline:
                work = ", ".join(f"{count} {kind}" for kind, count in sorted(left.items()))
                raise InfraError(f"after {limit:.0f} s there is still work: {work}")
            time.sleep(look)

    def _left(self, client: Any, by: datetime | None = None) -> Counter[str]:
        """What is left, by kind; only what is not held until after a moment, if one is given."""
        left: Counter[str] = Counter()
        start: dict[str, Any] = {}
        while True:
            page = client.scan(
                TableName=f"{self.account.stage.prefix}-work",
                ProjectionExpression="#bucket, since",
                ExpressionAttributeNames={"#bucket": "bucket"},
                ConsistentRead=True,
                **start,
            )
            now = [item for item in page["Items"] if by is None or _since(item) <= by]
            kinds = (item["bucket"]["S"].partition("#")[0] for item in now)
            left.update(kind for kind in kinds if kind not in _FOR_LATER)
            if "LastEvaluatedKey" not in page:
                return left
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _since(item: dict[str, Any]) -> datetime:
    """From when on there is something to be done; a look that is asked for a later day names none."""
    return datetime.fromisoformat(item["since"]["S"]) if "since" in item else datetime.max.replace(tzinfo=UTC)
