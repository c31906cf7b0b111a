"""The tables that are walked by what is added: each member has its example, and the README tells the truth."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from indexer.fields import EXACT_FIELDS, FACET_FIELDS
from indexer.layouts import LAYOUTS
from indexer.readers import READERS
from search_app.facets import FACETS
from search_app.params import MULTI_NAMES

ROOT = Path(__file__).parents[1]
SETUP = ConfigParser()
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("layout", [layout.name for layout in LAYOUTS])
def test_each_layout_has_examples_and_a_test(layout: str) -> None:
    """A layout comes with a folder of example documents and a test of its own."""
    folder = ROOT / "tests" / "indexer" / "layouts"
    assert list((folder / layout).iterdir())
    assert (folder / f"test_{layout}.py").exists()


def test_each_layout_is_kept_from_the_others() -> None:
    """A layout that is added is one of those whose imports of each other are refused."""
    held = SETUP["importlinter:contract:layouts"]["modules"].split()
    assert held == [layout.match.__module__ for layout in sorted(LAYOUTS, key=lambda layout: layout.name)]


@pytest.mark.parametrize("contract", ["flask", "whoosh", "sudachi"])
def test_whatever_module_is_added_is_kept_from_what_only_some_may_import(contract: str) -> None:
    """A contract names the few that may, never the many that may not: those would be forgotten."""
    assert SETUP[f"importlinter:contract:{contract}"]["source_modules"].split() == ["indexer", "search_app"]


@pytest.mark.parametrize("module", [reader.read.__module__.rsplit(".", 1)[1] for reader in READERS])
def test_each_reader_has_a_test(module: str) -> None:
    """A file format comes with a test of its own."""
    assert (ROOT / "tests" / "indexer" / "readers" / f"test_{module}.py").exists()


def test_each_facet_is_a_field_and_a_parameter() -> None:
    """What the page narrows by is in the index and in the URL."""
    counted = {field.name for field in FACET_FIELDS}
    assert {facet.name for facet in FACETS} <= counted <= set(MULTI_NAMES)
    assert set(MULTI_NAMES) <= counted | {field.name for field in EXACT_FIELDS}


def test_each_class_of_a_template_is_in_the_style_or_asked_for_by_a_script() -> None:
    """A name that no rule and no script knows says nothing."""
    folder = ROOT / "search_app"
    style = (folder / "static" / "style.css").read_text(encoding="utf-8")
    scripts = "".join(path.read_text(encoding="utf-8") for path in (folder / "static").glob("*.js"))
    pages = "".join(path.read_text(encoding="utf-8") for path in (folder / "templates").glob("*.html"))
    written = " ".join(re.findall(r'class="((?:{{.*?}}|{%.*?%}|[^"])*)"', pages))
    plain = re.sub("{%.*?%}", " ", re.sub("{{.*?}}", "-", written))
    names = {name for name in plain.split() if not name.endswith("-")}  # the others are made in Python
    assert len(names) > 50
    assert {name for name in names if not re.search(rf"\.{name}\b", style + scripts)} == set()


def test_the_readme_links_to_what_is_there() -> None:
    """Every relative link and picture of the README leads to a file."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert len(links) > 15
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readme_gives_each_dependency_its_reason() -> None:
    """Every package of setup.cfg has its line in the README."""
    setup = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    block = re.search(r"install_requires =\n((?:    .+\n)+)", setup)
    assert block is not None
    packages = [re.split("[>=<]", line.strip())[0] for line in block[1].splitlines()]
    table = README.split("## Dependencies")[1].split("## Glossary")[0]
    assert [package for package in packages if package not in table] == []
    developers = re.search(r"dev =\n((?:    .+\n)+)", setup)
    assert developers is not None
    tools = [re.split("[>=<]", line.strip())[0] for line in developers[1].splitlines()]
    assert [tool for tool in tools if tool not in table] == []


def test_the_readmes_commands_exist() -> None:
    """Every command that the README shows is one that the Makefile or the command lines have."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make (\w+)", README, re.MULTILINE))
    assert targets
    assert targets <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    from indexer.__main__ import main as indexer_main
    from search_app.__main__ import main as search_main

    used = set(re.findall(r"python -m indexer (\w+)", README))
    assert used == set(indexer_main.commands)
    options = {option for parameter in search_main.params for option in parameter.opts}
    assert set(re.findall(r"python -m search_app ((?:--\w+ \S+ ?)+)", README)[0].split()[::2]) <= options
