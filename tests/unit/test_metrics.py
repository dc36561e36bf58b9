"""Figures as CloudWatch reads them from a line of the log."""

from __future__ import annotations

import json

import pytest

from chalicelib.observability import Metric, measure
from chalicelib.observability.metrics import NAMESPACE
from tests.contract.templates import properties

OURS = [one for one in properties("operations", "AWS::CloudWatch::Alarm") if one["Namespace"] == NAMESPACE]


@pytest.mark.parametrize("metric", Metric)
def test_a_figure_is_one_line_with_its_stage(metric: Metric, capsys: pytest.CaptureFixture[str]) -> None:
    """Embedded metric format: a name, a unit, a value and the stage, and nothing else to give away."""
    measure(metric, 3, stage="local")

    line = json.loads(capsys.readouterr().out)
    name, unit = metric.value
    (told,) = line.pop("_aws")["CloudWatchMetrics"]
    line.pop("service", None)
    assert line == {name: [3.0], "Stage": "local"}
    assert told["Namespace"] == "Verwijsindex"
    assert told["Metrics"] == [{"Name": name, "Unit": unit}]
    assert told["Dimensions"] == [["Stage"]]


def test_every_figure_has_its_alarm() -> None:
    """By the names and the dimension under which it is published."""
    assert {one["MetricName"] for one in OURS} == {metric.value[0] for metric in Metric}
    assert all(one["Dimensions"] == [{"Name": "Stage", "Value": {"Ref": "Stage"}}] for one in OURS)
