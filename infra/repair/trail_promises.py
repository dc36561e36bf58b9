"""What must hold between the audit trail and its locked copies (D39)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from chalicelib.upkeep.audit_copies import name_of
from infra.repair.copies import TABLE
from infra.repair.look import Look
from infra.repair.promise import Promise
from infra.repair.rows import Row, texts


def _not_kept(look: Look, rows: Sequence[Row]) -> Iterator[Row]:
    settled = [row for row in rows if look.kept_since < row["at"] < look.stored_before]
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
    return (
        row
        for row in rows
        if not _is_over(look, row)
        and (row["hidden"] or (row["organisationId"], row["entryId"]) not in entries)
    )


def _is_over(look: Look, copy: Row) -> bool:
    """Whether a copy is of an entry that need not be there any more; what is no copy never is."""
    moment = str(copy["entryId"]).partition("#")[0]
    return _MOMENT.fullmatch(moment) is not None and moment < look.kept_since


_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")

TRAIL_PROMISES = (
    Promise("entries-kept", "audit", "an audit entry has its one locked copy, word for word", _not_kept),
    Promise("copies-founded", TABLE, "a locked copy is of an entry, and not hidden", _unfounded),
)
"""Every promise about the trail."""
