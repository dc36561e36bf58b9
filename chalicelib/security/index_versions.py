"""The versions of the index secret: an operator adds one and takes an old one away."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from chalicelib.security.clients import service_errors

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

RANDOM_BYTES: Final = 48


class SecretVersions(Protocol):
    """The versions of one secret."""

    def names(self) -> frozenset[str]:
        """Which there are."""
        ...

    def add(self, version: str) -> None:
        """Make a version out of random bytes; one that is there stays as it is."""
        ...

    def remove(self, version: str) -> None:
        """Take a version away: what was hashed under it cannot be made again."""
        ...


@dataclass(frozen=True, slots=True)
class StoredVersions:
    """Versions as members of the JSON in Secrets Manager; ``client`` is called at each use."""

    name: str
    client: Callable[[], SecretsManagerClient]

    def names(self) -> frozenset[str]:
        """Which there are."""
        return frozenset(self._read())

    def add(self, version: str) -> None:
        """Make a version out of random bytes; one that is there stays as it is."""
        held = self._read()
        if version not in held:
            self._write({**held, version: secrets.token_urlsafe(RANDOM_BYTES)})

    def remove(self, version: str) -> None:
        """Take a version away."""
        held = self._read()
        if version in held:
            self._write({name: secret for name, secret in held.items() if name != version})

    def _read(self) -> Mapping[str, str]:
        with service_errors():
            answer = self.client().get_secret_value(SecretId=self.name)
        held: Mapping[str, str] = json.loads(answer["SecretString"])
        return held

    def _write(self, versions: Mapping[str, str]) -> None:
        with service_errors():
            self.client().put_secret_value(SecretId=self.name, SecretString=json.dumps(versions))
