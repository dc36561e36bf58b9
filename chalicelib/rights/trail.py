"""Who looked at a signal, or did something with it: its lines of the audit trail (D32, D39)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final

from chalicelib.domain.audit import Act, AuditEntry, Outcome
from chalicelib.domain.signal import Signal
from chalicelib.matching.decision import MatchKind
from chalicelib.ports.storage import Page, Storage
from chalicelib.rights.names import Person, WhoIsWho
from chalicelib.rights.withheld import Withheld

PAGE: Final = 100
_LOOKING: Final = ("_READ", "_LISTED", "_OPENED", "_SHOWN", "_ANSWERED")

_OF_REQUESTS: Final = frozenset({Act.REQUEST_FILED, Act.REQUEST_DECIDED})
"""By which a request is found, under whatever name of the youth."""

_Entries = dict[tuple[str, str], AuditEntry]


class Deed(StrEnum):
    """What somebody did: LOOKED at it, or DID something with it (gave, changed, ended, decided)."""

    LOOKED = "LOOKED"
    DID = "DID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One line of the trail, for the family.

    ``who`` is None for the professional of another youth of the household, as of a recipient.
    """

    who: Person | None
    deed: Deed
    act: Act
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksAt:
    """Reads what the trail tells a family of a signal.

    Attributes:
        youth: what the trail calls the youth besides what each signal calls them: of the BSN that the
            request was filed with, which not every organisation may use (D4), and of its other signals.
        withheld: what no line may tell of.
    """

    storage: Storage
    who: WhoIsWho
    youth: frozenset[str]
    withheld: Withheld

    def __call__(self, signal: Signal, lineage: Iterable[str]) -> tuple[Look, ...]:
        """What was done to a signal, to what ties it to others, and about its youth; oldest first.

        ``lineage`` is the signal with those whose place it took (D7). Of a household match the
        lines of the other side have no name: whoever is involved with another youth is that youth's own.
        """
        own, household = self._resources(lineage)
        named = self._of_resources(own) | self._of_youth(self.youth | ({signal.pseudonym} - {None}))
        named |= self._of_resources({entry.resource for entry in named.values() if entry.act in _OF_REQUESTS})
        lines = self._of_resources(household) | named
        return tuple(
            _look(entry, self._may_know(entry, signal, is_named=key in named))
            for key, entry in _each_once(lines)
            if entry.outcome is Outcome.DONE and not self.withheld.hides(entry)
        )

    def _resources(self, lineage: Iterable[str]) -> tuple[set[str], set[str]]:
        """What is about the youth of a signal, and what ties that youth to another of the household."""
        own, household = set[str](), set[str]()
        for signal_id in lineage:
            links = self.storage.matches.links_of(signal_id)
            own |= {signal_id, *(review.id for review in links.reviews)}
            for match in links.matches:
                (own if match.kind is MatchKind.PERSON else household).add(match.id)
        return own, household

    def _may_know(self, entry: AuditEntry, signal: Signal, *, is_named: bool) -> Person | None:
        if not is_named and entry.organisation_id != signal.organisation_id:
            return None
        return self.who.card(entry.organisation_id, entry.professional_id)

    def _of_resources(self, resources: Iterable[str]) -> _Entries:
        return _read(partial(self.storage.audit.of_resource, one, limit=PAGE) for one in resources)

    def _of_youth(self, pseudonyms: Iterable[str | None]) -> _Entries:
        known = (one for one in pseudonyms if one is not None)
        return _read(partial(self.storage.audit.of_youth, one, limit=PAGE) for one in known)


def decided_about(storage: Storage, request_id: str) -> frozenset[str]:
    """What the trail called the youth when a request was decided; the request itself forgot it (D38)."""
    entries = _read([partial(storage.audit.of_resource, request_id, limit=PAGE)]).values()
    decided = (entry for entry in entries if entry.act is Act.REQUEST_DECIDED)
    return frozenset(entry.youth for entry in decided if entry.youth is not None)


def _each_once(lines: _Entries) -> Iterator[tuple[tuple[str, str], AuditEntry]]:
    """The lines, oldest first; an act that stands there under several names of the youth is one."""
    seen = set[tuple[object, ...]]()
    for key, entry in sorted(lines.items(), key=lambda line: (line[1].at, line[1].id)):
        act = entry.organisation_id, entry.professional_id, entry.act, entry.resource, entry.at
        if entry.act not in _OF_REQUESTS or act not in seen:
            yield key, entry
        seen.add(act)


def _read(lists: Iterable[Callable[..., Page[AuditEntry]]]) -> _Entries:
    return {(entry.organisation_id, entry.id): entry for page_of in lists for entry in _all(page_of)}


def _all(page_of: Callable[..., Page[AuditEntry]]) -> Iterator[AuditEntry]:
    after: str | None = None
    while True:
        page = page_of(after=after)
        yield from page.items
        if page.next is None:
            return
        after = page.next


def _look(entry: AuditEntry, who: Person | None) -> Look:
    looked = entry.act.value.endswith(_LOOKING)
    return Look(who=who, deed=Deed.LOOKED if looked else Deed.DID, act=entry.act, at=entry.at)
