"""A stage's storage is opened from its settings, and a missing part is a defect, not a pause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import boto3
import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.models.data_keys import DataKeyTable
from chalicelib.models.storage import open_storage, storage_over
from chalicelib.models.tables import create_all, tables_of
from chalicelib.ports.storage import ExcludedAddress, PendingWork, Storage
from chalicelib.security import clients
from chalicelib.security.hashing import FIRST_KEYSET, index_hasher, pseudonyms
from chalicelib.security.sealing import DataKeySealer
from chalicelib.settings import Settings
from tests.builders import NOW, make_signal
from tests.fakes import FakeHasher, FixedClock
from tests.integration.storage.given import give, new_audit

SETTINGS = Settings(
    stage="test",
    stage_code="te",
    table_prefix="verwijsindex-opened-",
    data_key="alias/verwijsindex-test-data",
    token_key="alias/verwijsindex-test-token",
    index_secret="verwijsindex/test/index",
    pseudonym_secret="verwijsindex/test/pseudonym",
    issuer="https://issuer.example",
    audience="https://audience.example",
    base_url="https://api.example",
    sender="from@verwijsindex.example",
    reply_to="reply@verwijsindex.example",
    configuration_set="verwijsindex-test",
    oin="00000099000000001000",
)
NOWHERE = tables_of("verwijsindex-nowhere-")


@pytest.fixture
def stage(aws: None) -> Iterator[Settings]:
    """A stage of which keys, secrets and tables are there."""
    clients.kms_client.cache_clear()
    clients.secrets_client.cache_clear()
    key = boto3.client("kms").create_key()["KeyMetadata"]["KeyId"]
    boto3.client("kms").create_alias(AliasName=SETTINGS.data_key, TargetKeyId=key)
    for name in (SETTINGS.index_secret, SETTINGS.pseudonym_secret):
        boto3.client("secretsmanager").create_secret(Name=name, SecretString=f'{{"v1": "{name}-secret"}}')
    create_all(SETTINGS.table_prefix)
    yield SETTINGS
    clients.kms_client.cache_clear()
    clients.secrets_client.cache_clear()


def test_opened_storage_keeps_signals(stage: Settings) -> None:
    """One process opens what another has sealed."""
    signal = give(open_storage(stage, FixedClock()))

    assert open_storage(stage, FixedClock()).signals.get(signal.id) == signal


def test_opened_storage_keeps_the_register(stage: Settings) -> None:
    """Hashed under the stage's own secret."""
    youth = make_signal().youth
    assert youth is not None
    assert youth.address is not None
    entry = ExcludedAddress(
        id="lo-e1",
        form="3511AB|12",
        level="NUMBER",
        kind="SHELTER",
        source="municipality",
        valid_from=date(2026, 1, 1),
        valid_until=None,
        address=youth.address,
    )
    open_storage(stage, FixedClock()).exclusions.put(entry)

    assert open_storage(stage, FixedClock()).exclusions.excluded([entry.form], date(2026, 11, 22)) == {
        entry.form
    }


def test_secrets_of_a_stage_are_apart(stage: Settings) -> None:
    """The same text under the two secrets gives two digests."""
    clock = FixedClock()
    one = pseudonyms(stage.pseudonym_secret, clock).digest("purpose", "text")
    other = pseudonyms(stage.index_secret, clock).digest("purpose", "text")

    assert one != other
    assert index_hasher(stage.index_secret, clock).hashed([], [FIRST_KEYSET]) == frozenset()


@pytest.mark.parametrize(
    "ask",
    [
        lambda storage: storage.signals.get("lo-s1"),
        lambda storage: storage.signals.get_many(["lo-s1"]),
        lambda storage: storage.matches.of_signal("lo-s1"),
        lambda storage: storage.leases.acquire("a", "one", now=NOW, until=NOW),
        lambda storage: storage.leases.release("a", "one"),
        lambda storage: storage.audit.append(new_audit()),
        lambda storage: storage.work.add_pending("lo-s1", 1, NOW),
        lambda storage: storage.work.done(PendingWork(signal_id="lo-s1", revision=1, since=NOW)),
        lambda storage: storage.settings.keysets(),
        lambda storage: storage.settings._created(),
        give,
        lambda storage: storage.signals.codec.sealer.keys.create("2026-11-22#1", b"wrapped"),
        lambda storage: storage.signals.codec.sealer.keys.reserve("2026-11-22#1", 1, most=2),
    ],
)
def test_missing_table_is_a_defect(aws: None, ask: Callable[[Storage], object]) -> None:
    """It is neither empty nor busy."""
    sealer = DataKeySealer(
        keys=DataKeyTable(NOWHERE), master_key="", kms=clients.kms_client, clock=FixedClock()
    )
    storage = storage_over(NOWHERE, sealer, FakeHasher(), FixedClock())

    with pytest.raises(PynamoDBException, match=r"Error|Failed"):
        ask(storage)


def test_storage_of_another_stage_is_apart(stage: Settings) -> None:
    """Two stages in one account share nothing."""
    create_all("verwijsindex-other-")
    give(open_storage(stage, FixedClock()))
    other = open_storage(replace(stage, table_prefix="verwijsindex-other-"), FixedClock())

    assert other.signals.get("lo-s1") is None
