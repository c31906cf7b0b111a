# Two commands: `make serve` (set up, build, serve) and `make test` (set up, every check).
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
SETUP := setup.cfg pyproject.toml

.PHONY: serve test lint clean

serve: $(VENV)/.installed
	@$(BIN)/python -m indexer build corpus --index var/index --if-changed || test -f var/index/current
	@exec $(BIN)/python -m search_app --index var/index --port $(PORT)

test: $(VENV)/.installed-dev lint
	@$(BIN)/python tests/tools/install_chromium.py
	$(BIN)/python -m pytest --cov --cov-report=term

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(SETUP) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(SETUP) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) var
