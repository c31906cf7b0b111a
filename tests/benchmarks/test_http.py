"""The service under load, for a second: figures come out of the real service and the real wrk."""

import shutil
from pathlib import Path

import pytest

from benchmarks.http import run_http


@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed: apt-get install -y wrk")
def test_pages_and_json_answer_without_errors(work: Path) -> None:
    """Pages and JSON are driven with one and four connections; every answer is a success."""
    result = run_http(200, work, 1, lambda _message: None)
    asked = [(run["what"], run["connections"]) for run in result["http"]]
    assert asked == [("page", 1), ("page", 4), ("json", 1), ("json", 4)]
    for run in result["http"]:
        assert run["errors"] == 0
        assert run["requests_per_s"] > 0
        assert 0 < run["p50_ms"] <= run["p95_ms"] <= run["p99_ms"]
