# On a new machine: `make serve` (set up, build, serve) and `make test` (set up, every check). README tells of the others.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
SETUP := setup.cfg pyproject.toml

ENTRIES ?= 100000
OUT ?= var/bench.json
HTTP_OUT ?= var/bench-http.json
EVAL ?= score

.PHONY: serve test lint clean eval screenshots bench bench-http bench-plot bench-report

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

# The ranking on judged queries beside its baselines; EVAL=tune tries other constants, EVAL="score --pin" pins the scores.
eval: $(VENV)/.installed
	$(BIN)/python -m evaluation $(EVAL)

# Pictures of the main states, for the README, from the corpus that ships with the project.
screenshots: $(VENV)/.installed-dev
	@$(BIN)/python tests/tools/install_chromium.py
	PYTHONPATH=. $(BIN)/python tests/tools/screenshots.py

# Figures beside other engines; several sizes: ENTRIES="1000 10000 100000".
bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks run --entries "$(ENTRIES)" --out "$(OUT)"

bench-http: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks http --entries "$(ENTRIES)" --out "$(HTTP_OUT)"

bench-plot: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks plot

bench-report: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks report

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(SETUP) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(SETUP) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: $(SETUP) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) var
