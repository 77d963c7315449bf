# Every target sets itself up: python3 (3.11 or later) and make are all it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help app test check fix evaluate glossary frequencies lock clean

help:
	@echo 'make app       start the chat and open it in the browser'
	@echo 'make test      lint, types, all tests with coverage'
	@echo 'make check     lint and types only'
	@echo 'make fix       mend what the linter can mend, and format'
	@echo 'make evaluate  measure retrieval and answers on the question sets'
	@echo 'make glossary  compile the glossary, after a change of it'
	@echo 'make frequencies  count the words of French and English again'
	@echo 'make lock      resolve requirements.lock again'
	@echo 'make clean     remove the environment and all caches'

app: $(READY)
	$(BIN)/qa serve

test: check
	$(BIN)/pytest -n auto --cov --cov-report=term

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

fix: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

evaluate: $(READY)
	$(BIN)/qa-eval run
	$(BIN)/qa-eval gate

glossary: $(READY)
	$(BIN)/python -m qa.analysis.compiling

frequencies: $(READY)
	$(BIN)/python -m qa.analysis.counting
	$(BIN)/python -m qa.analysis.compiling

lock: $(READY)
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --quiet --all-extras --group dev --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links --upgrade --output-file requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* dist build

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed, this is " + sys.version.split()[0])'
	@echo 'Setting up $(VENV), once; this takes a minute or two'
	@$(PYTHON) -m venv $(VENV) || { echo 'The venv module is missing; on Debian: apt-get install python3-venv' >&2; exit 1; }
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
