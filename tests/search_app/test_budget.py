"""What a page of results weighs: the budget of a slow line and an old PC."""

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer import places
from indexer.categories import CATEGORIES
from indexer.records import Entry
from indexer.store import write_generation
from search_app import create_app

BUDGET = 100_000  # bytes, as they are before compression


@pytest.fixture(scope="module")
def full_client(tmp_path_factory: pytest.TempPathFactory, make_entry: Callable[..., Entry]) -> FlaskClient:
    """Serve every area of the gazetteer, every category and thirty years, in entries with texts of some length."""
    text = "圏域の図書館で資料の相互利用を進める。" + "住民はどの市町でも本を借り、返すことができる。" * 12
    entries = [
        make_entry(
            number,
            f"図書館の相互利用と広域での運営（{area.central[0].name}）",
            text,
            region=area.name,
            prefectures=area.prefectures,
            municipalities=tuple(member.name for member in area.members),
            category=category,
            pillar=category[0],
            fiscal_year=2011 + number % 15,
            start_year=1996 + number % 30,
        )
        for number, (area, category) in enumerate(
            product([area for area in places.areas() if area.central], list(CATEGORIES)[::3])
        )
    ]
    folder = tmp_path_factory.mktemp("full")
    write_generation(folder, entries, sources=[], report={})
    return create_app(folder, testing=True).test_client()


def weigh(client: FlaskClient, path: str) -> dict[str, int]:
    """Give the bytes of a page and of every file that it names."""
    page = client.get(path).text
    files = sorted(set(re.findall(r'(?:src|href)="([^"]*/static/[^"]*)"', page)))
    return {"page": len(page.encode()), **{Path(file).name: len(client.get(file).data) for file in files}}


@pytest.mark.parametrize("view", ["list", "table", "kwic"])
@pytest.mark.parametrize(
    "asked",
    ["q=図書館", "q=図書館&region=広島県", "sort=code"],
)
def test_a_page_of_results_stays_within_its_budget(full_client: FlaskClient, asked: str, view: str) -> None:
    """HTML, style and scripts together are less than 100 kB, also where the index has the whole country."""
    path = "/?" + quote(f"{asked}&view={view}", safe="&=")
    weights = weigh(full_client, path)
    assert full_client.get(path).text.count('name="ids"') == 20
    assert {"style.css", "results.js"} < set(weights)
    assert sum(weights.values()) < BUDGET, weights


def test_a_page_has_one_stylesheet_and_no_style_of_its_own(full_client: FlaskClient) -> None:
    """The policy forbids styles in the page: a single one would be ignored, and complained about."""
    page = full_client.get("/?" + quote("q=図書館&view=kwic", safe="&=")).text
    assert page.count('rel="stylesheet"') == 1
    assert not re.search(r"<style|\sstyle=", page)
