"""A write that arrived though its answer did not: whoever does it again finds it done, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ReadTimeoutError

from chalicelib.domain.errors import SignalRevised
from chalicelib.domain.match import MatchState
from chalicelib.domain.notice import NoticeKind, NoticeState, notice_id
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.signal import SignalState
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import MatchingProfile, default_model
from chalicelib.notices.deliver import Deliver
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Mail
from chalicelib.signals.change import ChangeSignal
from chalicelib.signals.end import EndSignal
from chalicelib.signals.give import GiveSignal
from tests.builders import STAGE_CODE, WrittenOut, make_organisation, make_professional, make_signal
from tests.fakes import FakeEvents, FakeHasher, FakeMailer, FakeNames, FakePseudonyms
from tests.integration.storage.conftest import Region
from tests.integration.storage.given import new_audit, new_signal
from tests.signal_requests import archiving_of, make_caller, make_request
from tests.unit.notices.scene import REGION
from tests.unit.signals.test_change import youth_with

SCHOOL = receiver_key("school", "p1")


@dataclass(slots=True)
class Line:
    """The way to DynamoDB, which loses the answers to the next ``losing`` transactions."""

    losing: int = 0
    lost: list[str] = field(default_factory=list)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    """The way to DynamoDB."""
    line, send = Line(), BaseClient._make_api_call  # type: ignore[attr-defined] # every call goes by it

    def sent(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
        answer = send(client, operation, parameters)
        if operation == "TransactWriteItems" and line.losing:
            line.losing -= 1
            line.lost.append(operation)
            raise ReadTimeoutError(endpoint_url="https://dynamodb.example")
        return answer

    monkeypatch.setattr(BaseClient, "_make_api_call", sent)
    return line


@pytest.fixture(params=["moto", pytest.param("emulator", marks=pytest.mark.e2e)])
def region(request: pytest.FixtureRequest) -> Region:
    """A region in tables: in memory no answer can be lost."""
    found = request.getfixturevalue(f"{request.param}_region")
    assert isinstance(found, Region)
    return found


def test_a_signal_is_given_once(region: Region, line: Line) -> None:
    """The caller hears that it may try again, and then gets the signal that was made the first time."""
    names = FakeNames()
    give = GiveSignal(
        storage=region.storage,
        hasher=FakeHasher(),
        pseudonyms=FakePseudonyms(),
        names=names,
        clock=region.clock,
    )
    line.losing = 1
    with pytest.raises(StorageBusy):
        give(make_caller(), make_request(), "key-1")

    again = give(make_caller(), make_request(), "key-1")

    holders = region.storage.signals.holders(again.signal.keys)
    assert line.lost == ["TransactWriteItems"]
    assert set(holders.values()) == {frozenset({again.signal.id})}
    assert _page(region.storage) == [again.signal.id]


def test_a_signal_is_closed_once(region: Region, line: Line) -> None:
    """Its second revision stands, and there is no third."""
    names = FakeNames()
    region.storage.signals.add(new_signal(make_signal("lo-1", "school"), professional=make_professional()))
    archiving = archiving_of(region.storage)
    end = EndSignal(storage=region.storage, names=names, clock=region.clock, archiving=archiving)
    line.losing = 1
    with pytest.raises(StorageBusy):
        end.close(make_caller(), "lo-1")

    again = end.close(make_caller(), "lo-1")

    assert line.lost == ["TransactWriteItems"]
    assert (again.signal.state, again.signal.revision) == (SignalState.CLOSED, 2)
    assert region.storage.signals.get("lo-1") == again.signal


def test_a_signal_is_changed_once(region: Region, line: Line) -> None:
    """With the guard of before it was revised meanwhile; without one there is nothing new to write."""
    hasher, names = FakeHasher(), FakeNames()
    given = GiveSignal(
        storage=region.storage,
        hasher=hasher,
        pseudonyms=FakePseudonyms(),
        names=names,
        clock=region.clock,
    )(make_caller(), make_request(), None)
    change = ChangeSignal(
        storage=region.storage, hasher=hasher, pseudonyms=FakePseudonyms(), names=names, clock=region.clock
    )
    edit = youth_with(surname="Bakker")
    line.losing = 1
    with pytest.raises(StorageBusy):
        change(make_caller(), given.signal.id, edit, {1})

    with pytest.raises(SignalRevised):
        change(make_caller(), given.signal.id, edit, {1})
    again = change(make_caller(), given.signal.id, edit, None)

    assert line.lost == ["TransactWriteItems"]
    assert again.signal.revision == 2
    assert region.storage.signals.get(given.signal.id) == again.signal


def test_a_match_is_made_once(region: Region, line: Line) -> None:
    """In the same run: it reads again and finds its own write; each professional has one notice."""
    _pair(region.storage)
    line.losing = 1

    report = _reconcile(region)("lo-1")

    (match,) = region.storage.matches.of_signal("lo-1")
    assert line.lost == ["TransactWriteItems"]
    assert report.rounds >= 2
    assert (match.state, match.revision, match.episode) == (MatchState.ACTIVE, 1, 1)
    assert [len(region.storage.notices.due(receiver_key(one, "p1"))) for one in ("school", "ggd")] == [1, 1]
    assert region.storage.work.pending("lo-1") is None


def test_whoever_is_in_a_match_is_told_of_it(region: Region, line: Line) -> None:
    """Though the reconcile that wrote the notices never heard so, and so did not wake delivery."""
    _pair(region.storage)
    line.losing = 1
    _reconcile(region)("lo-1")

    later = region.clock.now().replace(hour=23)

    assert set(region.storage.work.receivers_due_before(later, limit=10)) == {SCHOOL, "ggd#p1"}


def test_a_mail_is_sent_once(region: Region, line: Line) -> None:
    """The notices were settled: the next delivery finds nothing due."""
    _pair(region.storage)
    _reconcile(region)("lo-1")
    mailer = FakeMailer()
    deliver = Deliver(
        storage=region.storage,
        mailer=_LosesAfter(mailer, line),
        events=FakeEvents(),
        names=FakeNames(),
        clock=region.clock,
        region=REGION,
    )
    with pytest.raises(StorageBusy):
        deliver(SCHOOL)

    again = deliver(SCHOOL)

    assert line.lost == ["TransactWriteItems"]
    assert (again.mails, again.sent) == (0, 0)
    assert len(mailer.sent) == 1
    assert region.storage.notices.due(SCHOOL) == ()
    (match,) = region.storage.matches.of_signal("lo-1")
    told = region.storage.notices.get_many([notice_id(match.id, 1, NoticeKind.STARTED, SCHOOL)])
    assert [notice.state for notice in told.values()] == [NoticeState.SENT]


@dataclass(frozen=True, slots=True)
class _LosesAfter:
    """A mailer after whose mail the answer to the next write is lost."""

    mailer: FakeMailer
    line: Line

    def send(self, mail: Mail) -> str:
        """Keep the mail."""
        self.line.losing = 1
        return self.mailer.send(mail)


def _pair(storage: Storage) -> None:
    """Two signals about one youth, with who gave them."""
    for signal_id, organisation in (("lo-1", "school"), ("lo-2", "ggd")):
        storage.organisations.put(make_organisation(organisation), previous_revision=None, audit=new_audit())
        professional = make_professional(organisation, "p1")
        storage.signals.add(new_signal(make_signal(signal_id, organisation), professional=professional))


def _reconcile(region: Region) -> Reconcile:
    return Reconcile(
        storage=region.storage,
        hasher=WrittenOut(),
        names=FakeNames(),
        clock=region.clock,
        model=default_model(),
        profile=MatchingProfile(),
        stage_code=STAGE_CODE,
        same_organisation=False,
    )


def _page(storage: Storage) -> list[str]:
    page = storage.signals.page("school", states=(), reference=None, limit=10, after=None)
    return [signal.id for signal in page.items]
