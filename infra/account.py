"""The AWS a stage is deployed to: real, or embedded on this machine."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.chalice_config import UNKNOWN_BASE
from infra.errors import InfraError
from infra.isolation import enter_local
from infra.places import LOCAL
from infra.stages import API_STAGE, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

RUNNING_EMULATOR: Final = LOCAL / "emulator.json"
"""Written by whoever keeps an embedded AWS running: ``{"url": …, "mailbox": …, "process": …}``."""

_OLDEST_LAMBDA_PYTHON: Final = (3, 12)


@dataclass(frozen=True, slots=True)
class Account:
    """Where a stage lives.

    Attributes:
        stage: the stage.
        endpoint: URL of the embedded AWS, or None for the real one.
    """

    stage: Stage
    endpoint: str | None

    def client(self, service: str) -> Any:
        """An AWS client in the stage's region."""
        return boto3.client(service, region_name=self.stage.region, endpoint_url=self.endpoint)

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
        """The base the stage is known by: its own, or that of its API, or `UNKNOWN_BASE` before the first deploy."""
        if self.stage.base_url:
            return self.stage.base_url
        return self.api_url(rest_api) if rest_api else UNKNOWN_BASE


def open_account(stage: Stage, endpoint: str | None = None) -> Account:
    """The account of a stage, checked.

    The local stage puts this process behind the wall of `infra.isolation` first. Raises InfraError when the
    embedded AWS does not run, when the credentials are of another account, or when Python is too old for Lambda.
    """
    if stage.is_local:
        url = endpoint or running_emulator()["url"]
        enter_local(endpoint=url, region=stage.region)
        return Account(stage, url)
    if endpoint:
        raise InfraError(f"{stage.name} lives on AWS: --endpoint is for the local stage")
    if os.environ.get("AWS_ENDPOINT_URL"):
        raise InfraError(f"AWS_ENDPOINT_URL is set: {stage.name} lives on AWS; unset it")
    if sys.version_info[:2] < _OLDEST_LAMBDA_PYTHON:
        raise InfraError("deploying to AWS needs Python 3.12 or newer: the functions run on the version that deploys")
    account = Account(stage, None)
    _check_identity(account)
    return account


def running_emulator() -> Mapping[str, Any]:
    """What is known of the embedded AWS that runs for this repository. Raises InfraError when there is none."""
    try:
        known: dict[str, Any] = json.loads(RUNNING_EMULATOR.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError) as error:
        raise InfraError(
            "no embedded AWS runs here: start one with `python -m infra emulator`, or name one with --endpoint"
        ) from error
    return known


def _check_identity(account: Account) -> None:
    try:
        identity = account.client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise InfraError(f"AWS does not know who is calling: {error}") from error
    if account.stage.account and identity != account.stage.account:
        raise InfraError(
            f"these credentials are of account {identity}, but {account.stage.name} lives in {account.stage.account}"
        )
