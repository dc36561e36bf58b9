"""Whether the archive knows the youth of an active signal, and by whose signals (D35, D36).

Only this reads the archive's keys, and what finds the signals of a family that asks for them (D31); nothing
that it finds becomes a match: what the archive says is weighed after the active signals were settled, and
beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from chalicelib.domain.history import History
from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.matches.closure import Closure, ClosureTooLarge
from chalicelib.matches.decided import DecidePersons
from chalicelib.matches.opened import opened
from chalicelib.matching import (
    FoldedYouth,
    MatchRecord,
    Outcome,
    Verdict,
    compare,
    earlier_in_archive,
    fold,
    looked_up_archive_keys,
    looked_up_keys,
)
from chalicelib.ports.errors import Stale
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import Guard, Storage

MOST_FOUND: Final = 200
"""Archived signals that are compared for one youth; with more than this the answer is known anyway."""

Groups = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FindEarlier:
    """Finds the archived signals about the youth of a signal."""

    persons: DecidePersons

    @property
    def storage(self) -> Storage:
        """The region's storage."""
        return self.persons.storage

    def about_youth_of(self, signal_id: str) -> tuple[Signal, ...]:
        """The earlier signals as :meth:`of` finds them; none once the signal is not active.

        Raises StorageBusy, ClosureTooLarge, SealBroken.
        """
        closure, decision = self.persons(signal_id)
        return self.of(closure, decision.groups) if signal_id in closure.folded else ()

    def all_about_youth_of(self, signal_id: str) -> frozenset[str]:
        """Ids of every signal about the youth of an active one, itself included, the archive's too (D34).

        Of one that is not active, itself alone. Raises StorageBusy, ClosureTooLarge.
        """
        closure, decision = self.persons(signal_id)
        if signal_id not in closure.folded:
            return frozenset({signal_id})
        active = next(group for group in decision.groups if signal_id in group)
        earlier, _ = self._all(closure, decision.groups)
        return frozenset(active) | {one.id for one in earlier}

    def of(self, closure: Closure, groups: Groups) -> tuple[Signal, ...]:
        """The earlier signals of others than its own professional, opened, the latest to end first.

        ``groups`` are the persons that the active signals of the closure were decided to be. Raises
        SealBroken when none is found and one could not be opened, LookupError for a subject that is not
        active.
        """
        subject = closure.signals[closure.subject]
        earlier, broken = self._all(closure, groups)
        told = [signal for signal in earlier if _is_anothers_earlier(signal, subject)]
        if broken and not told:
            raise SealBroken(subject.id)
        return tuple(sorted(told, key=_latest_end_first))

    def _all(self, closure: Closure, groups: Groups) -> tuple[list[Signal], bool]:
        """The archived signals about the subject's youth, and whether there was one that did not open."""
        mine = next(group for group in groups if closure.subject in group)
        found = _Found()
        frontier = [closure.folded[one] for one in mine]
        while frontier and len(found.signals) < MOST_FOUND:
            frontier = [youth for mine in frontier for youth in self._near(mine, found)]
        return self._of_same_youth(closure, groups, found), found.broken

    def tell(self, closure: Closure, groups: Groups) -> None:
        """Write whether there are any, unless that was told, or the signal is another by now (D36).

        Raises SealBroken when that hangs on a record that does not open: it has to be asked again.
        """
        subject = closure.signals.get(closure.subject)
        if subject is None or subject.id not in closure.folded:
            return
        if self.storage.archive.histories([subject.id]):
            return
        try:
            history = History(signal_id=subject.id, earlier=bool(self.of(closure, groups)))
            guard = Guard(signal_id=subject.id, revision=subject.revision, active=True)
            self.storage.archive.tell(history, guard)
        except (ClosureTooLarge, Stale):
            return  # its next reconcile tells, if it has one; nobody's match waits for that

    def _near(self, mine: FoldedYouth, found: _Found) -> Iterator[FoldedYouth]:
        """Those in the archive that may be about the same youth as this one, and were not found yet."""
        for signal in self._holders(mine, found):
            if signal.id in found.signals or signal.youth is None:
                continue
            youth = fold(signal.youth)
            if compare(mine, youth, self.persons.model).person is not Outcome.NO:
                found.signals[signal.id] = signal
                found.folded[signal.id] = youth
                yield youth

    def _holders(self, mine: FoldedYouth, found: _Found) -> list[Signal]:
        """The archived signals that share a key with this youth; each key, and each signal, is read once."""
        _, keysets = self.storage.settings.keysets()
        keys = self.persons.hasher.hashed(looked_up_archive_keys(mine), keysets)
        found.holders.update(self.storage.archive.holders(keys - found.holders.keys()))
        ids = sorted(frozenset().union(*(found.holders[key] for key in keys)))
        for one in ids:
            if one not in found.read:
                found.read[one] = self._read(one, found)
        return [signal for one in ids if (signal := found.read[one]) is not None]

    def _read(self, signal_id: str, found: _Found) -> Signal | None:
        try:
            signal = self.storage.signals.get_many([signal_id]).get(signal_id)
        except SealBroken:
            found.broken = True
            return None
        return signal if signal is not None and signal.is_archived(self.persons.today) else None

    def _of_same_youth(self, closure: Closure, groups: Groups, found: _Found) -> list[Signal]:
        if not found.signals:
            return []
        active = {record.signal_id: record for record in closure.records()}
        persons = list(groups)
        for one in self._rivals(found):
            if one not in active:
                other, decision = self.persons(one)
                persons += [group for group in decision.groups if active.keys().isdisjoint(group)]
                active |= {record.signal_id: record for record in other.records()}
        same = earlier_in_archive(
            closure.subject,
            persons,
            active.values(),
            [MatchRecord(one, youth) for one, youth in sorted(found.folded.items())],
            verdicts=_words(found.signals.values()),
            model=self.persons.model,
            largest_group=self.persons.profile.largest_group,
        )
        return [found.signals[one] for one in sorted(same)]

    def _rivals(self, found: _Found) -> list[str]:
        """The active signals that one of the archived may be about the same youth as.

        Whom it fits better is not the youth of the subject: else a stranger's history were shown.
        """
        _, keysets = self.storage.settings.keysets()
        near: set[str] = set()
        for youth in found.folded.values():
            keys = self.persons.hasher.hashed(looked_up_keys(youth), keysets)
            ids = frozenset().union(*self.storage.signals.holders(keys).values()) - near
            for one, signal in opened(self.storage.signals, ids, self.persons.today).items():
                if signal.is_active(self.persons.today) and signal.youth is not None:
                    likeness = compare(youth, fold(signal.youth), self.persons.model)
                    near |= {one} if likeness.person is not Outcome.NO else set()
        return sorted(near)


@dataclass(slots=True)
class _Found:
    """What a search came upon so far; ``broken`` tells of a record that did not open."""

    holders: dict[IndexKey, frozenset[str]] = field(default_factory=dict)
    read: dict[str, Signal | None] = field(default_factory=dict)
    signals: dict[str, Signal] = field(default_factory=dict)
    folded: dict[str, FoldedYouth] = field(default_factory=dict)
    broken: bool = False


def _words(signals: Iterable[Signal]) -> Iterator[Verdict]:
    """What people decided about archived signals while they were active; the others hold the same word."""
    for signal in signals:
        yield from (Verdict(signal.id, word.other_id, word.same) for word in sorted(signal.verdicts))


def _is_anothers_earlier(signal: Signal, subject: Signal) -> bool:
    """Given before, and by another professional: what they gave themselves is no news to them (D7)."""
    own = (subject.organisation_id, subject.professional_id)
    return signal.created_at < subject.created_at and (signal.organisation_id, signal.professional_id) != own


def _latest_end_first(signal: Signal) -> tuple[float, str]:
    return -(signal.ended_at or signal.created_at).timestamp(), signal.id
