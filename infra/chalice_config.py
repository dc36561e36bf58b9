"""Chalice's configuration and the functions' policies, generated from the table of stages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.functions import FUNCTIONS
from infra.places import CHALICE
from infra.policies import policy
from infra.stages import API_STAGE, Stage

APP_NAME = "verwijsindex"
UNKNOWN_BASE = "https://not-yet-known.invalid/v1"
"""The base URL of a stage without one of its own, until its API exists."""

_COMPRESS_FROM_BYTES = 1024


def environment(stage: Stage, *, base_url: str) -> dict[str, str]:
    """The environment variables of a stage's functions (read by chalicelib.settings)."""
    return {
        "VERWIJSINDEX_STAGE": stage.name,
        "VERWIJSINDEX_STAGE_CODE": stage.code,
        "VERWIJSINDEX_TABLE_PREFIX": f"{stage.prefix}-",
        "VERWIJSINDEX_DATA_KEY": f"alias/{stage.prefix}-data",
        "VERWIJSINDEX_TOKEN_KEY": f"alias/{stage.prefix}-token",
        "VERWIJSINDEX_INDEX_SECRET": f"verwijsindex/{stage.name}/index",
        "VERWIJSINDEX_PSEUDONYM_SECRET": f"verwijsindex/{stage.name}/pseudonym",
        "VERWIJSINDEX_ISSUER": stage.issuer or base_url,
        "VERWIJSINDEX_AUDIENCE": stage.issuer or base_url,
        "VERWIJSINDEX_BASE_URL": base_url,
        "VERWIJSINDEX_SENDER": stage.sender,
        "VERWIJSINDEX_REPLY_TO": stage.reply_to,
        "VERWIJSINDEX_CONFIGURATION_SET": stage.prefix,
        "VERWIJSINDEX_OIN": stage.oin,
        "VERWIJSINDEX_LEGAL": stage.legal.as_text(),
        "VERWIJSINDEX_LOG_LEVEL": stage.log_level,
        "VERWIJSINDEX_MAILS_PER_SECOND": str(stage.mails_per_second),
        "VERWIJSINDEX_SEARCHES_OF_PROFESSIONAL": str(stage.searches.professional),
        "VERWIJSINDEX_SEARCHES_OF_ORGANISATION": str(stage.searches.organisation),
        "VERWIJSINDEX_REQUESTS_PER_MINUTE": str(stage.requests_per_minute),
        "VERWIJSINDEX_EXPECTED_SIGNALS": str(stage.expected_signals),
    }


def chalice_config(stages: Mapping[str, Stage], base_urls: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The content of ``.chalice/config.json``.

    ``base_urls`` gives, per stage, the base that a deployed API turned out to have.
    """
    known = base_urls or {}
    return {
        "version": "2.0",
        "app_name": APP_NAME,
        "stages": {
            name: _stage(stage, known.get(name) or stage.base_url or UNKNOWN_BASE)
            for name, stage in stages.items()
        },
    }


def generated_files(
    stages: Mapping[str, Stage], base_urls: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Every generated file of ``.chalice/``: its path in that folder and its text."""
    files = {"config.json": _text(chalice_config(stages, base_urls))}
    for stage in stages.values():
        for function in FUNCTIONS:
            files[_policy_file(stage, function.name)] = _text(policy(stage, function))
    return files


def write_config(
    stages: Mapping[str, Stage], folder: Path = CHALICE, base_urls: Mapping[str, str] | None = None
) -> None:
    """Write every generated file under ``folder``; policies of stages that are gone go too."""
    files = generated_files(stages, base_urls)
    for old in folder.glob("policies/*/*.json"):
        if old.relative_to(folder).as_posix() not in files:
            old.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _stage(stage: Stage, base_url: str) -> dict[str, Any]:
    return {
        "api_gateway_stage": API_STAGE,
        "api_gateway_endpoint_type": "REGIONAL",
        "minimum_compression_size": _COMPRESS_FROM_BYTES,
        "manage_iam_role": True,
        "autogen_policy": False,
        "xray": True,
        "tags": {"service": APP_NAME, "stage": stage.name},
        "environment_variables": environment(stage, base_url=base_url),
        "lambda_functions": {
            function.chalice_name: _function(stage, function.name) for function in FUNCTIONS
        },
    }


def _function(stage: Stage, name: str) -> dict[str, Any]:
    function = next(function for function in FUNCTIONS if function.name == name)
    settings: dict[str, Any] = {
        "iam_policy_file": _policy_file(stage, name),
        "lambda_memory_size": getattr(stage.memory, name),
        "lambda_timeout": function.timeout,
    }
    if function.reserved is not None:
        settings["reserved_concurrency"] = function.reserved
    return settings


def _policy_file(stage: Stage, function: str) -> str:
    return f"policies/{stage.name}/{function}.json"


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, sort_keys=True) + "\n"
