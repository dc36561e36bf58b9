"""The one place that reads the environment: the settings of the stage a function runs in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile, LegalProfileRefused


class SettingsError(Exception):
    """A setting is missing or wrong; the message names every one of them."""


_REQUIRED = {
    "stage": "VERWIJSINDEX_STAGE",
    "stage_code": "VERWIJSINDEX_STAGE_CODE",
    "table_prefix": "VERWIJSINDEX_TABLE_PREFIX",
    "data_key": "VERWIJSINDEX_DATA_KEY",
    "token_key": "VERWIJSINDEX_TOKEN_KEY",
    "index_secret": "VERWIJSINDEX_INDEX_SECRET",
    "pseudonym_secret": "VERWIJSINDEX_PSEUDONYM_SECRET",
    "issuer": "VERWIJSINDEX_ISSUER",
    "audience": "VERWIJSINDEX_AUDIENCE",
    "base_url": "VERWIJSINDEX_BASE_URL",
    "sender": "VERWIJSINDEX_SENDER",
    "reply_to": "VERWIJSINDEX_REPLY_TO",
    "configuration_set": "VERWIJSINDEX_CONFIGURATION_SET",
    "oin": "VERWIJSINDEX_OIN",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a stage is made of (``infra/stages.toml`` fills these in)."""

    stage: str
    stage_code: str
    table_prefix: str
    data_key: str
    token_key: str
    index_secret: str
    pseudonym_secret: str
    issuer: str
    audience: str
    base_url: str
    sender: str
    reply_to: str
    configuration_set: str
    oin: str
    legal: LegalProfile = DUTCH_DEFAULT
    log_level: str = "INFO"
    mails_per_second: int = 10
    requests_per_minute: int = 3000
    expected_signals: int = 25_000
    searches_of_professional: int = 3
    searches_of_organisation: int = 10

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings. Raises SettingsError naming all that is missing or wrong."""
        source = os.environ if environment is None else environment
        missing = sorted(name for name in _REQUIRED.values() if not source.get(name))
        if missing:
            raise SettingsError(f"not set: {', '.join(missing)}")
        return cls(
            **{field: source[name] for field, name in _REQUIRED.items()},
            legal=_legal(source.get("VERWIJSINDEX_LEGAL")),
            log_level=source.get("VERWIJSINDEX_LOG_LEVEL", "INFO"),
            mails_per_second=_count(source, "VERWIJSINDEX_MAILS_PER_SECOND", default=10),
            searches_of_professional=_count(source, "VERWIJSINDEX_SEARCHES_OF_PROFESSIONAL", default=3),
            searches_of_organisation=_count(source, "VERWIJSINDEX_SEARCHES_OF_ORGANISATION", default=10),
            expected_signals=_count(source, "VERWIJSINDEX_EXPECTED_SIGNALS", default=25_000),
            requests_per_minute=_count(source, "VERWIJSINDEX_REQUESTS_PER_MINUTE", default=3000),
        )


def _legal(text: str | None) -> LegalProfile:
    if text is None:
        return DUTCH_DEFAULT
    try:
        return LegalProfile.from_text(text)
    except LegalProfileRefused as refused:
        raise SettingsError(f"VERWIJSINDEX_LEGAL, mistakes: {refused}") from refused


def _count(source: Mapping[str, str], name: str, *, default: int) -> int:
    value = source.get(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise SettingsError(f"{name} must be a whole number from 1 on")
    return int(value)


def deploying_for(environment: Mapping[str, str] | None = None) -> str | None:
    """The prefix of the tables of the stage that Chalice's command deploys right now.

    None inside a function, in tests and in tools: nothing is looked up on AWS there.
    """
    source = os.environ if environment is None else environment
    if "AWS_CHALICE_CLI_MODE" not in source or "AWS_LAMBDA_FUNCTION_NAME" in source:
        return None
    return source.get("VERWIJSINDEX_TABLE_PREFIX") or None
