"""``organisation keys``, from the words typed to what is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.audit import Act
from infra.errors import InfraError
from tests.systems import key_named, public
from tests.unit.operators.counter import Counter

REGISTER = (
    "organisation register local --id regenboog --name Regenboog --domain EDUCATION"
    " --email-domain regenboog.example"
)
KEYS = [public(key_named(name)) for name in ("one", "two")]


@pytest.fixture
def counter(capsys: pytest.CaptureFixture[str]) -> Counter:
    """An operator at a region with an organisation."""
    found = Counter(capsys)
    found.type(REGISTER)
    return found


def written(folder: Path, content: object) -> Path:
    """A file of keys."""
    path = folder / "keys.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("content", [{"keys": KEYS}, KEYS])
def test_keys_come_from_a_file(counter: Counter, tmp_path: Path, content: object) -> None:
    """A JWKS, or its list alone; what is printed names each, and the act is on the trail."""
    printed = counter.type(f"organisation keys local regenboog --jwks {written(tmp_path, content)}")

    state = counter.region.storage.state
    assert printed == "one\tEC\ntwo\tEC\n"
    assert state.client_keys["regenboog"].keys == tuple(KEYS)
    assert [entry.act for entry in state.audit.values()][-1] is Act.KEYS_CHANGED


def test_one_key_may_be_given_alone(counter: Counter, tmp_path: Path) -> None:
    """As tools write it."""
    path = written(tmp_path, KEYS[0])

    assert counter.type(f"organisation keys local regenboog --jwks {path}") == "one\tEC\n"


def test_keys_may_be_where_the_organisation_publishes_them(counter: Counter) -> None:
    """They replace those of before."""
    uri = "https://systems.regenboog.example/jwks.json"

    assert counter.type(f"organisation keys local regenboog --jwks-uri {uri}") == f"keys are read at {uri}\n"
    assert counter.region.storage.state.client_keys["regenboog"].uri == uri


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"keys": [key_named("one").as_dict(private=True)]}, "private key"),
        ({"keys": "one"}, "no JWKS"),
        (7, "no JWKS"),
        ({"keys": []}, "One key at least"),
    ],
)
def test_a_file_without_public_keys_is_refused(
    counter: Counter, tmp_path: Path, content: Any, told: str
) -> None:
    """With what is wrong; nothing is changed."""
    with pytest.raises(InfraError, match=told):
        counter.type(f"organisation keys local regenboog --jwks {written(tmp_path, content)}")

    assert not counter.region.storage.state.client_keys


def test_a_file_that_is_no_json_is_refused(counter: Counter, tmp_path: Path) -> None:
    """Nor one that is not there."""
    (tmp_path / "keys.pem").write_text("-----BEGIN PUBLIC KEY-----")

    for name in ("keys.pem", "gone.json"):
        with pytest.raises(InfraError, match="no JSON file"):
            counter.type(f"organisation keys local regenboog --jwks {tmp_path / name}")


def test_nobody_unregistered_has_keys(counter: Counter) -> None:
    """There is no such organisation."""
    with pytest.raises(InfraError, match="no such organisation"):
        counter.type("organisation keys local gone --jwks-uri https://systems.gone.example/")
