"""The way of a signal, from an organisation's system to the mail of the others."""

from __future__ import annotations

from docs.pictures.diagram import Arrow, Box, Diagram, Heading, svg

_LEFT, _MIDDLE, _RIGHT = 30, 400, 790
_LEFT_WIDTH, _MIDDLE_WIDTH, _RIGHT_WIDTH = 220, 250, 250
_FIRST, _SECOND, _THIRD = 60, 250, 440
_HIGH = 112

_HEADINGS = (
    Heading(x=_LEFT + _LEFT_WIDTH // 2, y=38, text="Outside and on the clock"),
    Heading(x=_MIDDLE + _MIDDLE_WIDTH // 2, y=38, text="Functions"),
    Heading(x=_RIGHT + _RIGHT_WIDTH // 2, y=38, text="What is written"),
)
_BOXES = (
    Box(
        x=_LEFT,
        y=_FIRST,
        width=_LEFT_WIDTH,
        height=_HIGH,
        look="outside",
        title="Organisation's system",
        lines=("“I am involved with", "this child”, never why"),
    ),
    Box(
        x=_MIDDLE,
        y=_FIRST,
        width=_MIDDLE_WIDTH,
        height=_HIGH,
        look="function",
        title="api",
        lines=("checks token and rules,", "seals the person record,", "hashes the match keys"),
    ),
    Box(
        x=_RIGHT,
        y=_FIRST,
        width=_RIGHT_WIDTH,
        height=_HIGH,
        look="table",
        title="Signal",
        lines=("match keys, unique names,", "contact card, audit entry,", "pending work item"),
    ),
    Box(
        x=_LEFT,
        y=_SECOND,
        width=_LEFT_WIDTH,
        height=_HIGH,
        look="clock",
        title="sweep",
        lines=("each minute takes up", "what has waited longer", "than two minutes"),
    ),
    Box(
        x=_MIDDLE,
        y=_SECOND,
        width=_MIDDLE_WIDTH,
        height=_HIGH,
        look="function",
        title="match",
        lines=("keys, candidates, compare,", "group; settles all pairs and", "reads again until quiet"),
    ),
    Box(
        x=_RIGHT,
        y=_SECOND,
        width=_RIGHT_WIDTH,
        height=_HIGH,
        look="table",
        title="Match",
        lines=("a mirror for each side,", "notices, due work items,", "the outbox of the receiver"),
    ),
    Box(
        x=_LEFT,
        y=_THIRD,
        width=_LEFT_WIDTH,
        height=50,
        look="outside",
        title="Mail (SES)",
    ),
    Box(
        x=_LEFT,
        y=_THIRD + _HIGH - 50,
        width=_LEFT_WIDTH,
        height=50,
        look="outside",
        title="Event (SNS)",
    ),
    Box(
        x=_MIDDLE,
        y=_THIRD,
        width=_MIDDLE_WIDTH,
        height=_HIGH,
        look="function",
        title="deliver",
        lines=(
            "does it still hold? Then one",
            "mail per receiver with all that",
            "is due: contact cards, a key",
        ),
    ),
    Box(
        x=_RIGHT,
        y=_THIRD,
        width=_RIGHT_WIDTH,
        height=_HIGH,
        look="clock",
        title="expire",
        lines=("each hour ends the signals", "that are past their last day"),
    ),
)
_ARROWS = (
    Arrow(points=((250, 116), (398, 116)), label=("POST /v1/signals",), label_at=(324, 106)),
    Arrow(points=((650, 116), (788, 116)), label=("one", "transaction"), label_at=(719, 89)),
    Arrow(
        points=((915, 172), (915, 211), (525, 211), (525, 248)),
        label=("stream: which signal changed, not what",),
        label_at=(720, 203),
    ),
    Arrow(points=((650, 306), (788, 306)), label=("a transaction", "per match"), label_at=(719, 279)),
    Arrow(
        points=((915, 362), (915, 401), (565, 401), (565, 438)),
        label=("stream: whom there is news for",),
        label_at=(740, 393),
    ),
    Arrow(points=((400, 465), (252, 465)), label=("to the professional",), label_at=(326, 457)),
    Arrow(points=((400, 527), (252, 527)), label=("ids only",), label_at=(326, 519)),
    Arrow(points=((250, 306), (398, 306)), label=("lost by a stream",), label_at=(324, 298), scheduled=True),
    Arrow(
        points=((140, 362), (140, 401), (485, 401), (485, 438)),
        label=("not yet told",),
        label_at=(312, 393),
        scheduled=True,
    ),
    Arrow(points=((1040, 496), (1064, 496), (1064, 116), (1042, 116)), scheduled=True),
)


def signal_way() -> str:
    """The diagram as SVG."""
    return svg(
        Diagram(
            width=1086,
            height=582,
            title="The way of a signal",
            about=(
                "An organisation's system posts a signal to the api function, which writes it with its match "
                "keys in one transaction. The stream of signals wakes the match function, which writes each "
                "match with its notices in a transaction. The stream of the outbox wakes the deliver "
                "function, which sends one mail per receiver and an event with ids only. Each minute sweep "
                "takes up what was lost or not yet told; each hour expire ends what is over."
            ),
            parts=(*_HEADINGS, *_ARROWS, *_BOXES),
        )
    )
