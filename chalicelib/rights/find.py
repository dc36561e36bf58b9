"""Finding the signals that a request is about: by the core that matches, never by a search (D16, D31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.signal import Signal
from chalicelib.matches.closure import ClosureTooLarge
from chalicelib.matches.closure_reader import ClosureReader
from chalicelib.matching import (
    Decision,
    FoldedYouth,
    MatchingProfile,
    MatchRecord,
    Model,
    Outcome,
    Verdict,
    Youth,
    compare,
    decide,
    fold,
    looked_up_archive_keys,
    looked_up_person_keys,
)
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import IndexHasher
from chalicelib.rights.agenda import may_be_hidden

PROBE: Final = "~request"
"""Stands for the request among signals; no signal has this id."""
PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A signal about the youth of a request: for certain, or with the evidence of a doubt (D22)."""

    signal: Signal
    certain: bool
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Field:
    """All that was read: the evidence of active signals, and those that no match may rest on."""

    signals: dict[str, Signal] = field(default_factory=dict)
    records: dict[str, FoldedYouth] = field(default_factory=dict)
    verdicts: set[Verdict] = field(default_factory=set)
    walked: set[str] = field(default_factory=set)
    silent: dict[str, FoldedYouth] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSignals:
    """Puts the record of a request among the signals it may go with, and asks the core whose they are.

    The request is evidence for nobody else: nothing of this is stored, and no match rests on it. What
    is not active (hidden by a request, past its last day, in the archive) is decided on one by one, so
    that it joins nobody either.
    """

    storage: Storage
    hasher: IndexHasher
    clock: Clock
    model: Model
    profile: MatchingProfile

    def __call__(self, youth: Youth) -> tuple[Found, ...]:
        """Every signal that is, or may be, about this youth; by id. Raises StorageBusy, SealBroken."""
        mine, today = fold(youth), amsterdam_day(self.clock.now())
        read = _Field()
        self._gather(read, mine, today)
        decision = self._decide(read.records, read.verdicts, mine)
        found = list(_found(read, decision))
        for one, theirs in sorted(read.silent.items()):
            alone = self._decide({one: theirs}, (), mine)
            found += [each for each in _found(read, alone) if each.signal.id == one]
        return tuple(sorted(found, key=lambda each: each.signal.id))

    def _gather(self, read: _Field, mine: FoldedYouth, today: date) -> None:
        candidates = self._candidates(mine) | self._hidden()
        for one, signal in sorted(self.storage.signals.get_many(candidates).items()):
            if signal.youth is None:
                continue
            theirs = fold(signal.youth)
            if not signal.is_active(today):
                read.signals[one] = signal
                read.silent[one] = theirs
            elif one not in read.walked and compare(mine, theirs, self.model).person is not Outcome.NO:
                self._walk(read, signal, theirs, today)

    def _walk(self, read: _Field, signal: Signal, theirs: FoldedYouth, today: date) -> None:
        """Read all that hangs together with a signal; one whose closure is too large stands for itself."""
        reader = ClosureReader(
            storage=self.storage,
            hasher=self.hasher,
            model=self.model,
            today=today,
            address_match=self.profile.address_match,
        )
        read.signals[signal.id] = signal
        read.records[signal.id] = theirs
        read.walked.add(signal.id)
        try:
            closure = reader.read(signal.id)
        except ClosureTooLarge:
            return
        read.signals |= closure.signals
        read.records |= {record.signal_id: record.youth for record in closure.records()}
        read.verdicts |= set(closure.verdicts())
        read.walked |= closure.core

    def _candidates(self, mine: FoldedYouth) -> set[str]:
        _, keysets = self.storage.settings.keysets()
        keys = self.hasher.hashed(looked_up_person_keys(mine), keysets)
        archived = self.hasher.hashed(looked_up_archive_keys(mine), keysets)
        return set().union(
            *self.storage.signals.holders(keys).values(), *self.storage.archive.holders(archived).values()
        )

    def _hidden(self) -> set[str]:
        """The signals that requests hide now, which no key leads to: as few as there are open requests.

        Whom those requests are about stays sealed.
        """
        hidden: set[str] = set()
        after: str | None = None
        while True:
            page = self.storage.rights.agenda(None, is_open=True, limit=PAGE, after=after)
            for request in self.storage.rights.sealed(page.items).values():
                hidden |= {one.signal_id for one in request.concerned if may_be_hidden(request, one)}
            if page.next is None:
                return hidden
            after = page.next

    def _decide(
        self, records: dict[str, FoldedYouth], verdicts: Iterable[Verdict], mine: FoldedYouth
    ) -> Decision:
        evidence = [MatchRecord(one, theirs) for one, theirs in sorted(records.items())]
        return decide(
            (*evidence, MatchRecord(PROBE, mine)), verdicts=verdicts, model=self.model, profile=self.profile
        )


def _found(read: _Field, decision: Decision) -> Iterator[Found]:
    groups = {one: group for group in decision.groups for one in group}
    own = groups[PROBE]
    yield from (Found(signal=read.signals[one], certain=True) for one in own if one != PROBE)
    doubted: set[str] = set()
    for pair in decision.possible:
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if one in own and other not in own:
                evidence = tuple((line.field, line.level) for line in pair.explanation.evidence)
                for each in sorted(set(groups[other]) - doubted):
                    doubted.add(each)
                    yield Found(signal=read.signals[each], certain=False, evidence=evidence)
