"""The mails that left, kept as files: as they were sent, as text and as HTML."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from infra.emulator import read_mailbox

_LIST: Final = "mails.json"
_UNSAFE: Final = re.compile(r"[^a-z0-9.-]+")


@dataclass(frozen=True)
class KeptMail:
    """One mail; its files are ``<name>.eml``, ``.txt`` and ``.html``."""

    name: str
    message_id: str
    sent_at: float
    to: str
    subject: str
    folder: Path

    @cached_property
    def text(self) -> str:
        """The plain text."""
        return (self.folder / f"{self.name}.txt").read_text(encoding="utf-8")

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """The ids of the notices it tells."""
        return tuple(re.split(r",\s*", str(self._message["X-Notice-Id"])))

    @cached_property
    def _message(self) -> EmailMessage:
        content = (self.folder / f"{self.name}.eml").read_bytes()
        return message_from_bytes(content, _class=EmailMessage, policy=policy.default)


class Archive:
    """The mails of a run and of the runs before it whose state was kept.

    The embedded AWS forgets its mailbox when it ends; the archive does not.
    """

    def __init__(self, folder: Path, mailbox: str, *, keep: bool) -> None:
        self._folder = folder
        self._mailbox = mailbox
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        self._mails = [KeptMail(**mail, folder=folder) for mail in self._listed()]

    @property
    def mails(self) -> Sequence[KeptMail]:
        """All mails, oldest first."""
        return tuple(self._mails)

    def collect(self) -> Sequence[KeptMail]:
        """Look into the mailbox; the mails that are new, oldest first."""
        known = {mail.message_id for mail in self._mails}
        new: list[KeptMail] = []
        for mail in read_mailbox(self._mailbox):
            if mail.message_id in known:
                continue
            number = len(self._mails) + len(new) + 1
            name = f"{number:03}-{_UNSAFE.sub('-', mail.to[0].partition('@')[0].lower())}"
            (self._folder / f"{name}.eml").write_bytes(mail.message.as_bytes())
            (self._folder / f"{name}.txt").write_text(mail.text, encoding="utf-8")
            (self._folder / f"{name}.html").write_text(mail.html, encoding="utf-8")
            new.append(
                KeptMail(
                    name=name,
                    message_id=mail.message_id,
                    sent_at=mail.sent_at,
                    to=mail.to[0],
                    subject=str(mail.message["Subject"]),
                    folder=self._folder,
                )
            )
        if new:
            self._mails += new
            self._write_list()
        return new

    def _listed(self) -> list[dict[str, Any]]:
        path = self._folder / _LIST
        if not path.exists():
            return []
        listed: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return listed

    def _write_list(self) -> None:
        listed = [
            {name: value for name, value in asdict(mail).items() if name != "folder"} for mail in self._mails
        ]
        (self._folder / _LIST).write_text(json.dumps(listed, indent=1), encoding="utf-8")
