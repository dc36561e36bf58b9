"""That a signal was erased: its certificate, a line of the ledger; ids and counts only (D33, D38)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class ErasureGround(StrEnum):
    """Why everything of a signal went.

    RIGHT: a right of the family was granted, or it was found to be wrong (D33). DEATH: the youth died (D34).
    AGE: the youth came of age (D1). RETRACTED: it was wrongly made, or the signal that took its place was
    (D7, D35). RETENTION: the history archive keeps it no longer (D35). RESTORED: it was gone, and a restore
    brought it back.
    """

    RIGHT = "RIGHT"
    DEATH = "DEATH"
    AGE = "AGE"
    RETRACTED = "RETRACTED"
    RETENTION = "RETENTION"
    RESTORED = "RESTORED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureCertificate:
    """What went of a signal, and until when a backup could bring it back.

    Attributes:
        signal_id: the certificate's own id too: a signal is erased once.
        organisation_id: whose signal it was.
        erased_at: from when on nothing found it, and its person record and keys were gone.
        backup_until: to a moment before ``erased_at`` a table can be restored until then; after a restore
            the erasure is done again.
        counts: how many rows and parts of rows went, by what they were; of notices and verdicts at least:
            a run that stops may have taken away some that it had not counted yet.
        pairs: ids of the matches and reviews that went.
        line: ids of the other signals of its line of renewals, erased with it: each took the place of the
            one before, so that they are one as the family sees it (D7); each has a certificate of its own.
        completed_at: when nothing was left that names it but this, its number and the trail; None before.
    """

    signal_id: str
    organisation_id: str
    ground: ErasureGround
    erased_at: datetime
    backup_until: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    pairs: frozenset[str] = frozenset()
    line: frozenset[str] = frozenset()
    completed_at: datetime | None = None

    def with_gone(self, what: str, number: int, *pairs: str) -> ErasureCertificate:
        """The same, with so many more gone."""
        counts = dict(Counter(self.counts) + Counter({what: number}))
        return replace(self, counts=counts, pairs=self.pairs | set(pairs))

    def after(self, earlier: ErasureCertificate) -> ErasureCertificate:
        """The same, with what went by an earlier one of the signal; it has to be completed anew."""
        counts = dict(Counter(earlier.counts) + Counter(self.counts))
        return replace(self, counts=counts, pairs=earlier.pairs | self.pairs, line=earlier.line | self.line)
