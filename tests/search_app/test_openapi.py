"""The description of the JSON contract, held against the running service."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from search_app.exports import FORMATS
from search_app.facets import FACETS
from search_app.links import Links
from search_app.openapi import describe_api
from search_app.params import MULTI_NAMES, SORTS

UNDESCRIBED = ("api.nothing", "exports.selection", "exports.compare")  # the catch-all; pages


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Serve the application on a free port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_answer_is_as_described(address: str, tmp_path: Path) -> None:
    """Whatever schemathesis asks, within the description or against it, status, headers and body are as described."""
    command = shutil.which("st", path=str(Path(sys.executable).parent))
    assert command is not None
    options = ["--max-examples", "15", "--generation-database", "none", "--seed", "1", "--no-color"]
    done = subprocess.run(
        [command, "run", f"{address}/api/openapi.json", *options],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stdout
    operations = len(describe_api(Links())["paths"]) - 1  # all but the description itself
    assert f"{operations} selected / {operations} total" in done.stdout


def test_every_route_of_the_api_is_described(app: Flask) -> None:
    """A route that is added without a description is found here; pages and what only browsers ask have none."""
    rules = [
        rule.rule.replace("<entry_id>", "{id}")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in ("api", "exports") and rule.endpoint not in UNDESCRIBED
    ]
    files = {rule.replace("<extension>", extension) for rule in rules for extension in FORMATS}
    paths = describe_api(Links())["paths"]
    assert isinstance(paths, dict)
    assert set(paths) == files


def test_parameters_and_orders_are_those_of_the_service(client: FlaskClient) -> None:
    """Every facet and order of the service is in the description, under the address of the service."""
    document = client.get("/api/openapi.json").get_json()
    parameters = {each["name"]: each["schema"] for each in document["paths"]["/api/search"]["get"]["parameters"]}
    assert set(MULTI_NAMES) < set(parameters)
    assert parameters["explain"]["enum"] == ["0", "1"]
    assert parameters["sort"]["enum"] == list(SORTS)
    facets = document["components"]["schemas"]["ResultPage"]["properties"]["facets"]
    assert facets["required"] == [facet.name for facet in FACETS]
    assert document["openapi"].startswith("3.1")
    below = client.get("/api/openapi.json", base_url="http://localhost/zenrei").get_json()
    assert below["servers"] == [{"url": "/zenrei"}]


def test_a_refused_method_is_told_which_are_taken(client: FlaskClient) -> None:
    """RFC 9110: 405 comes with Allow, and nothing offers a method that is refused."""
    for method in ("POST", "OPTIONS", "DELETE"):
        response = client.open("/api/search", method=method)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
