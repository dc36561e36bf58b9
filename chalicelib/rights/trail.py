"""Who looked at a signal, or did something with it: its lines of the audit trail (D32, D39)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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

PAGE: Final = 100
_LOOKING: Final = ("_READ", "_LISTED", "_OPENED", "_ANSWERED")


class Deed(StrEnum):
    """What somebody did: LOOKED at it, or DID something with it (gave, changed, ended, decided)."""

    LOOKED = "LOOKED"
    DID = "DID"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One line of the trail, for the family."""

    who: Person
    deed: Deed
    act: Act
    at: datetime


def looks_at(storage: Storage, signal: Signal, who: WhoIsWho) -> tuple[Look, ...]:
    """What is in the trail of a signal and its person matches, and under the pseudonym of its youth.

    Of a household match nothing: whoever is involved with another youth is that youth's own.
    """
    found: dict[tuple[str, str], AuditEntry] = {}
    matches = storage.matches.of_signal(signal.id)
    resources = [signal.id, *(match.id for match in matches if match.kind is MatchKind.PERSON)]
    for resource in resources:
        found |= _by_id(partial(storage.audit.of_resource, resource, limit=PAGE))
    if signal.pseudonym is not None:
        found |= _by_id(partial(storage.audit.of_youth, signal.pseudonym, limit=PAGE))
    entries = sorted(found.values(), key=lambda entry: (entry.at, entry.id))
    return tuple(_look(entry, who) for entry in entries if entry.outcome is Outcome.DONE)


def _by_id(page_of: Callable[..., Page[AuditEntry]]) -> dict[tuple[str, str], AuditEntry]:
    return {(entry.organisation_id, entry.id): entry for entry in _all(page_of)}


def _all(page_of: Callable[..., Page[AuditEntry]]) -> Iterator[AuditEntry]:
    after: str | None = None
    while True:
        page = page_of(after=after)
        yield from page.items
        if page.next is None:
            return
        after = page.next


def _look(entry: AuditEntry, who: WhoIsWho) -> Look:
    looked = entry.act.value.endswith(_LOOKING)
    return Look(
        who=who.card(entry.organisation_id, entry.professional_id),
        deed=Deed.LOOKED if looked else Deed.DID,
        act=entry.act,
        at=entry.at,
    )
