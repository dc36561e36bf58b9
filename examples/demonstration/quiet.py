"""Waiting until the index has done all its work: no signal to reconcile, no notice to send."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from infra.account import Account
from infra.errors import InfraError

_LOOK: Final = 0.03
_LIMIT: Final = 90.0


@dataclass(frozen=True, slots=True)
class Workload:
    """The stored work items, which are written with every signal and every notice."""

    account: Account

    def wait_until_done(self, limit: float = _LIMIT, look: float = _LOOK) -> None:
        """Return when none is left, looking every ``look`` seconds. Raises InfraError after ``limit``."""
        client = self.account.client("dynamodb")
        deadline = time.monotonic() + limit
        while left := self._left(client):
            if time.monotonic() > deadline:
                work = ", ".join(f"{count} {kind}" for kind, count in sorted(left.items()))
                raise InfraError(f"after {limit:.0f} s there is still work: {work}")
            time.sleep(look)

    def _left(self, client: Any) -> Counter[str]:
        left: Counter[str] = Counter()
        start: dict[str, Any] = {}
        while True:
            page = client.scan(
                TableName=f"{self.account.stage.prefix}-work",
                ProjectionExpression="#bucket",
                ExpressionAttributeNames={"#bucket": "bucket"},
                ConsistentRead=True,
                **start,
            )
            kinds = (item["bucket"]["S"].partition("#")[0] for item in page["Items"])
            left.update(kind for kind in kinds if kind != "recheck")  # what is asked for a later day
            if "LastEvaluatedKey" not in page:
                return left
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
