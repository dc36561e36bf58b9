"""Signals in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.models.moments import stored
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.storage import Guard, Handover, NewSignal, Page, Renewal, SignalChange
from tests.fakes.archive import require_as_read, rewrite_archive
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeSignals:
    """The signal store over a dict."""

    state: FakeState

    def add(self, new: NewSignal) -> None:
        """Write a new signal with all that goes with it."""
        self.state.before("signals.add")
        self.state.require_free(new.names)
        if new.signal.id in self.state.signals:
            raise AlreadyThere(new.signal.id)
        self.state.require_new_audit(new.audit)
        self.state.claim(new.names)
        if new.professional is not None:
            self.state.put_card(new.professional)
        self.state.put_audit(new.audit)
        self._write(new.signal, new.audit.at)
        self.state.after("signals.add")

    def change(self, change: SignalChange) -> None:
        """Write a signal's next revision."""
        self.state.before("signals.change")
        require_as_read(self.state, change.previous)
        self.state.require_own(change.released, change.signal.id)
        self.state.require_new_audit(change.audit)
        if change.carries_out is not None:
            self.state.require_request(change.carries_out)
        if change.signal.professional_id != change.previous.professional_id:
            self.state.require_present(change.signal, change.professional)
        for notice in change.notices:
            self.state.require_new_notice(notice)
        for name in change.released:
            self.state.names.pop(name, None)
        for key in change.previous.keys - change.signal.keys:
            self.state.keys[key].discard(change.signal.id)
        rewrite_archive(self.state, change.previous, change.signal)
        if change.professional is not None:
            self.state.put_card(change.professional)
        self.state.put_audit(change.audit)
        if change.erasure is not None:
            self.state.erasures[change.erasure.signal_id] = change.erasure
        for notice in change.notices:
            self.state.put_new_notice(notice)
        self._write(change.signal, change.audit.at)
        self.state.after("signals.change")

    def renew(self, renewal: Renewal) -> None:
        """Let a signal take another's place."""
        self.state.before("signals.renew")
        change, new = renewal.change, renewal.new
        require_as_read(self.state, change.previous)
        self.state.require_own(change.released, change.signal.id)
        self.state.require_free(name for name in new.names if name.name not in change.released)
        if new.signal.id in self.state.signals:
            raise AlreadyThere(new.signal.id)
        self.state.require_present(new.signal, None)
        for other in renewal.others:
            self.state.require_as_read(Guard(signal_id=other.id, revision=other.revision - 1, active=True))
        self.state.require_new_audit(change.audit)
        self.state.require_new_audit(new.audit)
        if any(review.id in self.state.reviews for review in renewal.reviews):
            raise AlreadyThere("a review")
        self._write_renewal(renewal)
        self.state.after("signals.renew")

    def _write_renewal(self, renewal: Renewal) -> None:
        change, new = renewal.change, renewal.new
        for name in change.released:
            self.state.names.pop(name, None)
        self.state.claim(new.names)
        for key in change.previous.keys:
            self.state.keys[key].discard(change.signal.id)
        rewrite_archive(self.state, change.previous, change.signal)
        if new.professional is not None:
            self.state.put_card(new.professional)
        self.state.put_audit(change.audit)
        self.state.put_audit(new.audit)
        self._write(change.signal, change.audit.at)
        self._write(new.signal, new.audit.at)
        for other in renewal.others:
            stored_one = self.state.signals[other.id]
            told = replace(stored_one, revision=other.revision, verdicts=other.verdicts)
            self._write(told, change.audit.at)
        self.state.reviews.update({review.id: review for review in renewal.reviews})

    def hand_over(self, handover: Handover) -> None:
        """Let another professional hold a signal."""
        self.state.before("signals.hand_over")
        signal = handover.signal
        self.state.require_as_read(Guard(signal_id=signal.id, revision=signal.revision - 1, active=False))
        self.state.require_new_audit(handover.audit)
        self.state.require_active(signal.organisation_id)
        self.state.require_present(signal, handover.professional)
        if handover.professional is not None:
            self.state.put_card(handover.professional)
        self.state.put_audit(handover.audit)
        held = self.state.signals[signal.id]
        taken = replace(held, professional_id=signal.professional_id, revision=signal.revision)
        self._write(taken, handover.audit.at)
        self.state.after("signals.hand_over")

    def get(self, signal_id: str) -> Signal | None:
        """The signal."""
        self.state.before("signals.get")
        return self.state.signals.get(signal_id)

    def get_many(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, by id."""
        self.state.before("signals.get_many")
        return {one: self.state.signals[one] for one in set(signal_ids) if one in self.state.signals}

    def sealed(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, without their person records."""
        self.state.before("signals.sealed")
        held = self.state.signals
        return {one: unopened(held[one]) for one in set(signal_ids) if one in held}

    def page(
        self,
        organisation_id: str,
        *,
        states: Collection[SignalState],
        reference: str | None,
        limit: int,
        after: str | None,
    ) -> Page[Signal]:
        """An organisation's own signals, sealed, newest first."""
        self.state.before("signals.page")
        found = sorted(
            (
                one
                for one in self.state.signals.values()
                if one.organisation_id == organisation_id
                and (not states or one.state in states)
                and reference in {None, one.reference}
                and (after is None or _place(one) < after)
            ),
            key=_place,
            reverse=True,
        )
        shown = tuple(map(unopened, found[:limit]))
        return Page(shown, _place(found[limit - 1]) if len(found) > limit else None)

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """Per key the ids of the signals that hold it."""
        self.state.before("signals.holders")
        return {key: frozenset(self.state.keys.get(key, ())) for key in keys}

    def overdue(self, today: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day is before today and that have not ended."""
        self.state.before("signals.overdue")
        return self._by_end(date.min, today - timedelta(days=1), limit, after)

    def ending(self, first: date, last: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day lies in between and that have not ended."""
        self.state.before("signals.ending")
        return self._by_end(first, last, limit, after)

    def _by_end(self, first: date, last: date, limit: int, after: str | None) -> Page[str]:
        found = sorted(
            f"{one.ends_on.isoformat()}#{one.id}"
            for one in self.state.signals.values()
            if one.ended_at is None and first <= one.ends_on <= last
        )
        rest = [place for place in found if after is None or place > after]
        return Page(
            tuple(place.partition("#")[2] for place in rest[:limit]),
            rest[limit - 1] if len(rest) > limit else None,
        )

    def _write(self, signal: Signal, since: datetime) -> None:
        held = self.state.signals.get(signal.id)
        former = held.youth if held is not None and held.youth != signal.youth else None
        self.state.signals[signal.id] = signal
        for key in signal.keys:
            self.state.keys[key].add(signal.id)
        self.state.ask(signal.id, signal.revision, since, former)


def unopened(signal: Signal) -> Signal:
    """Without the person record, which stays sealed."""
    return replace(signal, youth=None, informed=None)


def _place(signal: Signal) -> str:
    return f"{stored(signal.created_at)}#{signal.id}"
