"""The generated configuration: as committed, complete for the functions, one role per function."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.settings import Settings
from infra.chalice_config import (
    APP_NAME,
    UNKNOWN_BASE,
    chalice_config,
    environment,
    generated_files,
    write_config,
)
from infra.functions import FUNCTIONS
from infra.places import CHALICE
from infra.stages import read_stages

STAGES = read_stages()


def configured(stage: str) -> dict[str, Any]:
    """One stage's part of the configuration."""
    found: dict[str, Any] = chalice_config(STAGES)["stages"][stage]
    return found


def test_what_is_committed_is_what_would_be_generated() -> None:
    """``python -m infra config`` ran after the last change of a stage or policy; nothing is left over."""
    committed = {
        path.relative_to(CHALICE).as_posix(): path.read_text(encoding="utf-8")
        for path in [CHALICE / "config.json", *CHALICE.glob("policies/*/*.json")]
    }

    assert committed == generated_files(STAGES)


def test_policies_of_a_stage_that_is_gone_go_too(tmp_path: Path) -> None:
    """No role outlives its stage unseen."""
    write_config(STAGES, tmp_path)
    without = {name: stage for name, stage in STAGES.items() if name != "limburg"}

    write_config(without, tmp_path)

    assert not list(tmp_path.glob("policies/limburg/*"))
    assert set(json.loads((tmp_path / "config.json").read_text())["stages"]) == set(without)


@pytest.mark.parametrize("name", sorted(STAGES))
def test_the_functions_find_every_setting(name: str) -> None:
    """What is generated is what `Settings` reads."""
    stage = STAGES[name]

    settings = Settings.from_environment(environment(stage, base_url="https://api.example/v1"))

    assert (settings.stage, settings.stage_code) == (name, stage.code)
    assert settings.table_prefix == f"{stage.prefix}-"
    assert settings.legal == stage.legal


@pytest.mark.parametrize("name", sorted(STAGES))
def test_the_api_is_regional_and_versioned_in_its_path(name: str) -> None:
    """The gateway's stage is the ``/v1`` of the interface."""
    stage = configured(name)

    assert (stage["api_gateway_stage"], stage["api_gateway_endpoint_type"]) == ("v1", "REGIONAL")
    assert stage["minimum_compression_size"] > 0


@pytest.mark.parametrize("name", sorted(STAGES))
def test_each_function_has_a_role_of_its_own(name: str) -> None:
    """Nothing is shared and nothing is guessed from the code."""
    stage = configured(name)
    files = {one["iam_policy_file"] for one in stage["lambda_functions"].values()}

    assert len(files) == len(FUNCTIONS)
    assert (stage["manage_iam_role"], stage["autogen_policy"]) == (True, False)


def test_a_known_base_url_reaches_the_functions() -> None:
    """The base of a deployed API stands in for the one a stage does not have."""
    unknown = chalice_config(STAGES)
    known = chalice_config(STAGES, {"local": "http://127.0.0.1:4566/v1"})

    assert unknown["app_name"] == APP_NAME
    assert unknown["stages"]["local"]["environment_variables"]["VERWIJSINDEX_BASE_URL"] == UNKNOWN_BASE
    assert (
        known["stages"]["local"]["environment_variables"]["VERWIJSINDEX_BASE_URL"]
        == "http://127.0.0.1:4566/v1"
    )
