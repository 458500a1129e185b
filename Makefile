# AKVA. `make` lists what there is. Python 3.11 or newer and make are all that must be there before.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/ready
CLIENTS ?= 1500
SEED ?= 2025

.DEFAULT_GOAL := help
.PHONY: fuzz help demo run test check fix bench attack lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 10

demo: $(READY) ## the whole walk on a simulated cohort; ends in demo/report.html
	$(BIN)/akva demo --dir demo --clients $(CLIENTS) --seed $(SEED)

run: $(READY) ## a small example on http://127.0.0.1:8080, with a token for everybody in it
	$(BIN)/akva run --dir run

test: $(READY) ## every test, on SQLite and on a PostgreSQL of its own
	$(BIN)/pytest --numprocesses 2

check: $(READY) ## formatting, lint, types, architecture; says how many gates failed
	@failed=0; \
	gate() { echo "== $$*"; $(BIN)/$$* || failed=$$((failed + 1)); }; \
	gate ruff format --check .; \
	gate ruff check .; \
	gate mypy; \
	gate lint-imports; \
	gate pytest tests/architecture; \
	echo "$$failed gates failed"; test $$failed -eq 0

fix: $(READY) ## what can be mended by machine
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(READY) ## speed, as ratios of two things measured in one run
	$(BIN)/python -m tests.bench.bench

attack: $(READY) ## try to derive hidden cells from the demo's release
	$(BIN)/python tests/attack/attacker.py demo/release.json

fuzz: $(READY) ## ask the HTTP door 20,000 times at random, as its own document describes it
	$(BIN)/python -m tests.attack.fuzz

lock: $(READY) ## lock the dependencies anew, with hashes and without any host
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header --all-extras pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra postgres --extra server -c requirements-dev.lock pyproject.toml -o requirements.lock

clean: ## remove what was made here
	rm -rf .venv demo run .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(READY): pyproject.toml requirements-dev.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
