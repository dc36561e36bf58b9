"""What operators do on a running stage: organisations, tokens, excluded addresses, matching anew."""

from __future__ import annotations

from typing import Final

from infra.command import Command
from infra.operators.action import Action, group
from infra.operators.addresses import ADDRESS_ACTIONS
from infra.operators.cards import PROFESSIONAL_ACTIONS, SUPERVISOR_ACTIONS
from infra.operators.client_keys import CLIENT_KEYS
from infra.operators.keysets import KEYSET_ACTIONS
from infra.operators.legal import LEGAL_ACTIONS
from infra.operators.organisations import ORGANISATION_ACTIONS
from infra.operators.rematch import REMATCH
from infra.operators.token_keys import TOKEN_KEY_ACTIONS
from infra.operators.tokens import TOKEN

__all__ = ["OPERATOR_COMMANDS", "Action"]

OPERATOR_COMMANDS: Final[tuple[Command, ...]] = (
    group(
        "organisation",
        "register organisations, look at them, shut them out",
        (*ORGANISATION_ACTIONS, CLIENT_KEYS),
    ),
    group("professional", "keep the contact card of a professional", PROFESSIONAL_ACTIONS),
    group("supervisor", "name who is told on behalf of a municipality", SUPERVISOR_ACTIONS),
    group("exclude-address", "keep the register of addresses that make no match", ADDRESS_ACTIONS),
    TOKEN,
    group("token-keys", "change the key that signs access tokens, while they are used", TOKEN_KEY_ACTIONS),
    REMATCH,
    group("legal", "look at the law a stage runs under, and what another would do", LEGAL_ACTIONS),
    group("keysets", "bring in a new secret for the index, without losing a match", KEYSET_ACTIONS),
)
"""The commands, for the program to offer."""
