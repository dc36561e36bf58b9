"""The account a command works on: the stage's own, or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from infra import account as accounts
from infra.account import Account, open_account
from infra.chalice_config import APP_NAME, UNKNOWN_BASE
from infra.errors import InfraError
from infra.places import ROOT
from infra.stages import stage_named

LOCAL, REAL = stage_named("local"), stage_named("limburg")
MOTO_ACCOUNT = "123456789012"


@pytest.fixture
def lambdas_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter that Lambda has too, whichever runs the tests."""
    monkeypatch.setattr(accounts, "OLDEST_LAMBDA_PYTHON", (3, 11))


@pytest.mark.usefixtures("aws", "lambdas_python")
def test_the_account_that_a_stage_names_is_the_only_one() -> None:
    """Credentials of another region's account change nothing there."""
    elsewhere = REAL.model_copy(update={"account": "999999999999"})
    here = REAL.model_copy(update={"account": MOTO_ACCOUNT})

    with pytest.raises(InfraError, match=f"are of {MOTO_ACCOUNT}, but limburg lives in 9{{12}}"):
        open_account(elsewhere)

    assert open_account(here) == Account(here, None, ROOT)


@pytest.mark.usefixtures("aws", "lambdas_python")
def test_a_real_stage_is_never_looked_for_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endpoint left over from a local run would deploy to nowhere, and say that all is well."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:4566")

    with pytest.raises(InfraError, match="AWS_ENDPOINT_URL_DYNAMODB is set, but limburg lives on AWS"):
        open_account(REAL)


@pytest.mark.usefixtures("aws")
def test_functions_get_a_python_that_lambda_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """They run on the version that deploys."""
    monkeypatch.setattr(accounts, "OLDEST_LAMBDA_PYTHON", (4, 0))

    with pytest.raises(InfraError, match="limburg lives on AWS, which needs Python"):
        open_account(REAL)


def test_without_an_embedded_aws_there_is_no_local_stage(tmp_path: Path) -> None:
    """And the environment of the process is left as it was."""
    before = dict(os.environ)

    with pytest.raises(InfraError, match="no embedded AWS runs here"):
        open_account(LOCAL, tmp_path)

    assert dict(os.environ) == before


def test_the_base_url_is_the_stages_own_or_that_of_its_api(tmp_path: Path) -> None:
    """A custom domain, the deployed API, or nothing that could be mistaken for one."""
    nameless = REAL.model_copy(update={"base_url": ""})
    local = Account(LOCAL, "http://127.0.0.1:4566", tmp_path)

    assert Account(REAL, None, ROOT).base_url("abc123") == REAL.base_url
    assert Account(nameless, None, ROOT).base_url("abc123") == (
        "https://abc123.execute-api.eu-west-1.amazonaws.com/v1"
    )
    assert Account(nameless, None, ROOT).base_url(None) == UNKNOWN_BASE
    assert local.base_url(None) == f"http://127.0.0.1:4566/_aws/execute-api/{APP_NAME}/v1"
