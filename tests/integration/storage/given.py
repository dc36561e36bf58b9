"""Writes that the storage tests start from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState, notice_id
from chalicelib.domain.organisation import Professional
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.ports.storage import NewSignal, SignalChange, Storage, UniqueName
from tests.builders import NOW, make_audit, make_organisation, make_professional, make_signal

_TOKENS = count(1)


def new_audit(at: datetime = NOW, act: Act = Act.SIGNAL_GIVEN) -> AuditEntry:
    """An audit entry like no other."""
    return replace(make_audit(act=act, token=f"t{next(_TOKENS)}"), at=at)


def new_signal(
    signal: Signal,
    names: Iterable[UniqueName] = (),
    professional: Professional | None = None,
    audit: AuditEntry | None = None,
) -> NewSignal:
    """What giving a signal writes."""
    return NewSignal(signal=signal, names=tuple(names), professional=professional, audit=audit or new_audit())


def employ(storage: Storage, *professionals: str) -> None:
    """A school that is registered, with the cards of these, or of p1 alone."""
    storage.organisations.put(make_organisation(), previous_revision=None, audit=new_audit())
    for who in professionals or ("p1",):
        storage.organisations.put_professional(make_professional("school", who))


def give(storage: Storage, signal_id: str = "lo-s1", **changes: Any) -> Signal:
    """A signal that is in the store."""
    signal = make_signal(signal_id, **changes)
    storage.signals.add(new_signal(signal))
    return signal


def change(
    storage: Storage, previous: Signal, released: tuple[str, ...] = (), at: datetime = NOW, **changes: Any
) -> Signal:
    """The signal's next revision, written."""
    signal = replace(previous, revision=previous.revision + 1, **changes)
    storage.signals.change(
        SignalChange(previous=previous, signal=signal, released=released, audit=new_audit(at))
    )
    return signal


def close(storage: Storage, signal: Signal) -> Signal:
    """The signal, closed: without keys and an end date of its own."""
    return change(storage, signal, state=SignalState.CLOSED, ended_at=NOW, keys=frozenset())


def key(name: str) -> IndexKey:
    """A hashed key."""
    return IndexKey("bsn", "1.v1", name.encode())


def make_notice(match: str = "lo-m1", receiver: str = "school#p1", **changes: Any) -> Notice:
    """A notice that a match arose, to be sent."""
    notice = Notice(
        id=notice_id(match, 1, NoticeKind.STARTED, receiver),
        kind=NoticeKind.STARTED,
        state=NoticeState.PENDING,
        match_id=match,
        episode=1,
        receiver=receiver,
        signal_id="lo-s1",
        created_at=NOW,
    )
    return replace(notice, **changes)
