"""A client that openapi-python-client makes of the committed description does the main job."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.node.spectral import DESCRIPTION
from tests.e2e.region import Member, Region, about, until

pytestmark = pytest.mark.e2e

NAME = "made_of_the_description"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the package of a client just generated."""
    settings = tmp_path / "settings.yml"
    settings.write_text("post_hooks: []\n", encoding="utf-8")
    done = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--meta", "none"),
            *("--path", str(DESCRIPTION), "--output-path", str(tmp_path / NAME), "--config", str(settings)),
            "--fail-on-warning",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.syspath_prepend(tmp_path)
    return NAME


def part(client: str, module: str) -> Any:
    """A module of the client."""
    return importlib.import_module(f"{client}.{module}")


def signed_in(client: str, member: Member) -> Any:
    """The client as an organisation's system."""
    base_url = member.region.stack.base_url
    return part(client, "client").AuthenticatedClient(base_url=base_url, token=member.token)


def test_a_generated_client_gives_a_signal_sees_the_match_and_closes(region: Region, client: str) -> None:
    """Bodies, answers and lists come as the client's own values, with nothing set right by hand."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Maat")
    signal = part(client, "models").NewSignal
    give, close = part(client, "api.signals.give_signal"), part(client, "api.signals.close_signal")
    matches = part(client, "api.matches.read_signal_matches")

    with signed_in(client, school) as mine, signed_in(client, nurse) as theirs:
        given = give.sync_detailed(client=mine, body=signal.from_dict(school.signal(youth)))
        give.sync_detailed(client=theirs, body=signal.from_dict(nurse.signal(youth)))
        until(lambda: matches.sync(given.parsed.id, client=mine, professional_id="staff-1").items)
        (match,) = matches.sync(given.parsed.id, client=mine, professional_id="staff-1").items
        closed = close.sync(given.parsed.id, client=mine, professional_id="staff-1")

    assert (int(given.status_code), given.parsed.state.value) == (201, "ACTIVE")
    assert (match.kind.value, match.counterpart.email) == ("PERSON", nurse.email)
    assert closed.state.value == "CLOSED"
