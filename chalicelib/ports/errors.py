"""What storage and the outside world may answer instead of doing what was asked."""


class StorageError(Exception):
    """Base of what storage may raise.

    StorageError
    ├── StorageBusy     throttled, timed out or in conflict: try again later
    ├── Stale           a revision, state or lease was not as expected: nothing was written, read again
    ├── AlreadyThere    a row with this id exists: nothing was written
    ├── NameTaken       a unique name is in use: nothing was written
    ├── Unreadable      a row is there, but is not what it should be: only an operator can help
    └── StillRunning    the same is being done now: nothing was written
    """


class StorageBusy(StorageError):  # noqa: N818 - a state of the store, named as the glossary of errors does
    """Throttled, timed out or in conflict: trying again is safe.

    Nothing was written, save perhaps after a time-out; every write is conditional, so a repeat of one
    that did arrive is refused by name or revision rather than done twice.
    """


class Stale(StorageError):  # noqa: N818 - as StorageBusy
    """A revision, state or lease was not as expected; nothing was written."""


class AlreadyThere(StorageError):  # noqa: N818 - as StorageBusy
    """A row with this id exists; nothing was written."""


class Unreadable(StorageError):  # noqa: N818 - as StorageBusy
    """A row is there, but does not hold what it should; what it does hold is not told."""


class NameTaken(StorageError):  # noqa: N818 - as StorageBusy
    """A unique name is in use; nothing was written.

    Attributes:
        name: the name that was asked for.
        target: whose it is.
        digest: what its owner stored beside it, if anything.
    """

    def __init__(self, name: str, target: str, digest: str | None = None) -> None:
        super().__init__("a unique name is in use")
        self.name = name
        self.target = target
        self.digest = digest


class StillRunning(StorageError):  # noqa: N818 - as StorageBusy
    """The same request is being answered now; nothing was written."""


class DeliveryError(Exception):
    """Base of what sending a mail or an event may raise.

    DeliveryError
    ├── DeliveryUnavailable   try again later
    └── DeliveryRejected      this message will never be taken
    """


class DeliveryUnavailable(DeliveryError):  # noqa: N818 - as StorageBusy
    """The service is throttling or away; trying again later is right."""


class DeliveryRejected(DeliveryError):  # noqa: N818 - as StorageBusy
    """The service refuses this message for good (an invalid or suppressed address)."""
