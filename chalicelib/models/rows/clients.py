"""Rows of the keys by which organisations' systems sign in."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.models.rows.row import Row


class ClientKeyRow(Row):
    """An organisation's public keys, or where it publishes them and what was read there last."""

    table: ClassVar[str] = "client-keys"

    organisation_id = UnicodeAttribute(hash_key=True, attr_name="organisationId")
    keys = JSONAttribute()
    uri = UnicodeAttribute(null=True)
    revision = NumberAttribute()
    fetched = JSONAttribute(null=True)
    fetched_at = UnicodeAttribute(attr_name="fetchedAt", null=True)
    tried_at = UnicodeAttribute(attr_name="triedAt", null=True)
