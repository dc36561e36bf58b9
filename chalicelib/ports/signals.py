"""What the use cases need of the signals' store, with their match keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.erasure import ErasureCertificate
from chalicelib.domain.notice import Notice
from chalicelib.domain.organisation import Professional
from chalicelib.domain.review import Review
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.ports.parts import Page, UniqueName


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSignal:
    """All that giving a signal writes, in one transaction.

    ``professional`` is None when the stored card is already so. The pending item is implied.
    """

    signal: Signal
    names: tuple[UniqueName, ...]
    professional: Professional | None
    audit: AuditEntry


@dataclass(frozen=True, slots=True)
class RequestAsRead:
    """The request of a family that a change carries out, by the revision that asked for it (D33)."""

    request_id: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalChange:
    """A signal's next revision, in one transaction: row, key items added and removed, pending item.

    Where the next revision no longer holds the person record of ``previous``, the pending item keeps it,
    beside those it has, until the signal was reconciled: so that whom it bore on can be found.

    ``signal`` is the new value with ``revision`` = ``previous.revision`` + 1. Key items of
    ``previous.keys`` that are not in ``signal.keys`` go. ``released`` names become free.
    ``professional`` is None when no card is to be written; whom ``signal`` names anew has
    not left, or the change is Stale. ``erasure`` begins the certificate of a change
    that erases. ``carries_out`` must still be as it was read, or the change is Stale. ``notices`` tell of
    the change, and must be new.
    """

    previous: Signal
    signal: Signal
    released: tuple[str, ...]
    audit: AuditEntry
    professional: Professional | None = None
    erasure: ErasureCertificate | None = None
    carries_out: RequestAsRead | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A signal that takes another's place, in one transaction (D7).

    ``change`` ends the one, ``new`` gives the other; a name that the one releases and the other takes goes
    from hand to hand. ``others`` are signals with ``revision`` raised by one of which only that and
    ``verdicts`` is written, and which must still be ACTIVE; ``reviews`` are new, with what was decided.
    """

    change: SignalChange
    new: NewSignal
    others: tuple[Signal, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A signal that goes to another professional of its organisation, in one transaction (D28).

    ``signal`` names who takes over, with ``revision`` raised by one; nothing else of its row is written, so
    its person record stays sealed, and one that does not open goes over as well. ``professional`` is None
    when no card is to be written. The pending item is implied. The taker must not have left, nor their
    organisation be suspended, when it is written.
    """

    signal: Signal
    professional: Professional | None
    audit: AuditEntry


class SignalStore(Protocol):
    """Signals with their match keys."""

    def add(self, new: NewSignal) -> None:
        """Write a new signal. Raises NameTaken (the first that is taken), else AlreadyThere."""
        ...

    def change(self, change: SignalChange) -> None:
        """Write a signal's next revision. Raises Stale when the stored revision or keys are others."""
        ...

    def renew(self, renewal: Renewal) -> None:
        """Let a signal take another's place.

        Raises Stale when a stored revision, state or key is another, or who holds it left or lost the card;
        NameTaken, else AlreadyThere.
        """
        ...

    def hand_over(self, handover: Handover) -> None:
        """Let another professional hold a signal.

        Raises Stale when the stored revision is another, and when who takes over may not, or not now.
        """
        ...

    def get(self, signal_id: str) -> Signal | None:
        """The signal, opened from its seal. Raises SealBroken."""
        ...

    def get_many(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, by id. Raises SealBroken when one of them does not open."""
        ...

    def sealed(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """As ``get_many`` with the person records left sealed: ``youth`` and ``informed`` are None."""
        ...

    def page(
        self,
        organisation_id: str,
        *,
        states: Collection[SignalState],
        reference: str | None,
        limit: int,
        after: str | None,
    ) -> Page[Signal]:
        """An organisation's own signals in one of ``states``, all when there is none, newest first.

        Their person records stay sealed, as by ``sealed``: one that does not open hides no other. The
        order may lag a moment behind.
        """
        ...

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """Per key the ids of the signals that hold it."""
        ...

    def overdue(self, today: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day is before ``today``. May lag: read each again."""
        ...

    def ending(self, first: date, last: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day lies from ``first`` to ``last``. May lag: read each again."""
        ...
