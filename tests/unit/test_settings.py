"""The settings of a stage: complete or refused by name; and the one clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from chalicelib.clock import SystemClock
from chalicelib.deployment import PLACEHOLDER, stream_arn
from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.settings import Settings, SettingsError, deploying_for
from infra.chalice_config import environment
from infra.stages import LOCAL_STAGE, stage_named

LOCAL = environment(stage_named(LOCAL_STAGE), base_url="http://127.0.0.1/v1")


def test_a_stage_tells_all_that_its_functions_need() -> None:
    """What the table of stages generates is what the functions read."""
    settings = Settings.from_environment(LOCAL)

    assert (settings.stage, settings.stage_code, settings.base_url) == ("local", "lo", "http://127.0.0.1/v1")
    assert settings.legal == DUTCH_DEFAULT


def test_everything_that_is_missing_is_named_at_once() -> None:
    """One message, so that nobody mends one setting at a time."""
    partial = {name: value for name, value in LOCAL.items() if not name.endswith(("_OIN", "_ISSUER"))}

    with pytest.raises(SettingsError, match="not set: VERWIJSINDEX_ISSUER, VERWIJSINDEX_OIN"):
        Settings.from_environment(partial)


def test_the_legal_profile_comes_whole() -> None:
    """As one text, so that a function never has half of one."""
    profile = replace(DUTCH_DEFAULT, name="another law", age_limit=21, address_match=False)

    assert Settings.from_environment({**LOCAL, "VERWIJSINDEX_LEGAL": profile.as_text()}).legal == profile


def test_a_legal_profile_that_cannot_be_meant_is_refused() -> None:
    """A mistyped switch must not pass for either."""
    wrong = '{"address_match": "yes", "age_limit": 5}'

    with pytest.raises(SettingsError, match=r"VERWIJSINDEX_LEGAL, mistakes: age_limit.*; address_match"):
        Settings.from_environment({**LOCAL, "VERWIJSINDEX_LEGAL": wrong})


def test_without_a_legal_profile_dutch_law_holds() -> None:
    """The default of the profile."""
    bare = {name: value for name, value in LOCAL.items() if name != "VERWIJSINDEX_LEGAL"}

    assert Settings.from_environment(bare).legal == DUTCH_DEFAULT


def test_how_many_mails_a_second_is_a_number() -> None:
    """One at least: a stage that sends nothing is no stage."""
    assert Settings.from_environment({**LOCAL, "VERWIJSINDEX_MAILS_PER_SECOND": "14"}).mails_per_second == 14
    for wrong in ("0", "many", "-1", ""):
        with pytest.raises(SettingsError, match="VERWIJSINDEX_MAILS_PER_SECOND"):
            Settings.from_environment({**LOCAL, "VERWIJSINDEX_MAILS_PER_SECOND": wrong})


def test_how_many_requests_a_minute_is_a_number() -> None:
    """As for mails."""
    name = "VERWIJSINDEX_REQUESTS_PER_MINUTE"

    assert Settings.from_environment({**LOCAL, name: "500"}).requests_per_minute == 500
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({**LOCAL, name: "0"})


def test_tables_are_looked_up_only_while_chalice_deploys() -> None:
    """Inside a function, in tests and in tools a stream's ARN is a placeholder."""
    deploying = {"AWS_CHALICE_CLI_MODE": "true", "VERWIJSINDEX_TABLE_PREFIX": "verwijsindex-local-"}

    assert deploying_for(deploying) == "verwijsindex-local-"
    assert deploying_for({**deploying, "AWS_LAMBDA_FUNCTION_NAME": "match"}) is None
    assert deploying_for({}) is None
    assert stream_arn("signals") == PLACEHOLDER.format("signals")


def test_the_clock_tells_whole_milliseconds_in_utc() -> None:
    """As they are stored, so that what was written reads back the same."""
    now = SystemClock().now()

    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0
