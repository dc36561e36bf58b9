"""What must hold between the audit trail and its locked copies (D39)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chalicelib.upkeep.audit_copies import name_of
from infra.repair.copies import TABLE
from infra.repair.look import Look
from infra.repair.promise import Promise
from infra.repair.rows import Row, texts


def _not_kept(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    settled = [row for row in rows if row["at"] < look.stored_before]
    copies = look.copies.of(settled)
    for row in settled:
        found = copies[row["organisationId"], row["entryId"]]
        if [(one["copy"], one["hidden"]) for one in found] != [(name_of(texts(row)), False)]:
            yield row


def _unfounded(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    entries = {
        (entry["organisationId"], entry["entryId"])
        for entry in look.rows.held(
            "audit", ({"organisationId": row["organisationId"], "entryId": row["entryId"]} for row in rows)
        )
    }
    return (row for row in rows if row["hidden"] or (row["organisationId"], row["entryId"]) not in entries)


TRAIL_PROMISES = (
    Promise("entries-kept", "audit", "an audit entry has its one locked copy, word for word", _not_kept),
    Promise("copies-founded", TABLE, "a locked copy is of an entry, and not hidden", _unfounded),
)
"""Every promise about the trail."""
