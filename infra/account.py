"""The AWS a stage is deployed to: real, or embedded on this machine."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session

from infra.chalice_config import APP_NAME, UNKNOWN_BASE
from infra.emulator.emulator import HOME, Running
from infra.errors import InfraError
from infra.isolation import enter_local
from infra.places import CHALICE, ROOT
from infra.stages import API_STAGE, Stage

OLDEST_LAMBDA_PYTHON: Final = (3, 12)
"""Older runtimes of Lambda have a C library that the wheels of today do not load with."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where a stage lives.

    Attributes:
        stage: the stage.
        endpoint: URL of the embedded AWS, or None for the real one.
        workspace: where builds and the record of deploys are: the repository, or the embedded AWS's home.
    """

    stage: Stage
    endpoint: str | None
    workspace: Path

    @property
    def build(self) -> Path:
        """The staged folder that Chalice deploys from."""
        return self.workspace / "build" / self.stage.name

    @property
    def deployed_file(self) -> Path:
        """Chalice's record of what the stage deployed."""
        return self.workspace / CHALICE.name / "deployed" / f"{self.stage.name}.json"

    def client(self, service: str) -> Any:
        """An AWS client in the stage's region."""
        session = get_session()
        return session.create_client(service, region_name=self.stage.region, endpoint_url=self.endpoint)

    @property
    def poll_seconds(self) -> float:
        """How long to wait between two looks at something AWS is busy with."""
        return 0.1 if self.endpoint else 5.0

    def api_url(self, rest_api: str) -> str:
        """The public base of a deployed REST API, without a slash at the end."""
        if self.endpoint:
            return f"{self.endpoint}/_aws/execute-api/{rest_api}/{API_STAGE}"
        return f"https://{rest_api}.execute-api.{self.stage.region}.amazonaws.com/{API_STAGE}"

    def base_url(self, rest_api: str | None) -> str:
        """The base the stage is known by: its own, or that of its API, or at first `UNKNOWN_BASE`.

        The embedded AWS names an API after its application, so there it is known beforehand.
        """
        if self.stage.base_url:
            return self.stage.base_url
        if self.endpoint:
            return self.api_url(rest_api or APP_NAME)
        return self.api_url(rest_api) if rest_api else UNKNOWN_BASE


def open_account(stage: Stage, home: Path = HOME) -> Account:
    """The account of a stage, checked.

    The local stage is that of the embedded AWS whose home is ``home``, and puts this very process behind the
    wall of `infra.isolation`. Raises InfraError when the embedded AWS does not run, when the credentials are
    of another account, or when Python is too old for Lambda.
    """
    if stage.is_local:
        running = Running.read(home)
        enter_local(endpoint=running.url, region=stage.region)
        return Account(stage, running.url, home)
    if redirected := sorted(name for name in os.environ if name.startswith("AWS_ENDPOINT_URL")):
        raise InfraError(f"{', '.join(redirected)} is set, but {stage.name} lives on AWS: unset it")
    if sys.version_info[:2] < OLDEST_LAMBDA_PYTHON:
        raise InfraError(
            f"{stage.name} lives on AWS, which needs Python 3.12 or newer, for the functions run on the "
            "version that deploys: make environment PYTHON=/path/to/python"
        )
    account = Account(stage, None, ROOT)
    _check_identity(account)
    return account


def _check_identity(account: Account) -> None:
    try:
        identity = account.client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise InfraError(f"AWS does not know who is calling: {error}") from error
    if account.stage.account and identity != account.stage.account:
        raise InfraError(
            f"these credentials are of {identity}, but {account.stage.name} lives in {account.stage.account}"
        )
