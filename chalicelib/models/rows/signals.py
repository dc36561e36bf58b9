"""Rows of signals and of the keyed hashes by which they are found."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.models.rows.row import Row


class ByOrganisation(GlobalSecondaryIndex["SignalRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """An organisation's signals in the order of giving; for lists only, since an index lags."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byOrganisation"
        projection = IncludeProjection(["state", "reference"])

    organisation_id = UnicodeAttribute(hash_key=True, attr_name="organisationId")
    created_at = UnicodeAttribute(range_key=True, attr_name="createdAt")


class ByEndDate(GlobalSecondaryIndex["SignalRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """Signals that have not ended, by their last day; sparse, for the expiry run."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byEndDate"
        projection = KeysOnlyProjection()

    expiry_bucket = UnicodeAttribute(hash_key=True, attr_name="expiryBucket")
    ends_on = UnicodeAttribute(range_key=True, attr_name="endsOn")


class ByInforming(GlobalSecondaryIndex["SignalRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """An organisation's running signals whose family has not been told yet; sparse (D30)."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byInforming"
        projection = KeysOnlyProjection()

    organisation_id = UnicodeAttribute(hash_key=True, attr_name="organisationId")
    informing = UnicodeAttribute(range_key=True)


class ByArchiveDay(GlobalSecondaryIndex["SignalRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """Signals in the archive, by their last day there; sparse, for the run that lets them go."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byArchiveDay"
        projection = KeysOnlyProjection()

    archive_bucket = UnicodeAttribute(hash_key=True, attr_name="archiveBucket")
    archived_until = UnicodeAttribute(range_key=True, attr_name="archivedUntil")


class SignalRow(Row):
    """A signal; its person record is sealed, its match keys and archive keys are keyed hashes.

    ``created_at`` is ``<ISO time>#<id>``, ``ends_on`` and ``archived_until`` are ``<ISO date>#<id>``;
    ``ends_on`` and its bucket are removed when the signal ends, ``last_day`` stays. The archive's three
    attributes stand while it keeps the signal. ``informing`` is its place among those whose family has
    not been told, removed when nobody is left to be.
    """

    table: ClassVar[str] = "signals"
    stream: ClassVar[bool] = True

    signal_id = UnicodeAttribute(hash_key=True, attr_name="signalId")
    organisation_id = UnicodeAttribute(attr_name="organisationId")
    created_at = UnicodeAttribute(attr_name="createdAt")
    expiry_bucket = UnicodeAttribute(attr_name="expiryBucket", null=True)
    ends_on = UnicodeAttribute(attr_name="endsOn", null=True)
    last_day = UnicodeAttribute(attr_name="lastDay")
    number = UnicodeAttribute()
    professional_id = UnicodeAttribute(attr_name="professionalId")
    reference = UnicodeAttribute()
    state = UnicodeAttribute()
    revision = NumberAttribute()
    planned_end_date = UnicodeAttribute(attr_name="plannedEndDate")
    ended_at = UnicodeAttribute(attr_name="endedAt", null=True)
    digest = UnicodeAttribute()
    match_keys = UnicodeSetAttribute(attr_name="matchKeys")
    person = BinaryAttribute(legacy_encoding=False, null=True)
    pseudonym = UnicodeAttribute(null=True)
    verdicts = UnicodeSetAttribute()
    informing = UnicodeAttribute(null=True)
    archive_bucket = UnicodeAttribute(attr_name="archiveBucket", null=True)
    archived_until = UnicodeAttribute(attr_name="archivedUntil", null=True)
    archive_keys = UnicodeSetAttribute(attr_name="archiveKeys")
    restricted_by = UnicodeSetAttribute(attr_name="restrictedBy")
    renews = UnicodeAttribute(null=True)
    renewed_by = UnicodeAttribute(attr_name="renewedBy", null=True)

    by_organisation = ByOrganisation()
    by_end_date = ByEndDate()
    by_informing = ByInforming()
    by_archive_day = ByArchiveDay()


class MatchKeyRow(Row):
    """One key of one signal; ``match_key`` is the keyed hash of family, key set and value."""

    table: ClassVar[str] = "match-keys"

    match_key = BinaryAttribute(hash_key=True, attr_name="matchKey", legacy_encoding=False)
    signal_id = UnicodeAttribute(range_key=True, attr_name="signalId")
    keyset = UnicodeAttribute()
    family = UnicodeAttribute()
    revision = NumberAttribute()


class ArchiveKeyRow(Row):
    """One key of one signal in the archive; no look-up for matches reads this table (D36)."""

    table: ClassVar[str] = "archive-keys"

    archive_key = BinaryAttribute(hash_key=True, attr_name="archiveKey", legacy_encoding=False)
    signal_id = UnicodeAttribute(range_key=True, attr_name="signalId")
    keyset = UnicodeAttribute()
    family = UnicodeAttribute()


class HistoryRow(Row):
    """What the archive told of a running signal: whether there are earlier ones, and that they were opened.

    ``opened_under`` is a keyed hash of the Idempotency-Key, so that the same request opens them again.
    """

    table: ClassVar[str] = "histories"

    signal_id = UnicodeAttribute(hash_key=True, attr_name="signalId")
    earlier = BooleanAttribute()
    opened_at = UnicodeAttribute(attr_name="openedAt", null=True)
    opened_under = UnicodeAttribute(attr_name="openedUnder", null=True)
