"""Secrets by version, read from Secrets Manager and kept for a few minutes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from chalicelib.clock import Clock
from chalicelib.security.clients import service_errors

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

KEPT: Final = timedelta(minutes=10)


class VersionedSecret(Protocol):
    """A secret of which several versions can be in use."""

    def version(self, name: str) -> bytes:
        """The secret of this version. Raises LookupError when there is none."""
        ...


@dataclass(slots=True)
class StoredSecret:
    """A secret in Secrets Manager: JSON with a member per version.

    ``client`` is called at the first use. A version that is asked for and missing is looked up anew
    at once: whoever asks was told of it after it was made.
    """

    name: str
    client: Callable[[], SecretsManagerClient]
    clock: Clock
    _versions: Mapping[str, bytes] = field(default_factory=dict)
    _read_at: datetime | None = None

    def version(self, name: str) -> bytes:
        """The secret of this version. Raises LookupError when there is none."""
        now = self.clock.now()
        if self._read_at is None or now - self._read_at >= KEPT or name not in self._versions:
            with service_errors():
                answer = self.client().get_secret_value(SecretId=self.name)
            self._versions = _parsed(answer["SecretString"])
            self._read_at = now
        if name not in self._versions:
            raise LookupError(f"the secret has no version {name}")
        return self._versions[name]


def _parsed(text: str) -> dict[str, bytes]:
    """The members as bytes; they are long random text, used as it stands."""
    return {str(version): str(secret).encode() for version, secret in json.loads(text).items()}
