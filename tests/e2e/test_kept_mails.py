"""A mailbox survives a restart of the embedded AWS that kept its state."""

from __future__ import annotations

from pathlib import Path

import boto3
import pytest

from infra.emulator import Emulator, read_mailbox

REGION = "eu-central-1"
RAW = "From: a@local.example\r\nTo: b@local.example\r\nSubject: {}\r\n\r\nbody\r\n"


@pytest.mark.e2e
def test_mails_lie_in_the_mailbox_after_a_restart(tmp_path: Path) -> None:
    """Whole and once each, and new ones come after them."""
    subjects: list[list[str]] = []
    for subject in ("first", "second"):
        with Emulator(region=REGION, home=tmp_path, keep_state=True) as emulator:
            ses = boto3.client(
                "ses",
                endpoint_url=emulator.url,
                region_name=REGION,
                aws_access_key_id="000000000000",
                aws_secret_access_key="local",
            )
            ses.verify_email_identity(EmailAddress="a@local.example")
            ses.send_raw_email(RawMessage={"Data": RAW.format(subject).encode()})
            subjects.append([str(mail.message["Subject"]) for mail in read_mailbox(emulator.mailbox)])

    assert subjects == [["first"], ["first", "second"]]
