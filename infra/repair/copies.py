"""The locked copies of the audit trail, read by their names alone, by operators only.

Every version counts, and every mark that hides one: a copy that was hidden is as bad as one that is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from chalicelib.upkeep.audit_copies import FOLDER
from infra.repair.rows import Row

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

TABLE: Final = "audit-copies"
"""What `verify` calls them."""

_AFTER_ALL: Final = "~"
"""Sorts after every symbol in the rest of a name."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The bucket's objects as rows: ``copy`` (the name), ``version``, ``hidden``, and of which entry."""

    bucket: str
    client: S3Client
    page_size: int = 1000

    def pages(self, after: Row | None = None) -> Iterator[list[Row]]:
        """Every version and every mark, page by page, in order of their names."""
        place = {} if after is None else {"KeyMarker": after["copy"], "VersionIdMarker": after["version"]}
        yield from self._listed(f"{FOLDER}/", place)

    def held(self, keys: Iterable[Row]) -> list[Row]:
        """Those that are there under these names and versions."""
        wanted = {(key["copy"], key["version"]) for key in keys}
        names = {name for name, _ in wanted}
        found = [row for name in sorted(names) for page in self._listed(name, {}) for row in page]
        return [row for row in found if (row["copy"], row["version"]) in wanted]

    def of(self, entries: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
        """The copies of each of these entries, hidden ones too, by organisation and entry id."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            wanted[entry["organisationId"]].append(entry["entryId"])
        found: dict[tuple[str, str], list[Row]] = {
            (entry["organisationId"], entry["entryId"]): [] for entry in entries
        }
        for organisation, ids in wanted.items():
            for row in self._between(organisation, min(ids), max(ids)):
                key = (row["organisationId"], row["entryId"])
                if key in found:
                    found[key].append(row)
        return found

    def _between(self, organisation: str, first: str, last: str) -> Iterator[Row]:
        folder = f"{FOLDER}/{organisation}/"
        end = folder + last.replace("#", "-") + _AFTER_ALL
        for page in self._listed(folder, {"KeyMarker": folder + first.replace("#", "-")}):
            for row in page:
                if row["copy"] > end:
                    return
                yield row

    def _listed(self, prefix: str, place: dict[str, Any]) -> Iterator[list[Row]]:
        while True:
            answer = self.client.list_object_versions(
                Bucket=self.bucket, Prefix=prefix, MaxKeys=self.page_size, **place
            )
            seen = [(one, False) for one in answer.get("Versions", [])]
            marks = [(one, True) for one in answer.get("DeleteMarkers", [])]
            rows = [_row(one["Key"], one["VersionId"], hidden=hides) for one, hides in [*seen, *marks]]
            yield sorted(rows, key=lambda row: str(row["copy"]))
            if not answer["IsTruncated"]:
                return
            place = {
                "KeyMarker": answer["NextKeyMarker"],
                "VersionIdMarker": answer["NextVersionIdMarker"],
            }


def _row(name: str, version: str, *, hidden: bool) -> Row:
    organisation, _, rest = name.removeprefix(f"{FOLDER}/").partition("/")
    moment_and_token = rest.removesuffix(".json").rpartition(".")[0]
    moment, _, token = moment_and_token.rpartition("-")
    return {
        "copy": name,
        "version": version,
        "hidden": hidden,
        "organisationId": organisation,
        "entryId": f"{moment}#{token}",
    }
