"""Rows of matches, and of a match as each of its two sides lists it."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from chalicelib.models.rows.row import Row


class MatchColumns(Row):
    """What a match row and its mirrors both hold."""

    kind = UnicodeAttribute()
    first_signal = UnicodeAttribute(attr_name="firstSignal")
    first_organisation = UnicodeAttribute(attr_name="firstOrganisation")
    first_professional = UnicodeAttribute(attr_name="firstProfessional")
    second_signal = UnicodeAttribute(attr_name="secondSignal")
    second_organisation = UnicodeAttribute(attr_name="secondOrganisation")
    second_professional = UnicodeAttribute(attr_name="secondProfessional")
    audience = UnicodeAttribute()
    state = UnicodeAttribute()
    basis = UnicodeSetAttribute()
    episode = NumberAttribute()
    revision = NumberAttribute()
    match_key = UnicodeAttribute(attr_name="matchKey")
    since = UnicodeAttribute()
    ended_at = UnicodeAttribute(attr_name="endedAt", null=True)
    end_reason = UnicodeAttribute(attr_name="endReason", null=True)
    contact = UnicodeAttribute()
    rests_on = UnicodeSetAttribute(attr_name="restsOn")
    digest = UnicodeAttribute()


class MatchRow(MatchColumns):
    """One row per pair of signals and kind; ``explanation`` is JSON and holds no values (D22)."""

    table: ClassVar[str] = "matches"

    match_id = UnicodeAttribute(hash_key=True, attr_name="matchId")
    explanation = UnicodeAttribute(null=True)


class SignalMatchRow(MatchColumns):
    """The mirror of a match under one of its signals: all but the explanation."""

    table: ClassVar[str] = "signal-matches"

    signal_id = UnicodeAttribute(hash_key=True, attr_name="signalId")
    match_id = UnicodeAttribute(range_key=True, attr_name="matchId")
