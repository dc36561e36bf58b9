"""The settings of a stage: complete or refused by name; and the one clock."""

from __future__ import annotations

from datetime import UTC

import pytest

from chalicelib.clock import SystemClock
from chalicelib.deployment import PLACEHOLDER, stream_arn
from chalicelib.settings import Settings, SettingsError, deploying_for
from infra.chalice_config import environment
from infra.stages import LOCAL_STAGE, stage_named

LOCAL = environment(stage_named(LOCAL_STAGE), base_url="http://127.0.0.1/v1")


def test_a_stage_tells_all_that_its_functions_need() -> None:
    """What the table of stages generates is what the functions read."""
    settings = Settings.from_environment(LOCAL)

    assert (settings.stage, settings.stage_code, settings.base_url) == ("local", "lo", "http://127.0.0.1/v1")
    assert settings.address_match
    assert not settings.same_organisation


def test_everything_that_is_missing_is_named_at_once() -> None:
    """One message, so that nobody mends one setting at a time."""
    partial = {name: value for name, value in LOCAL.items() if not name.endswith(("_OIN", "_ISSUER"))}

    with pytest.raises(SettingsError, match="not set: VERWIJSINDEX_ISSUER, VERWIJSINDEX_OIN"):
        Settings.from_environment(partial)


@pytest.mark.parametrize(("word", "expected"), [("on", True), ("off", False)])
def test_a_switch_is_on_or_off(word: str, expected: bool) -> None:  # noqa: FBT001 - a value, not a mode
    """The switches of the legal profile."""
    assert Settings.from_environment({**LOCAL, "VERWIJSINDEX_ADDRESS_MATCH": word}).address_match is expected


def test_a_switch_of_another_word_is_refused() -> None:
    """A mistyped switch must not pass for either."""
    with pytest.raises(SettingsError, match="VERWIJSINDEX_ADDRESS_MATCH must be on or off"):
        Settings.from_environment({**LOCAL, "VERWIJSINDEX_ADDRESS_MATCH": "yes"})


def test_switches_left_out_have_the_default_of_the_profile() -> None:
    """The address match is on, matches within an organisation are off (D13, D14)."""
    bare = {name: value for name, value in LOCAL.items() if "MATCH" not in name and "SAME" not in name}

    settings = Settings.from_environment(bare)

    assert (settings.address_match, settings.same_organisation) == (True, False)


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
