"""Rows of organisations and of their professionals' contact cards."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)

from chalicelib.models.rows.row import Row


class OrganisationRow(Row):
    """An organisation; lists, and ``contact_point`` (D19), are JSON."""

    table: ClassVar[str] = "organisations"

    organisation_id = UnicodeAttribute(hash_key=True, attr_name="organisationId")
    name = UnicodeAttribute()
    kind = UnicodeAttribute()
    state = UnicodeAttribute()
    domains = JSONAttribute()
    may_use_bsn = BooleanAttribute(attr_name="mayUseBsn")
    email_domains = JSONAttribute(attr_name="emailDomains")
    scopes = UnicodeSetAttribute()
    oin = UnicodeAttribute(null=True)
    contact_point = JSONAttribute(attr_name="contactPoint", null=True)
    municipalities = JSONAttribute()
    topic_arn = UnicodeAttribute(attr_name="topicArn", null=True)
    administrator = UnicodeAttribute(null=True)
    aws_account = UnicodeAttribute(attr_name="awsAccount", null=True)
    numbers = JSONAttribute(null=True)
    language = UnicodeAttribute(null=True)
    requests_per_minute = NumberAttribute(attr_name="requestsPerMinute", null=True)
    revision = NumberAttribute()


class SiteRow(Row):
    """A place of an organisation."""

    table: ClassVar[str] = "sites"

    organisation_id = UnicodeAttribute(hash_key=True, attr_name="organisationId")
    site_id = UnicodeAttribute(range_key=True, attr_name="siteId")
    name = UnicodeAttribute()
    telephone = UnicodeAttribute(null=True)


class ProfessionalRow(Row):
    """A contact card, as JSON what is known of its mailbox, and since when the professional is gone."""

    table: ClassVar[str] = "professionals"

    organisation_id = UnicodeAttribute(hash_key=True, attr_name="organisationId")
    professional_id = UnicodeAttribute(range_key=True, attr_name="professionalId")
    name = UnicodeAttribute()
    function = UnicodeAttribute(null=True)
    site = UnicodeAttribute(null=True)
    site_id = UnicodeAttribute(attr_name="siteId", null=True)
    email = UnicodeAttribute()
    telephone = UnicodeAttribute(null=True)
    language = UnicodeAttribute()
    mailbox = JSONAttribute(null=True)
    left_at = UnicodeAttribute(attr_name="leftAt", null=True)
    left_to = UnicodeAttribute(attr_name="leftTo", null=True)
