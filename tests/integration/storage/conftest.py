"""One region's storage, in memory and in DynamoDB, for the suite that both must satisfy."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import boto3
import pytest

from chalicelib.models.data_keys import DataKeyTable
from chalicelib.models.storage import storage_over
from chalicelib.models.tables import create_all, tables_of
from chalicelib.ports.storage import Storage
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.security.sealing import DataKeySealer
from infra.emulator import Emulator
from tests.fakes import FakeHasher, FakeStorage, FixedClock
from tests.integration.conftest import AWS_REGION
from tests.signal_requests import FORMER_KEYSET, NEXT_KEYSET

MOTO_PREFIX = "verwijsindex-test-"


@dataclass(frozen=True, slots=True)
class Region:
    """A region's storage and the clock it reads; ``another`` is what a second function opens."""

    storage: Storage
    clock: FixedClock
    another: Callable[[], Storage]


@pytest.fixture(params=["memory", "moto", pytest.param("emulator", marks=pytest.mark.e2e)])
def region(request: pytest.FixtureRequest) -> Region:
    """A region without any rows, in memory, in moto, and in the embedded AWS."""
    found = request.getfixturevalue(f"{request.param}_region")
    assert isinstance(found, Region)
    return found


@pytest.fixture
def storage(region: Region) -> Storage:
    """The region's storage."""
    return region.storage


@pytest.fixture
def memory_region() -> Region:
    """A region in memory."""
    clock = FixedClock()
    storage = FakeStorage(clock)
    return Region(storage, clock, lambda: storage)


@pytest.fixture
def moto_region(aws: None) -> Region:
    """A region in moto's tables."""
    return region_in_tables(MOTO_PREFIX)


@pytest.fixture
def emulator_region(emulator: Emulator, no_account: None, monkeypatch: pytest.MonkeyPatch) -> Region:
    """A region in the embedded AWS, in tables of its own."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    return region_in_tables(f"verwijsindex-{uuid.uuid4().hex}-")


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An embedded AWS for this session's storage alone."""
    with Emulator(region=AWS_REGION, home=tmp_path_factory.mktemp("storage-aws")) as running:
        yield running


def region_in_tables(prefix: str) -> Region:
    """A region in new tables, wherever AWS is."""
    create_all(prefix)
    tables, clock, kms = tables_of(prefix), FixedClock(), boto3.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    sealer = DataKeySealer(keys=DataKeyTable(tables), master_key=key, kms=lambda: kms, clock=clock)
    hasher = FakeHasher(frozenset({FORMER_KEYSET, FIRST_KEYSET, NEXT_KEYSET}))
    opened = partial(storage_over, tables, sealer, hasher, clock)
    return Region(opened(), clock, opened)
