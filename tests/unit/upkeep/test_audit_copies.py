"""What a locked copy of an audit entry is called and says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.upkeep.audit_copies import Entry, copy_of, name_of

OIN = "00000099000000001000"
SYSTEM = f"urn:nld:oin:{OIN}:systeem:verwijsindex"
ENTRY = {
    "organisationId": "school",
    "entryId": "2026-11-22T09:30:00.005Z#a1b2c3",
    "professionalId": "staff-9",
    "act": "SIGNAL_READ",
    "resource": "lo-s1",
    "at": "2026-11-22T09:30:00.005Z",
    "outcome": "DONE",
    "requestId": "3f0c7a52-6f0e-4a5b-9a54-0d6f3c1b8e21",
    "tokenId": "jti-school",
}


@pytest.mark.rule("D39")
def test_a_copy_holds_the_entry_and_the_fields_of_the_standard() -> None:
    """Logboek Dataverwerkingen asks who did what to whose data when; the entry stands beside it unchanged."""
    told = json.loads(copy_of(ENTRY, OIN).body)

    assert name_of(ENTRY).endswith(f".{told.pop('span_id')}{name_of(ENTRY)[-21:]}")
    assert told == {
        "trace_id": "3f0c7a526f0e4a5b9a540d6f3c1b8e21",
        "status": "Ok",
        "name": "SIGNAL_READ",
        "start_time": "2026-11-22T09:30:00.005Z",
        "end_time": "2026-11-22T09:30:00.005Z",
        "resource": {"attributes": {"system": SYSTEM}},
        "attributes": {
            "dpl.core.processing_activity_id": f"{SYSTEM}:verwerking:signalling",
            "dpl.core.data_subject_id": "lo-s1",
            "dpl.core.data_subject_id_type": f"{SYSTEM}:resource",
        },
        "entry": ENTRY,
    }


def test_a_copy_says_whom_an_entry_is_about() -> None:
    """By the pseudonym, where there is one; else by the thing, which leads to the youth."""
    told = json.loads(copy_of({**ENTRY, "youth": "5a" * 16}, OIN).body)["attributes"]

    assert told["dpl.core.data_subject_id"] == "5a" * 16
    assert told["dpl.core.data_subject_id_type"] == f"{SYSTEM}:youth"


def test_a_refusal_is_no_success() -> None:
    """Nor an error of ours: the standard's word for it is that nothing is set."""
    refused = {**ENTRY, "outcome": "REFUSED"}

    assert json.loads(copy_of(refused, OIN).body)["status"] == "Unset"


@pytest.mark.parametrize("request_id", [None, "", "not-a-uuid", "g" * 32])
def test_an_act_past_no_gateway_still_has_a_trace(request_id: str | None) -> None:
    """Sixteen bytes in hexadecimal, whatever there is to name it by."""
    entry = {name: value for name, value in ENTRY.items() if name != "requestId"}
    if request_id is not None:
        entry["requestId"] = request_id

    trace = json.loads(copy_of(entry, OIN).body)["trace_id"]

    assert (len(trace), set(trace) <= set("0123456789abcdef")) == (32, True)


def test_names_are_in_order_of_organisation_and_time() -> None:
    """So that a list of names runs along with the table."""
    assert name_of(ENTRY).startswith("entries/school/2026-11-22T09:30:00.005Z-a1b2c3.")
    assert name_of(ENTRY).endswith(".json")


@given(st.sampled_from(sorted(set(ENTRY) - {"outcome"})), st.text(alphabet="abc123", min_size=1, max_size=8))
def test_another_entry_has_another_name(field: str, value: str) -> None:
    """Whatever was changed in it, a list of names shows that."""
    other: Entry = {**ENTRY, field: value}

    assert (name_of(other) == name_of(ENTRY)) == (other == ENTRY)
    assert copy_of(dict(reversed(list(ENTRY.items()))), OIN) == copy_of(ENTRY, OIN)
