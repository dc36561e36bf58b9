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
from chalicelib.matches.closure import Closure
from chalicelib.matches.decided import DecidePersons
from chalicelib.matching import (
    FoldedYouth,
    MatchRecord,
    Outcome,
    Verdict,
    archive_lookup_keys,
    compare,
    earlier_in_archive,
    fold,
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

    def of(self, closure: Closure, groups: Groups) -> tuple[Signal, ...]:
        """The earlier signals of others than its own professional, opened, the latest to end first.

        ``groups`` are the persons that the active signals of the closure were decided to be. Raises
        SealBroken when none is found and one could not be opened, LookupError for a subject that is not
        active.
        """
        subject = closure.signals[closure.subject]
        mine = next(group for group in groups if subject.id in group)
        found = _Found()
        frontier = [closure.folded[one] for one in mine]
        while frontier and len(found.signals) < MOST_FOUND:
            frontier = list(self._near(frontier, found))
        earlier = self._of_same_youth(closure, groups, found)
        told = [signal for signal in earlier if _is_anothers_earlier(signal, subject)]
        if found.broken and not told:
            raise SealBroken(subject.id)
        return tuple(sorted(told, key=_latest_end_first))

    def tell(self, closure: Closure, groups: Groups) -> None:
        """Write whether there are any, unless that was told, or the signal is another by now (D36)."""
        subject = closure.signals.get(closure.subject)
        if subject is None or subject.id not in closure.folded:
            return
        if self.storage.archive.histories([subject.id]):
            return
        try:
            history = History(signal_id=subject.id, earlier=bool(self.of(closure, groups)))
            guard = Guard(signal_id=subject.id, revision=subject.revision, active=True)
            self.storage.archive.tell(history, guard)
        except (SealBroken, Stale):
            return  # its next reconcile tells, if it has one; nobody's match waits for that

    def _near(self, frontier: Iterable[FoldedYouth], found: _Found) -> Iterator[FoldedYouth]:
        """Those in the archive that may be about the same youth as one of these, and were not found yet."""
        near = list(frontier)
        for signal in self._holders(near, found):
            if not signal.is_archived(self.persons.today) or signal.youth is None:
                continue
            youth = fold(signal.youth)
            if any(compare(one, youth, self.persons.model).person is not Outcome.NO for one in near):
                found.signals[signal.id] = signal
                found.folded[signal.id] = youth
                yield youth

    def _holders(self, youths: Iterable[FoldedYouth], found: _Found) -> Iterator[Signal]:
        _, keysets = self.storage.settings.keysets()
        plain = frozenset().union(*(archive_lookup_keys(youth) for youth in youths))
        keys = self.persons.hasher.hashed(plain, keysets) - found.asked
        found.asked |= keys
        held = self.storage.archive.holders(keys).values()
        ids = frozenset().union(*held) - found.seen
        found.seen |= ids
        for one in sorted(ids):
            try:
                yield from self.storage.signals.get_many([one]).values()
            except SealBroken:
                found.broken = True

    def _of_same_youth(self, closure: Closure, groups: Groups, found: _Found) -> list[Signal]:
        if not found.signals:
            return []
        archived = [MatchRecord(one, youth) for one, youth in sorted(found.folded.items())]
        same = earlier_in_archive(
            closure.subject,
            groups,
            closure.records(),
            archived,
            verdicts=_words(found.signals.values()),
            model=self.persons.model,
            largest_group=self.persons.profile.largest_group,
        )
        return [found.signals[one] for one in sorted(same)]


@dataclass(slots=True)
class _Found:
    """What a search came upon so far; ``broken`` tells of a record that did not open."""

    asked: frozenset[IndexKey] = frozenset()
    seen: frozenset[str] = frozenset()
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
