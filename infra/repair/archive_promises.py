"""What must hold of the archive at any time (D35, D36, D38)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from infra.repair.look import Look
from infra.repair.promise import Promise
from infra.repair.rows import Row

_KEPT: Final = frozenset({"CLOSED", "EXPIRED"})


def _without_archive_items(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    wanted = {row["signalId"]: {_hashed(text) for text in row.get("archiveKeys", ())} for row in rows}
    keys = ({"archiveKey": hashed, "signalId": one} for one, held in wanted.items() for hashed in held)
    found = {(item["archiveKey"], item["signalId"]) for item in look.rows.held("archive-keys", keys)}
    return (
        row
        for row in rows
        if any((hashed, row["signalId"]) not in found for hashed in wanted[row["signalId"]])
    )


def _unlawfully_kept(_: Look, rows: Sequence[Row]) -> Iterator[Row]:
    """What ended without a last day, which is its record or its reference; or is found without a record."""
    for row in rows:
        has_record = "endedAt" in row and "person" in row
        if "archivedUntil" in row:
            found_by_nothing = not has_record and row.get("archiveKeys")
            if row["state"] not in _KEPT or found_by_nothing:
                yield row
        elif has_record or (row["state"] in _KEPT and row.get("reference") and "renewedBy" not in row):
            yield row


def _over_in_archive(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    return (row for row in rows if row.get("archivedUntil", "9") < look.ended_before)


def _unfit_archive_keys(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    signals = look.signals(row["signalId"] for row in rows)
    for row in rows:
        text = f"{row['keyset']}|{row['family']}|{row['archiveKey'].hex()}"
        if text not in signals.get(row["signalId"], {}).get("archiveKeys", ()):
            yield row


def _told_of_nothing(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    signals = look.signals(row["signalId"] for row in rows)
    return (row for row in rows if "endedAt" in signals.get(row["signalId"], {"endedAt": ""}))


ARCHIVE_PROMISES: Final = (
    Promise("archive-there", "signals", "the archive finds a signal by its keys", _without_archive_items),
    Promise("archive-lawful", "signals", "what ended goes on a day", _unlawfully_kept),
    Promise("archive-in-time", "signals", "nothing is in the archive too long", _over_in_archive),
    Promise("archive-fits", "archive-keys", "an archive key is one of its signal's", _unfit_archive_keys),
    Promise("history-owned", "histories", "what was told belongs to a running signal", _told_of_nothing),
)


def _hashed(text: str) -> bytes:
    return bytes.fromhex(text.rpartition("|")[2])
