"""What lies in DynamoDB itself: nothing that tells of a person, and only what is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import boto3
import pytest

from chalicelib.domain.signal import SignalState
from chalicelib.matching.records import Address
from chalicelib.models import signal_lists
from chalicelib.models.data_keys import DataKeyTable
from chalicelib.models.settings import KEPT, SettingTable
from chalicelib.models.tables import ROWS, table_shapes, tables_of
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.sealing import Reservation, SealBroken
from chalicelib.ports.storage import ExcludedAddress, Handover, UniqueName
from chalicelib.security.hashing import FIRST_KEYSET
from tests.builders import NOW, make_professional, make_signal
from tests.integration.storage.conftest import MOTO_PREFIX, Region
from tests.integration.storage.given import close, employ, give, new_audit, new_signal
from tests.integration.storage.test_contract_signals import INFORMED


@pytest.fixture
def region(moto_region: Region) -> Region:
    """A region in moto's tables."""
    return moto_region


def raw_rows(table: str) -> list[dict[str, Any]]:
    """Every item of a table, as DynamoDB holds it."""
    return boto3.client("dynamodb").scan(TableName=MOTO_PREFIX + table)["Items"]


def texts(value: Any) -> Iterator[bytes]:
    """Everything in an item, as bytes."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield name.encode()
            yield from texts(held)
    elif isinstance(value, list | set):
        for held in value:
            yield from texts(held)
    else:
        yield value if isinstance(value, bytes) else str(value).encode()


@pytest.mark.rule("D40")
def test_no_row_tells_of_the_person(region: Region) -> None:
    """Neither youth nor address nor informed people can be read in any table."""
    signal = make_signal(informed=INFORMED, keys=frozenset())
    region.storage.signals.add(
        new_signal(signal, [UniqueName(name="n", target=signal.id)], make_professional())
    )
    shelter = ExcludedAddress(
        id="lo-e1",
        form="3511AB|12",
        level="NUMBER",
        kind="SHELTER",
        source="municipality",
        valid_from=date(2026, 1, 1),
        valid_until=None,
        address=Address(postal_code="3511AB", house_number=12, street="Lange Nieuwstraat"),
    )
    region.storage.exclusions.put(shelter)
    everything = b"\n".join(text for row in ROWS for text in texts(raw_rows(row.table)))

    for secret in ("Sebastiaan", "Meer", "999990342", "3511", "0344", "Lange", "2014", "CONVERSATION"):
        assert secret.encode() not in everything


def test_swapped_person_records_do_not_open(region: Region) -> None:
    """Who copies a sealed record into another signal's row gains nothing."""
    give(region.storage, "lo-s1")
    give(region.storage, "lo-s2")
    rows = tables_of(MOTO_PREFIX).signals
    first, second = rows.get("lo-s1"), rows.get("lo-s2")
    first.person = second.person
    first.save()

    with pytest.raises(SealBroken):
        region.storage.signals.get("lo-s1")


def test_a_record_that_does_not_open_goes_over_as_it_is(region: Region) -> None:
    """Whoever mends it finds every byte of it; until then it is listed as every other."""
    employ(region.storage, "p1", "p2")
    give(region.storage, "lo-s1")
    rows = tables_of(MOTO_PREFIX).signals
    broken = rows.get("lo-s1")
    broken.person = b"\x01\x03key" + bytes(40)
    broken.save()

    listed = region.storage.signals.page("school", states=(), reference=None, limit=10, after=None)
    (held,) = listed.items
    handover = Handover(
        signal=replace(held, professional_id="p2", revision=2), professional=None, audit=new_audit()
    )
    region.storage.signals.hand_over(handover)

    after = rows.get("lo-s1")
    assert (after.professional_id, after.person) == ("p2", broken.person)


def test_signal_row_names_its_place_in_the_indexes(region: Region) -> None:
    """Sorted by moment and by last day, each made unique by the id."""
    give(region.storage)
    (row,) = raw_rows("signals")

    assert row["createdAt"] == {"S": "2026-11-22T09:30:00.000Z#lo-s1"}
    assert row["endsOn"] == {"S": "2027-07-31#lo-s1"}
    assert row["expiryBucket"]["S"].startswith("2027-07#")


def test_ended_signal_leaves_the_index_by_end_date(region: Region) -> None:
    """The index holds only what can still expire."""
    close(region.storage, give(region.storage))
    (row,) = raw_rows("signals")

    assert "endsOn" not in row
    assert "expiryBucket" not in row
    assert row["lastDay"] == {"S": "2027-07-31"}
    assert raw_rows("match-keys") == []


def test_wakes_are_counted(region: Region) -> None:
    """Each is a change that the stream tells of."""
    for _ in range(2):
        region.storage.notices.wake(["school#p1"])

    assert raw_rows("outbox") == [{"receiver": {"S": "school#p1"}, "wakes": {"N": "2"}}]


