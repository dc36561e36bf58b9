"""What an access answer may not tell of, though what it shows leads there (D33; GDPR, article 15, 4).

A signal that is withheld is withheld wholly: no line tells that it is there, nor who gave it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.rights import Concerned, Measure, RightsRequest
from chalicelib.domain.signal import Signal
from chalicelib.matches.succession import Succession
from chalicelib.ports.storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Whose lines are in no answer, and the lines on what.

    Attributes:
        resources: the signals that are withheld, with their lines of renewals, and the matches and reviews
            that one of those is in: who else was told of such a match, or looked at it, tells that it is.
            Signals, too, that were found and are about somebody else, with what ties those to others.
        professionals: who gave nothing about the youth but what is withheld, by receiver key.
        organisations: the same of organisations: a colleague's line names it too.
    """

    resources: frozenset[str] = frozenset()
    professionals: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()

    def hides(self, entry: AuditEntry) -> bool:
        """Whether a line of the trail is in no answer."""
        who = receiver_key(entry.organisation_id, entry.professional_id or "")
        return (
            entry.resource in self.resources
            or who in self.professionals
            or entry.organisation_id in self.organisations
        )

    def hides_receiver(self, receiver: str) -> bool:
        """Whether nobody is told that this professional was told."""
        return receiver in self.professionals or receiver.partition("#")[0] in self.organisations


def withheld_in(request: RightsRequest, storage: Storage) -> Withheld:
    """What a decision on access withholds. Raises StorageBusy."""
    succession = Succession(storage.signals.sealed)
    hidden = _with_lines(succession, (one for one in request.concerned if one.measure is Measure.WITHHELD))
    strange = _with_lines(succession, (one for one in request.concerned if one.concerns is False))
    if not hidden and not strange:
        return Withheld()
    shown = _with_lines(succession, (one for one in request.concerned if one.measure is Measure.SHOWN))
    others = strange.keys() - shown.keys()
    return Withheld(
        resources=frozenset(hidden)
        | _pairs(hidden, storage)
        | others
        | (_pairs(others, storage) - _pairs(shown, storage)),
        professionals=_receivers(hidden.values()) - _receivers(shown.values()),
        organisations=_organisations(hidden.values()) - _organisations(shown.values()),
    )


def _with_lines(succession: Succession, some: Iterable[Concerned]) -> dict[str, Signal]:
    return succession.signals({one for each in some for one in succession.line(each.signal_id)})


def _pairs(signal_ids: Iterable[str], storage: Storage) -> frozenset[str]:
    links = [storage.matches.links_of(one) for one in sorted(signal_ids)]
    matches = {match.id for each in links for match in each.matches}
    return frozenset(matches | {review.id for each in links for review in each.reviews})


def _receivers(signals: Iterable[Signal]) -> frozenset[str]:
    return frozenset(receiver_key(one.organisation_id, one.professional_id) for one in signals)


def _organisations(signals: Iterable[Signal]) -> frozenset[str]:
    return frozenset(one.organisation_id for one in signals)
