"""A request under a key is answered once, and refusals are not remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from chalicelib.api.messages import Response
from chalicelib.api.repeats import LOST_AFTER, Made, Repeats
from chalicelib.domain.errors import IdempotencyMismatch, OrganisationExists
from tests.builders import make_organisation
from tests.fakes import FakeNames, FakePseudonyms, FakeStorage, FixedClock
from tests.signal_requests import make_caller

KEY = "key-1"


@dataclass(slots=True)
class Desk:
    """Makes things, and counts how many it made."""

    clock: FixedClock = field(default_factory=FixedClock)
    made: int = 0
    repeats: Repeats = field(init=False)

    def __post_init__(self) -> None:
        self.repeats = Repeats(
            store=FakeStorage(self.clock).repeats,
            pseudonyms=FakePseudonyms(),
            names=FakeNames(),
            clock=self.clock,
        )

    def ask(self, asked: str = "a chair", *, key: str | None = KEY, who: str = "school") -> str:
        """Ask for something; what was answered."""
        caller = make_caller(make_organisation(who))
        answer = self.repeats(caller, key, asked, act=self._make, again=lambda made: _told(f"again {made}"))
        return answer.text()

    def fail(self, asked: str, error: BaseException) -> None:
        """Ask for something that cannot be made."""

        def refuse() -> Made:
            raise error

        with pytest.raises(type(error)):
            self.repeats(make_caller(), KEY, asked, act=refuse, again=_told)

    def _make(self) -> Made:
        self.made += 1
        return f"thing-{self.made}", _told(f"thing-{self.made}")


def _told(text: str) -> Response:
    return Response(status=201, body=text)


def test_a_repeat_is_told_what_was_made() -> None:
    """It makes nothing, for a day."""
    desk = Desk()
    answers = [desk.ask(), desk.ask()]
    desk.clock.advance(timedelta(hours=24))

    assert answers == ["thing-1", "again thing-1"]
    assert desk.ask() == "thing-2"


def test_without_a_key_each_request_is_new() -> None:
    """Nobody said that it is a repeat."""
    desk = Desk()

    assert [desk.ask(key=None), desk.ask(key=None)] == ["thing-1", "thing-2"]


def test_a_key_belongs_to_one_organisation_and_one_payload() -> None:
    """Another's key is another key; the same for something else is a mistake."""
    desk = Desk()
    desk.ask()

    assert desk.ask(who="ggd") == "thing-2"
    with pytest.raises(IdempotencyMismatch):
        desk.ask("a table")


def test_a_refusal_is_not_remembered() -> None:
    """What was meant may come under the same key."""
    desk = Desk()
    desk.fail("a broken chair", OrganisationExists())

    assert desk.ask("a chair") == "thing-1"


def test_a_run_whose_process_died_may_begin_anew_once_it_counts_as_lost() -> None:
    """A process that is stopped can free nothing."""
    desk = Desk()
    desk.fail("a chair", KeyboardInterrupt())
    desk.clock.advance(LOST_AFTER)

    assert desk.ask("a chair") == "thing-1"
