"""Rows of what remains to be done: work items, notices, the outbox and leases."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import (
    BinarySetAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.models.rows.row import Row


class WorkRow(Row):
    """A pending reconcile (``pending#<n>``, a signal) or a due notice (``due#<n>``, receiver and notice).

    Under ``recheck`` stand days on which all who hold a match key are to be matched anew.
    ``since`` is when it was asked for; of a due notice, the later moment for which it was put off.
    ``attempts``, ``error`` (a class) and ``not_before`` tell of a reconcile that keeps failing; ``formers``
    are the sealed person records that the signal held since it was last reconciled, and holds no more.
    """

    table: ClassVar[str] = "work"

    bucket = UnicodeAttribute(hash_key=True)
    item_id = UnicodeAttribute(range_key=True, attr_name="itemId")
    revision = NumberAttribute(null=True)
    since = UnicodeAttribute()
    attempts = NumberAttribute(null=True)
    error = UnicodeAttribute(null=True)
    not_before = UnicodeAttribute(attr_name="notBefore", null=True)
    formers = BinarySetAttribute(legacy_encoding=False)


class ByMessage(GlobalSecondaryIndex["NoticeRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """The notices that a mail told; sparse: only those whose mail was taken are in it."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byMessage"
        projection = KeysOnlyProjection()

    message_id = UnicodeAttribute(hash_key=True, attr_name="messageId")


class ByMatch(GlobalSecondaryIndex["NoticeRow"]):  # type: ignore[no-untyped-call] # as above
    """The notices about a match or review; an index lags."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byMatch"
        projection = KeysOnlyProjection()

    match_id = UnicodeAttribute(hash_key=True, attr_name="matchId")


class NoticeRow(Row):
    """A notice for one receiver about one episode of one match.

    ``heard`` holds what became of its mail, ``<outcome>#<ISO time>`` each.
    """

    table: ClassVar[str] = "notices"

    notice_id = UnicodeAttribute(hash_key=True, attr_name="noticeId")
    kind = UnicodeAttribute()
    state = UnicodeAttribute()
    match_id = UnicodeAttribute(attr_name="matchId")
    episode = NumberAttribute()
    receiver = UnicodeAttribute()
    signal_id = UnicodeAttribute(attr_name="signalId", null=True)
    created_at = UnicodeAttribute(attr_name="createdAt")
    sent_at = UnicodeAttribute(attr_name="sentAt", null=True)
    message_id = UnicodeAttribute(attr_name="messageId", null=True)
    attempts = NumberAttribute()
    due_at = UnicodeAttribute(attr_name="dueAt", null=True)
    heard = UnicodeSetAttribute()

    by_message = ByMessage()
    by_match = ByMatch()


class OutboxRow(Row):
    """Touched when there is something for a receiver; its stream wakes delivery."""

    table: ClassVar[str] = "outbox"
    stream: ClassVar[bool] = True

    receiver = UnicodeAttribute(hash_key=True)
    wakes = NumberAttribute()


class LeaseRow(Row):
    """Who does a thing until when; ``until`` counts, ``expires_at`` only sweeps up.

    A counter (``mails#<second>``, ``requests#<organisation>#<second>``) has no owner: it counts in ``taken``.
    """

    table: ClassVar[str] = "leases"

    name = UnicodeAttribute(hash_key=True)
    owner = UnicodeAttribute()
    until = UnicodeAttribute()
    expires_at = TTLAttribute(attr_name="expiresAt")
    taken = NumberAttribute(null=True)
