"""Rows that belong to the region as a whole: names, data keys, the register, audit and settings."""

from __future__ import annotations

from typing import ClassVar, Final

from pynamodb.attributes import (
    BinaryAttribute,
    JSONAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.constants import STREAM_NEW_IMAGE
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.models.rows.row import Row

REGISTER: Final = "all"
"""The one name under which the index holds every excluded address: they are few."""


class ReferenceRow(Row):
    """A unique name and whose it is; free again after ``expires_at``, whether swept up or not.

    ``running_until`` stands where a request is being answered under the name of its key.
    """

    table: ClassVar[str] = "references"

    name = UnicodeAttribute(hash_key=True)
    target = UnicodeAttribute()
    digest = UnicodeAttribute(null=True)
    expires_at = TTLAttribute(attr_name="expiresAt", null=True)
    running_until = UnicodeAttribute(attr_name="runningUntil", null=True)


class DataKeyRow(Row):
    """A data key wrapped by KMS; ``used`` counts the records reserved under it.

    Beside each stands a mark without a key, that there was one of this id: it is never made again.
    """

    table: ClassVar[str] = "data-keys"

    key_id = UnicodeAttribute(hash_key=True, attr_name="keyId")
    wrapped = BinaryAttribute(legacy_encoding=False, null=True)
    used = NumberAttribute()


class ByRegister(GlobalSecondaryIndex["ExcludedAddressRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """The register in the order of its entries' ids, for who keeps it; an index lags."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byRegister"
        projection = KeysOnlyProjection()

    register = UnicodeAttribute(hash_key=True)
    entry_id = UnicodeAttribute(range_key=True, attr_name="entryId")


class ExcludedAddressRow(Row):
    """An address that makes no household match (D13): its keyed hash, and the address sealed."""

    table: ClassVar[str] = "excluded-addresses"

    address_key = BinaryAttribute(hash_key=True, attr_name="addressKey", legacy_encoding=False)
    register = UnicodeAttribute(default=REGISTER)
    entry_id = UnicodeAttribute(attr_name="entryId")
    keyset = UnicodeAttribute()
    level = UnicodeAttribute()
    kind = UnicodeAttribute()
    source = UnicodeAttribute()
    valid_from = UnicodeAttribute(attr_name="validFrom")
    valid_until = UnicodeAttribute(attr_name="validUntil", null=True)
    address = BinaryAttribute(legacy_encoding=False)

    by_register = ByRegister()


class ByResource(GlobalSecondaryIndex["AuditRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """All that was done to one thing, in order of time; an index lags."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byResource"
        projection = AllProjection()

    resource = UnicodeAttribute(hash_key=True)
    entry_id = UnicodeAttribute(range_key=True, attr_name="entryId")


class ByYouth(GlobalSecondaryIndex["AuditRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """All that was done about one youth, by pseudonym, in order of time; an index lags."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byYouth"
        projection = AllProjection()

    youth = UnicodeAttribute(hash_key=True)
    entry_id = UnicodeAttribute(range_key=True, attr_name="entryId")


class AuditRow(Row):
    """An act that was done or refused (D39); ids only, so its stream may carry the row as it was written.

    It goes by itself after ``expires_at``; nothing and nobody else removes one.
    """

    table: ClassVar[str] = "audit"
    stream: ClassVar[bool] = True
    stream_view: ClassVar[str] = STREAM_NEW_IMAGE

    organisation_id = UnicodeAttribute(hash_key=True, attr_name="organisationId")
    entry_id = UnicodeAttribute(range_key=True, attr_name="entryId")
    professional_id = UnicodeAttribute(attr_name="professionalId", null=True)
    act = UnicodeAttribute()
    resource = UnicodeAttribute()
    at = UnicodeAttribute()
    outcome = UnicodeAttribute()
    request_id = UnicodeAttribute(attr_name="requestId", null=True)
    token_id = UnicodeAttribute(attr_name="tokenId", null=True)
    youth = UnicodeAttribute(null=True)
    expires_at = TTLAttribute(attr_name="expiresAt")

    by_resource = ByResource()
    by_youth = ByYouth()


class SettingRow(Row):
    """A row that steers the region: the key sets, the register of organisations, or a run's report.

    ``kept`` stands where something may be kept under more key sets than are written.
    """

    table: ClassVar[str] = "settings"

    name = UnicodeAttribute(hash_key=True)
    written = UnicodeSetAttribute()
    read = UnicodeSetAttribute()
    kept = UnicodeSetAttribute(null=True)
    members = UnicodeSetAttribute()
    report = JSONAttribute(null=True)
