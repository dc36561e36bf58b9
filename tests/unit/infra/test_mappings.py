"""The mappings that wake functions, while Lambda is still busy with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.errors import InfraError
from infra.finish import mappings
from infra.finish.mappings import options, settle_mappings
from infra.functions import MAPPED_FUNCTIONS, STREAM_FUNCTIONS

OUTPUTS = {function.failures_output: f"arn:{function.name}" for function in STREAM_FUNCTIONS}


class Lambda:
    """Mappings that pass through the same states; while they are in between, a change is refused."""

    def __init__(self, *states: str, options: dict[str, Any]) -> None:
        self._states: dict[str, Iterator[str]] = {}
        self._all, self._options = states, options
        self._now: dict[str, str] = {}
        self.changed: dict[str, bool] = {}

    def get_event_source_mapping(self, UUID: str) -> dict[str, Any]:  # noqa: N803 - as Lambda names it
        """The mapping, in its next state."""
        states = self._states.setdefault(UUID, iter(self._all))
        self._now[UUID] = next(states, self._all[-1])
        return {"UUID": UUID, "State": self._now[UUID], **self._options}

    def update_event_source_mapping(self, UUID: str, **wanted: Any) -> None:  # noqa: N803 - as above
        """Change it, or refuse."""
        if self._now[UUID] not in {"Enabled", "Disabled"}:
            raise ClientError({"Error": {"Code": "ResourceInUseException"}}, "UpdateEventSourceMapping")
        self.changed[UUID] = wanted["Enabled"]


class Stage:
    """An account, and the record of its deploy, in which a mapping is called as its function."""

    poll_seconds = 0.0

    def __init__(self, client: Lambda) -> None:
        self._client = client

    def client(self, _: str) -> Lambda:
        """Lambda."""
        return self._client

    def mapping_of(self, chalice_name: str) -> str:
        """The id of a mapping."""
        return chalice_name


def settle(client: Lambda) -> None:
    """What a deploy does."""
    stage: Any = Stage(client)
    settle_mappings(stage, stage, OUTPUTS, lambda _: None)


@pytest.mark.parametrize(
    "states", [("Creating", "Enabled"), ("Disabling", "Disabled"), ("Updating", "Enabled")]
)
def test_a_mapping_that_lambda_is_busy_with_is_waited_for(states: tuple[str, ...]) -> None:
    """One that was just made, one that somebody just switched off: a change would be refused."""
    client = Lambda(*states, options={})

    settle(client)

    assert client.changed == {function.chalice_name: True for function in MAPPED_FUNCTIONS}


def test_a_mapping_that_is_as_wanted_is_left_alone() -> None:
    """Unless it is off."""
    wanted = {name: value for one in MAPPED_FUNCTIONS for name, value in options(one, OUTPUTS).items()}
    clients = [Lambda("Enabled", options=wanted), Lambda("Disabled", options=wanted)]

    for client in clients:
        settle(client)

    assert "feedback" not in clients[0].changed
    assert clients[1].changed["feedback"]


def test_a_mapping_that_never_settles_ends_the_deploy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plainly, and not for ever."""
    monkeypatch.setattr(mappings, "_LIMIT_SECONDS", -1)

    with pytest.raises(InfraError, match="still Updating"):
        settle(Lambda("Updating", options={}))
