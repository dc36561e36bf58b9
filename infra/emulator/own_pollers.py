"""Each stream mapping is read by a poller of its own, as on AWS.

The stock poller is one thread for all mappings: while the matching function works, no mail is delivered,
and the other way round. Here the thread only starts what is idle, and one poller per mapping reads on until
its stream has nothing more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from ministack.core.concurrency import spawn_background
from ministack.services import lambda_svc

Poll = Callable[[], bool]
Mapping = tuple[str, str, dict[str, Any]]


def teach() -> None:
    """Give each mapping of a DynamoDB stream its poller; called after every other lesson about polling."""
    pollers = Pollers(lambda_svc._poll_dynamodb_streams, lambda_svc._iter_all_esms)
    lambda_svc._iter_all_esms = pollers.mappings
    lambda_svc._poll_dynamodb_streams = pollers.start_idle


class Pollers:
    """The pollers at work; ``asked`` holds those that must look once more before they rest."""

    def __init__(self, poll: Poll, mappings: Callable[[], Iterator[Mapping]]) -> None:
        self._poll = poll
        self._all = mappings
        self._own = threading.local()
        self._lock = threading.Lock()
        self._busy: set[str] = set()
        self._asked: set[str] = set()

    def mappings(self) -> Iterator[Mapping]:
        """All mappings; to a poller, its own alone."""
        own = getattr(self._own, "mapping", None)
        return (mapping for mapping in self._all() if own is None or mapping[2]["UUID"] == own)

    def start_idle(self) -> bool:
        """Start the pollers that rest and ask the others to look once more; never anything to wait for."""
        for _, _, mapping in list(self._all()):
            if ":dynamodb:" not in mapping.get("EventSourceArn", ""):
                continue
            name = mapping["UUID"]
            with self._lock:
                starts = name not in self._busy
                (self._busy if starts else self._asked).add(name)
            if starts:
                spawn_background(self._read_on, name, thread_name=f"ministack-stream-{name[:8]}")
        return False

    def _read_on(self, name: str) -> None:
        self._own.mapping = name
        try:
            while self._poll() or self._is_asked(name):
                pass
        finally:
            self._own.mapping = None
            with self._lock:
                self._busy.discard(name)

    def _is_asked(self, name: str) -> bool:
        with self._lock:
            asked = name in self._asked
            self._asked.discard(name)
            if not asked:
                self._busy.discard(name)
            return asked
