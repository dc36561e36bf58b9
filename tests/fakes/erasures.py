"""The ledger of erasures in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.erasure import ErasureCertificate
from chalicelib.domain.match import Match
from chalicelib.domain.notice import UNSAID, Notice
from chalicelib.domain.review import Review
from chalicelib.models.audit import kept_until
from chalicelib.models.erasures import POINTS_AT_NOTHING
from chalicelib.ports.errors import Stale
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeErasures:
    """The erasure store over dicts."""

    state: FakeState

    def get(self, signal_id: str) -> ErasureCertificate | None:
        """The certificate of a signal."""
        self.state.before("erasures.get")
        held = self.state.erasures.get(signal_id)
        years = self.state.audit_years
        if held is None or kept_until(held.erased_at, years) <= self.state.clock.now():
            return None
        return held

    def unfinished(self, *, limit: int, after: str | None = None) -> tuple[str, ...]:
        """Ids of signals of which something is left, by id; those after this one."""
        self.state.before("erasures.unfinished")
        open_ones = (one.signal_id for one in self.state.erasures.values() if one.completed_at is None)
        return tuple(sorted(one for one in open_ones if one > (after or ""))[:limit])

    def save(self, certificate: ErasureCertificate) -> None:
        """Write what more has gone; Stale once the signal was erased anew."""
        self.state.before("erasures.save")
        held = self.state.erasures.get(certificate.signal_id)
        if held is None or held.erased_at != certificate.erased_at:
            raise Stale(certificate.signal_id)
        self.state.erasures[certificate.signal_id] = certificate
        self.state.after("erasures.save")

    def notices_of(self, pair_id: str) -> tuple[Notice, ...]:
        """All notices about a match or review, by id."""
        self.state.before("erasures.notices_of")
        found = (notice for notice in self.state.notices.values() if notice.match_id == pair_id)
        return tuple(sorted(found, key=lambda notice: notice.id))

    def remove_notices(self, notices: Sequence[Notice]) -> None:
        """Remove notices and their due items."""
        self.state.before("erasures.remove_notices")
        for notice in notices:
            self.state.notices.pop(notice.id, None)
            self.state.due.pop((notice.receiver, notice.id), None)
        self.state.after("erasures.remove_notices")

    def hand_on(self, notices: Sequence[Notice]) -> None:
        """Write what is told already on other matches."""
        self.state.before("erasures.hand_on")
        held = (self.state.notices.get(notice.id) for notice in notices)
        if any(one is not None and one.state not in UNSAID for one in held):
            raise Stale("a notice says so by itself")
        self.state.notices.update({notice.id: notice for notice in notices})
        self.state.after("erasures.hand_on")

    def remove_pair(self, pair: Match | Review) -> None:
        """Remove a match or review with both mirrors."""
        self.state.before("erasures.remove_pair")
        rows: dict[str, Match] | dict[str, Review] = (
            self.state.matches if isinstance(pair, Match) else self.state.reviews
        )
        held = rows.get(pair.id)
        if held is not None and held.revision != pair.revision:
            raise Stale(pair.id)
        rows.pop(pair.id, None)
        name = self.state.names.get(f"match-key#{pair.match_key}") if isinstance(pair, Match) else None
        if name is not None and name.target == pair.id:
            self.state.names[name.name] = replace(name, target=POINTS_AT_NOTHING)
        self.state.after("erasures.remove_pair")

    def take_back_verdicts(self, signal_id: str, about: str, at: datetime) -> bool:
        """Have a signal forget what was decided about it and another."""
        self.state.before("erasures.take_back_verdicts")
        held = self.state.signals.get(signal_id)
        gone = {one for one in held.verdicts if one.other_id == about} if held is not None else set()
        if held is None or not gone:
            return False
        revised = replace(held, revision=held.revision + 1, verdicts=held.verdicts - gone)
        self.state.signals[signal_id] = revised
        self.state.ask(signal_id, revised.revision, at)
        self.state.after("erasures.take_back_verdicts")
        return True
