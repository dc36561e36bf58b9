"""Rows of the ledger of erasures."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import JSONAttribute, TTLAttribute, UnicodeAttribute, UnicodeSetAttribute

from chalicelib.models.rows.row import Row


class ErasureRow(Row):
    """The certificate of a signal that was erased; it goes by itself as the trail's entries do."""

    table: ClassVar[str] = "erasures"

    signal_id = UnicodeAttribute(hash_key=True, attr_name="signalId")
    organisation_id = UnicodeAttribute(attr_name="organisationId")
    ground = UnicodeAttribute()
    erased_at = UnicodeAttribute(attr_name="erasedAt")
    backup_until = UnicodeAttribute(attr_name="backupUntil")
    counts = JSONAttribute()
    pairs = UnicodeSetAttribute()
    line = UnicodeSetAttribute(null=True)
    completed_at = UnicodeAttribute(attr_name="completedAt", null=True)
    expires_at = TTLAttribute(attr_name="expiresAt")
