"""``organisation keys``: by which public keys an organisation's systems sign in."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Final

from chalicelib.domain.client_keys import ClientKeys
from chalicelib.organisations.keep_keys import GivenKeys
from infra.errors import InfraError
from infra.operators.action import Action
from infra.operators.desk import Desk


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("organisation", metavar="ID", help="the organisation's id")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--jwks", type=Path, metavar="FILE", help="its public keys, as a JWKS or one JWK")
    where.add_argument("--jwks-uri", metavar="URI", help="the https address where it publishes them")


def _replace(desk: Desk, options: argparse.Namespace) -> None:
    keys = desk.keep_keys.replace_by_operator(
        options.organisation, _given(options), operator=options.operator
    )
    print(_told(keys))


def _given(options: argparse.Namespace) -> GivenKeys:
    if options.jwks is None:
        return GivenKeys(uri=options.jwks_uri)
    try:
        content: Any = json.loads(options.jwks.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InfraError(f"{options.jwks} is no JSON file that can be read") from error
    keys = content.get("keys", [content]) if isinstance(content, dict) else content
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise InfraError(f"{options.jwks} is no JWKS: it has a list of keys")
    return GivenKeys(keys=keys)


def _told(keys: ClientKeys) -> str:
    if keys.uri is not None:
        return f"keys are read at {keys.uri}"
    return "\n".join(f"{key['kid']}\t{key['kty']}" for key in keys.keys)


CLIENT_KEYS: Final = Action(
    "keys", "replace the public keys by which its systems sign in; prints them", _arguments, _replace
)
