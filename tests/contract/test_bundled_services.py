"""The bundle keeps the descriptions of just the AWS services that the functions call."""

from __future__ import annotations

import re

from infra.places import ROOT
from infra.vendor import SERVICES


def test_every_service_a_function_calls_is_in_the_bundle() -> None:
    """A client of a service whose description was left out fails only where it is deployed."""
    sources = [path.read_text() for path in (ROOT / "chalicelib").rglob("*.py")]

    called = {name for text in sources for name in re.findall(r'\.client\(\s*"([a-z0-9]+)"', text)}

    assert {"dynamodb", "kms", "ses", "sns"} <= called
    assert called <= SERVICES
