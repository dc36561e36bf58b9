"""What end-to-end tests know of the stack they run against."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import boto3
from botocore.config import Config

from infra.emulator import Emulator, Mail, read_mailbox
from infra.isolation import local_environment
from infra.places import ROOT
from infra.stages import LOCAL_STAGE, stage_named

_PATIENT = Config(read_timeout=900, retries={"mode": "standard", "total_max_attempts": 10})
"""As long as a function may run: who asks again before starts a second run, which is in the first one's way.

And as often as it takes while two runs of a scheduled function last: it may have no more at once.
"""


@dataclass(frozen=True, slots=True)
class Stack:
    """A deployed local stage.

    Attributes:
        base_url: of the API, without a slash at the end.
        endpoint: of every AWS service.
        mailbox: URL of the sent mails (see `mails`).
        region: of the stage.
        prefix: what the names of its tables begin with, hyphen included.
        home: folder of the embedded AWS; its log is ``emulator.log``.
    """

    base_url: str
    endpoint: str
    mailbox: str
    region: str
    prefix: str
    home: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment for a command that works on this stack."""
        return local_environment(os.environ, endpoint=self.endpoint, region=self.region)

    def client(self, service: str) -> Any:
        """An AWS client of this stack."""
        return _client(service, self.endpoint, self.region)

    def mails(self) -> list[Mail]:
        """Every mail that left, oldest first."""
        return read_mailbox(self.mailbox)


def deploy(emulator: Emulator) -> Stack:
    """Deploy the local stage on an embedded AWS, as an operator does."""
    stage = stage_named(LOCAL_STAGE)
    command = [sys.executable, "-m", "infra", "deploy", stage.name, "--home", str(emulator.home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Stack(
        base_url=done.stdout.rsplit("base URL: ", 1)[1].strip(),
        endpoint=emulator.url,
        mailbox=emulator.mailbox,
        region=stage.region,
        prefix=f"{stage.prefix}-",
        home=str(emulator.home),
    )


@lru_cache
def _client(service: str, endpoint: str, region: str) -> Any:
    session = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", region_name=region)
    return session.client(service, endpoint_url=endpoint, config=_PATIENT)  # type: ignore[call-overload]
