"""A request under an Idempotency-Key is answered once; its repeats tell the same.

Of an answer only the id of what was made is kept, never the answer itself: that would be person data
in another place. A repeat renders it anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from chalicelib.api.messages import Response
from chalicelib.clock import Clock
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import IdempotencyMismatch, IdempotencyRunning
from chalicelib.ports.errors import NameTaken, StillRunning
from chalicelib.ports.repeats import RepeatStore, Run
from chalicelib.ports.world import Names, Pseudonyms
from chalicelib.signals.give import KEY_KEPT
from chalicelib.signals.unique_names import idempotency_name

LOST_AFTER: Final = timedelta(seconds=30)
"""Longer than the function may take to answer."""

Made = tuple[str, Response]
"""What a request made, by its id, and the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Answers a request once per key of an organisation, for 24 hours."""

    store: RepeatStore
    pseudonyms: Pseudonyms
    names: Names
    clock: Clock

    def __call__(
        self,
        caller: Caller,
        key: str | None,
        asked: Any,
        *,
        act: Callable[[], Made],
        again: Callable[[str], Response],
    ) -> Response:
        """What ``act`` answers; to a repeat, what ``again`` answers of the id that was made.

        ``asked`` is the operation and its content, as JSON knows it. A refusal is not remembered: the
        same key may then be used for what was meant.

        Raises IdempotencyMismatch, IdempotencyRunning, StorageBusy and whatever ``act`` raises.
        """

        def finished(run: Run | None) -> Response:
            made, answer = act()
            if run is not None:
                self.store.finish(run, made)
            return answer

        return self.together(caller, key, asked, act=finished, again=again)

    def together(
        self,
        caller: Caller,
        key: str | None,
        asked: Any,
        *,
        act: Callable[[Run | None], Response],
        again: Callable[[str], Response],
    ) -> Response:
        """As calling it, where what is made and the run that made it are one write.

        ``act`` is given the run, None without a key, and writes by itself that it is finished.
        """
        if key is None:
            return act(None)
        run = self._run(caller, key, asked)
        made = self._begin(run)
        if made is not None:
            return again(made)
        try:
            return act(run)
        except Exception:
            self.store.abandon(run)
            raise

    def _run(self, caller: Caller, key: str, asked: Any) -> Run:
        now = self.clock.now()
        text = json.dumps(asked, sort_keys=True, separators=(",", ":"))
        return Run(
            name=idempotency_name(caller.organisation.id, key, self.pseudonyms),
            digest=self.pseudonyms.digest("request-content", text),
            owner=f"run#{self.names.token()}",
            until=now + LOST_AFTER,
            expires_at=now + KEY_KEPT,
        )

    def _begin(self, run: Run) -> str | None:
        try:
            return self.store.begin(run, self.clock.now())
        except NameTaken:
            raise IdempotencyMismatch from None
        except StillRunning:
            raise IdempotencyRunning from None
