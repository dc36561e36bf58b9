"""A change that comes as a JSON Merge Patch (RFC 7396), merged into the content a signal was given with."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.api.problems import FieldError, InvalidRequest
from chalicelib.api.schemas.changes import as_given
from chalicelib.api.schemas.signals import SignalContentBody, SignalInFullBody, content_request
from chalicelib.api.schemas.validation import checked
from chalicelib.signals.request import KeptContent, SignalRequest

_UNCHANGEABLE: Final = {field.alias or "" for field in SignalInFullBody.model_fields.values()} - {
    field.alias or "" for field in SignalContentBody.model_fields.values()
}


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2: members of objects are merged, null takes one away, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def refuse_fixed(unchangeable: AbstractSet[str], patch: Mapping[str, Any], detail: str) -> None:
    """Raise InvalidRequest when a patch names members that never change."""
    if fixed := sorted(unchangeable & patch.keys()):
        raise InvalidRequest(FieldError("body", f"/{name}", "unchangeable", detail) for name in fixed)


@dataclass(frozen=True, slots=True)
class MergePatch:
    """What a caller wants of a signal; raises InvalidRequest as giving a signal does."""

    content: dict[str, Any]

    @property
    def professional_id(self) -> str | None:
        """The professional it names; None when it leaves that as it is."""
        named = self._member("professional").get("id")
        return named if isinstance(named, str) else None

    @property
    def gives_previous_address(self) -> bool:
        """Whether it says itself what the previous address is, if only that there is none."""
        return "previousAddress" in self._member("youth")

    def applied_to(self, kept: KeptContent) -> SignalRequest:
        """The content as it is to be. Raises InvalidRequest."""
        refuse_fixed(_UNCHANGEABLE, self.content, "This never changes: close the signal and give another.")
        merged = merge_patch(as_given(kept), self.content)
        return content_request(checked(SignalContentBody, merged), kept.reference)

    def _member(self, name: str) -> dict[str, Any]:
        member = self.content.get(name)
        return member if isinstance(member, dict) else {}
