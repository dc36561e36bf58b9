"""Rows of requests of families."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.models.rows.row import Row


class ByHandler(GlobalSecondaryIndex["RequestRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """The requests that an organisation handles, open ones and others apart, first due first."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byHandler"
        projection = KeysOnlyProjection()

    handler = UnicodeAttribute(hash_key=True)
    due_on = UnicodeAttribute(range_key=True, attr_name="dueOn")


class ByAgenda(GlobalSecondaryIndex["RequestRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """Requests by the day on which there is something to be done; they are few."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byAgenda"
        projection = KeysOnlyProjection()

    agenda = UnicodeAttribute(hash_key=True)
    agenda_on = UnicodeAttribute(range_key=True, attr_name="agendaOn")


class RequestRow(Row):
    """A request (D31 to D33); ``record`` is sealed, and there while the request is not done.

    ``handler`` is ``<organisation>#OPEN`` or ``#DONE``, ``agenda`` the latter alone; ``due_on`` and
    ``agenda_on`` are ``<ISO date>#<id>``. ``content`` holds ids, codes and days, nothing of a person.
    """

    table: ClassVar[str] = "requests"

    request_id = UnicodeAttribute(hash_key=True, attr_name="requestId")
    handler = UnicodeAttribute()
    due_on = UnicodeAttribute(attr_name="dueOn")
    agenda = UnicodeAttribute()
    agenda_on = UnicodeAttribute(attr_name="agendaOn")
    organisation_id = UnicodeAttribute(attr_name="organisationId")
    professional_id = UnicodeAttribute(attr_name="professionalId")
    kind = UnicodeAttribute()
    state = UnicodeAttribute()
    revision = NumberAttribute()
    created_at = UnicodeAttribute(attr_name="createdAt")
    hides = BooleanAttribute()
    pseudonym = UnicodeAttribute(null=True)
    warned = NumberAttribute()
    content = JSONAttribute()
    record = BinaryAttribute(legacy_encoding=False, null=True)

    by_handler = ByHandler()
    by_agenda = ByAgenda()
