"""A signal as rows, and rows as a signal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.domain.review import ReviewVerdict
from chalicelib.domain.signal import Archived, IndexKey, Informed, Signal, SignalState, SignalVerdict
from chalicelib.matching.records import Youth
from chalicelib.models.buckets import EXPIRY_BUCKETS, bucket_of
from chalicelib.models.informing_place import informing_place, term_of
from chalicelib.models.moments import moment_of, moment_or_none, stored, stored_or_none
from chalicelib.models.person import person_bytes, person_of
from chalicelib.models.rows.signals import ArchiveKeyRow, MatchKeyRow, SignalRow
from chalicelib.models.tables import Tables
from chalicelib.ports.sealing import Sealer


@dataclass(frozen=True, slots=True)
class SignalCodec:
    """Turns signals into rows and back; the person record is sealed to its signal."""

    tables: Tables
    sealer: Sealer

    def row(self, signal: Signal) -> SignalRow:
        """The row of a signal; without a place in the index by end date once it has ended."""
        running, archived = signal.ended_at is None, signal.archived
        return self.tables.signals(
            signal.id,
            organisation_id=signal.organisation_id,
            created_at=place_in_list(signal),
            expiry_bucket=expiry_bucket(signal.ends_on, signal.id) if running else None,
            ends_on=f"{signal.ends_on.isoformat()}#{signal.id}" if running else None,
            last_day=signal.ends_on.isoformat(),
            number=signal.number,
            professional_id=signal.professional_id,
            reference=signal.reference,
            state=signal.state.value,
            revision=signal.revision,
            planned_end_date=signal.planned_end_date.isoformat(),
            ended_at=stored_or_none(signal.ended_at),
            digest=signal.digest,
            match_keys=self.key_texts(signal.keys),
            person=self._sealed(signal),
            pseudonym=signal.pseudonym,
            verdicts=verdict_texts(signal.verdicts),
            informing=informing_place(signal),
            archive_bucket=expiry_bucket(archived.until, signal.id) if archived else None,
            archived_until=f"{archived.until.isoformat()}#{signal.id}" if archived else None,
            archive_keys=self.key_texts(keys_in_archive(signal)),
            restricted_by=set(signal.restricted_by),
            renews=signal.renews,
            renewed_by=signal.renewed_by,
        )

    def signal(self, row: SignalRow) -> Signal:
        """The signal of a row, opened from its seal. Raises SealBroken."""
        youth, informed = self._opened(row.signal_id, row.person)
        return replace(self.sealed_signal(row), youth=youth, informed=informed)

    def sealed_signal(self, row: SignalRow) -> Signal:
        """The signal of a row without its person record, which stays sealed."""
        return Signal(
            id=row.signal_id,
            number=row.number,
            organisation_id=row.organisation_id,
            professional_id=row.professional_id,
            reference=row.reference,
            state=SignalState(row.state),
            revision=int(row.revision),
            created_at=moment_of(row.created_at.partition("#")[0]),
            planned_end_date=date.fromisoformat(row.planned_end_date),
            ends_on=date.fromisoformat(row.last_day),
            ended_at=moment_or_none(row.ended_at),
            digest=row.digest,
            keys=frozenset(_key_of(text) for text in row.match_keys or ()),
            informed=None,
            youth=None,
            pseudonym=row.pseudonym,
            verdicts=frozenset(_verdict_of(text) for text in row.verdicts or ()),
            inform_by=term_of(row.informing),
            archived=_archived(row),
            restricted_by=frozenset(row.restricted_by or ()),
            renews=row.renews,
            renewed_by=row.renewed_by,
        )

    def key_texts(self, keys: Iterable[IndexKey]) -> set[str]:
        """The keys as a signal's row lists them."""
        return {f"{key.keyset}|{key.family}|{key.hashed.hex()}" for key in keys}

    def key_rows(self, signal: Signal, keys: Iterable[IndexKey]) -> Iterator[MatchKeyRow]:
        """The rows by which a signal is found under these of its keys."""
        for key in sorted(keys):
            yield self.tables.match_keys(
                key.hashed,
                signal.id,
                keyset=key.keyset,
                family=key.family,
                revision=signal.revision,
            )

    def archive_rows(self, signal: Signal, keys: Iterable[IndexKey]) -> Iterator[ArchiveKeyRow]:
        """The rows by which a signal is found in the archive under these of its keys."""
        for key in sorted(keys):
            yield self.tables.archive_keys(key.hashed, signal.id, keyset=key.keyset, family=key.family)

    def _sealed(self, signal: Signal) -> bytes | None:
        if signal.youth is None and signal.informed is None:
            return None
        return self.sealer.seal(person_bytes(signal.youth, signal.informed), _identity(signal.id))

    def _opened(self, signal_id: str, sealed: bytes | None) -> tuple[Youth | None, Informed | None]:
        if sealed is None:
            return None, None
        return person_of(self.sealer.open(sealed, _identity(signal_id)))


def keys_in_archive(signal: Signal) -> frozenset[IndexKey]:
    """The keys by which the archive finds a signal; none when it is not in it."""
    return signal.archived.keys if signal.archived is not None else frozenset()


def place_in_list(signal: Signal) -> str:
    """Where a signal stands among its organisation's: moment of giving, then id."""
    return f"{stored(signal.created_at)}#{signal.id}"


def expiry_bucket(last_day: date, signal_id: str) -> str:
    """The partition of an index by last day: month and bucket."""
    return f"{last_day:%Y-%m}#{bucket_of(signal_id, EXPIRY_BUCKETS)}"


def verdict_texts(verdicts: Iterable[SignalVerdict]) -> set[str]:
    """Verdicts as a row holds them: ``SAME|<other id>`` or ``NOT_SAME|<other id>``."""
    words = {True: ReviewVerdict.SAME, False: ReviewVerdict.NOT_SAME}
    return {f"{words[verdict.same]}|{verdict.other_id}" for verdict in verdicts}


def _verdict_of(text: str) -> SignalVerdict:
    word, _, other_id = text.partition("|")
    return SignalVerdict(other_id, ReviewVerdict(word) is ReviewVerdict.SAME)


def _archived(row: SignalRow) -> Archived | None:
    if not row.archived_until:
        return None
    until = date.fromisoformat(row.archived_until.partition("#")[0])
    return Archived(frozenset(_key_of(text) for text in row.archive_keys or ()), until)


def _identity(signal_id: str) -> str:
    return f"signals/{signal_id}/person"


def _key_of(text: str) -> IndexKey:
    keyset, family, hashed = text.split("|")
    return IndexKey(family, keyset, bytes.fromhex(hashed))
