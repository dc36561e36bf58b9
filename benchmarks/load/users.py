"""The callers, as Locust runs them: ``Delivery`` is a school's system, ``Desks`` is everybody's daily work.

Started by `benchmarks.load.calling`, which names the `Order` in the environment. A call of which no answer
says whether a signal was given is made again: the same reference and content give no second signal.
"""

from __future__ import annotations

import os
import time
from collections import deque
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from locust import FastHttpUser, constant, task
from locust.exception import StopUser

from benchmarks.load.journal import Deed, Entry, Journal
from benchmarks.load.plan import ORDER, Order, Plan

_TRIES: Final = 3
_KEPT: Final = 40
_SURE: Final = frozenset({200, 201})
_OPEN: Final = 500
_LAST_DAY: Final = 199


left: Final[list[object]] = []
"""The users that have nothing left to deliver."""


@dataclass(slots=True)
class Own:
    """A signal that its giver still works with; ``days`` from now is its planned end."""

    signal_id: str
    organisation: str
    youth: int
    tag: str
    days: int = _LAST_DAY

    @property
    def giver(self) -> tuple[str, int]:
        """Its organisation, and the youth, by whose number the professional is named."""
        return self.organisation, self.youth


@cache
def order() -> Order:
    """What this run is to do."""
    return Order.read(Path(os.environ[ORDER]))


@cache
def plan() -> Plan:
    """Shared by all users of this process."""
    return Plan(order().bulk)


@cache
def journal() -> Journal:
    """Shared by all users of this process."""
    return Journal(Path(order().journal))


def leave(user: Delivery) -> None:
    """The last to leave ends the run; until then the others' calls go on."""
    runner = user.environment.runner
    left.append(user)
    if runner is not None and len(left) == runner.target_user_count:
        runner.quit()


class Caller(FastHttpUser):
    """A system of some organisation; each user keeps one connection."""

    abstract = True
    wait_time = constant(0)
    network_timeout = connection_timeout = 60.0

    def give(self, organisation: str, youth: int) -> Own | None:
        """Give a signal; None when no answer says that it was."""
        body = plan().body(organisation, youth)
        for _ in range(_TRIES):
            answer = self.ask("give", "POST /signals", (organisation, youth), body)
            if answer.status_code in _SURE:
                signal: str = answer.json()["id"]
                self.note(Deed.GIVEN, organisation, youth, signal)
                return Own(signal, organisation, youth, answer.headers["ETag"])
            if 0 < answer.status_code < _OPEN:
                return None
        self.note(Deed.UNSURE, organisation, youth)
        return None

    def ask(
        self,
        name: str,
        what: str,
        giver: tuple[str, int],
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """One call, counted under ``name``: ``what`` is method and path, ``giver`` organisation and youth."""
        (method, path), (organisation, youth) = what.split(), giver
        who = {
            "Authorization": f"Bearer {order().tokens[organisation]}",
            "Professional-Id": f"p{youth}",
        }
        return self.client.request(method, path, json=body, headers=who | (headers or {}), name=name)

    def note(self, deed: Deed, organisation: str, youth: int, signal_id: str = "") -> None:
        """Write down what was answered."""
        journal().write(Entry(deed, organisation, youth, signal_id, time.time()))


class Delivery(Caller):
    """A school's system that delivers all its signals after the holidays, as fast as it is answered."""

    @task
    def deliver(self) -> None:
        """Give the next one, until the last is given."""
        following = plan().delivered()
        if following is None:
            leave(self)
            raise StopUser
        self.give(*following)


class Desks(Caller):
    """Everybody's daily work: giving, reading, looking at matches, changing, closing, retracting."""

    def on_start(self) -> None:
        """Have something to work with."""
        self.own: deque[Own] = deque(maxlen=_KEPT)
        self.give_one()

    @task(40)
    def give_one(self) -> None:
        """Give a signal."""
        own = self.give(*plan().given())
        if own is not None:
            self.own.append(own)

    @task(20)
    def read(self) -> None:
        """Read an own signal."""
        if self.own:
            own = self.own[0]
            self.ask("read", f"GET /signals/{own.signal_id}", own.giver)

    @task(25)
    def matches(self) -> None:
        """Look at the matches of an own signal."""
        if self.own:
            own = self.own[0]
            self.ask("matches", f"GET /signals/{own.signal_id}/matches", own.giver)

    @task(8)
    def change(self) -> None:
        """Plan an earlier end for the newest own signal; a later one is refused (D7)."""
        if not self.own:
            return
        own = self.own[-1]
        day = date.today() + timedelta(days=own.days)  # noqa: DTZ011 - far from midnight's edge
        patch = {"plannedEndDate": day.isoformat()}
        how = {"If-Match": own.tag, "Content-Type": "application/merge-patch+json"}
        answer = self.ask("change", f"PATCH /signals/{own.signal_id}", own.giver, patch, how)
        own.tag, own.days = answer.headers.get("ETag", own.tag), own.days - 1

    @task(4)
    def close(self) -> None:
        """Close the oldest own signal."""
        self.end("closure", "close")

    @task(3)
    def retract(self) -> None:
        """Retract the oldest own signal."""
        self.end("retraction", "retract")

    def end(self, ending: str, name: str) -> None:
        """End the oldest own signal; an answer that fails leaves it open whether it stands."""
        if not self.own:
            return
        own = self.own.popleft()
        answer = self.ask(name, f"POST /signals/{own.signal_id}/{ending}", own.giver, {})
        deed = Deed.ENDED if answer.status_code in _SURE else Deed.UNSURE
        self.note(deed, own.organisation, own.youth, own.signal_id)