def test_names_are_swept_up_after_their_time(region: Region) -> None:
    """DynamoDB removes them some time after their own."""
    name = UniqueName(name="idempotency#1", target="lo-s1", expires_at=NOW + timedelta(hours=24))
    region.storage.signals.add(new_signal(make_signal(), [name]))
    (row,) = raw_rows("references")

    assert row["expiresAt"] == {"N": str(int((NOW + timedelta(hours=24)).timestamp()))}


def test_page_of_a_rare_filter_may_be_short(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page reads a bounded part of the index, and the next goes on from there."""
    monkeypatch.setattr(signal_lists, "MOST_INDEX_ROWS", 2)
    for number in range(5):
        give(region.storage, f"lo-s{number}", reference="rare" if number == 0 else f"r{number}")
    pages, after = [], None
    for _ in range(3):
        page = region.storage.signals.page("school", states=(), reference="rare", limit=1, after=after)
        pages.append([signal.id for signal in page.items])
        after = page.next

    assert pages == [[], [], ["lo-s0"]]
    assert after is None


def test_list_judges_state_as_stored(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the index says of a state is not believed: a signal that is another by now is left out."""
    first = give(region.storage, "lo-s1")
    rows = tables_of(MOTO_PREFIX).signals
    before = list(rows.by_organisation.query("school"))
    close(region.storage, first)
    monkeypatch.setattr(signal_lists.OrganisationList, "_index_rows", lambda *_: iter(before))
    page = region.storage.signals.page(
        "school", states=(SignalState.ACTIVE,), reference=None, limit=1, after=None
    )

    assert page.items == ()


def test_key_sets_are_created_once(region: Region) -> None:
    """When another process was first, its row stands."""
    tables = tables_of(MOTO_PREFIX)
    tables.settings("keysets", written={"1.v2"}, read={"1.v2"}).save()
    created = SettingTable(tables, region.clock)._created()

    assert created.written == {"1.v2"}


def test_key_sets_are_read_once_for_some_minutes(region: Region) -> None:
    """A new key set is seen after that."""
    assert region.storage.settings.keysets() == ((FIRST_KEYSET,), (FIRST_KEYSET,))
    tables_of(MOTO_PREFIX).settings("keysets", written={"1.v2"}, read={"1.v1", "1.v2"}).save()
    assert region.storage.settings.keysets() == ((FIRST_KEYSET,), (FIRST_KEYSET,))
    region.clock.advance(KEPT)

    assert region.storage.settings.keysets() == (("1.v2",), ("1.v1", "1.v2"))


def test_data_keys_are_reserved_up_to_their_limit(region: Region) -> None:
    """A key that does not exist, one with room, and one that is used up."""
    keys = DataKeyTable(tables_of(MOTO_PREFIX))
    assert keys.reserve("2026-11-22#9", 2, most=4) is None
    keys.create("2026-11-22#9", b"wrapped")
    with pytest.raises(AlreadyThere):
        keys.create("2026-11-22#9", b"another")
    assert [keys.reserve("2026-11-22#9", 2, most=4) for _ in range(2)] == [
        Reservation(b"wrapped", 2),
        Reservation(b"wrapped", 4),
    ]
    with pytest.raises(Stale):
        keys.reserve("2026-11-22#9", 2, most=4)

    assert keys.wrapped("2026-11-22#9") == b"wrapped"


def test_the_id_of_a_data_key_that_is_gone_is_not_given_again(region: Region) -> None:
    """What it sealed opens once it is put back."""
    tables = tables_of(MOTO_PREFIX)
    keys = DataKeyTable(tables)
    keys.create("2026-11-22#9", b"wrapped")
    tables.data_keys("2026-11-22#9").delete()

    with pytest.raises(AlreadyThere):
        keys.create("2026-11-22#9", b"another")

    assert keys.wrapped("2026-11-22#9") is None
    assert keys.wrapped("none") is None


def test_a_data_key_whose_answer_was_lost_keeps_its_id_too(region: Region) -> None:
    """It is there when it is written again, and nobody has marked it yet."""
    tables = tables_of(MOTO_PREFIX)
    keys = DataKeyTable(tables)
    tables.data_keys("2026-11-22#9", wrapped=b"wrapped", used=0).save()
    with pytest.raises(AlreadyThere):
        keys.create("2026-11-22#9", b"wrapped")
    tables.data_keys("2026-11-22#9").delete()

    with pytest.raises(AlreadyThere):
        keys.create("2026-11-22#9", b"another")


def test_tables_are_made_as_they_are_described(region: Region) -> None:
    """Keys, indexes and streams of every table."""
    client = boto3.client("dynamodb")
    for name, shape in table_shapes().items():
        made = client.describe_table(TableName=MOTO_PREFIX + name)["Table"]
        types = {one["AttributeName"]: one["AttributeType"] for one in made["AttributeDefinitions"]}

        assert shape["keys"] == tuple(
            (one["AttributeName"], types[one["AttributeName"]]) for one in made["KeySchema"]
        )
        assert {one["IndexName"] for one in made.get("GlobalSecondaryIndexes", [])} == set(shape["indexes"])
        assert made.get("StreamSpecification", {}).get("StreamViewType") == shape["stream"]
    assert len(table_shapes()) == 21
