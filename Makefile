# Every target sets itself up: Python 3.11 or later and make are all it needs.
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(or $(shell for each in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$each -c '$(RECENT)' 2>/dev/null && echo $$each && break; done),python3)
VENV := .venv
BIN := $(VENV)/bin
# mwparserfromhell has no wheels for the newest Pythons; without a compiler, its C part is left out.
export WITH_EXTENSION ?= optional
# What running needs, and with the tests and benches.
READY := $(VENV)/.ready
READY_TO_TEST := $(VENV)/.ready-to-test

.DEFAULT_GOAL := help
.PHONY: help app test coverage check fix fuzz evaluate glossary frequencies texts lock opensearch soak clean made-anew

help:
	@echo 'make app       start the chat and open it in the browser'
	@echo 'make test      lint, types, all tests'
	@echo 'make coverage  all tests, and which lines they reach'
	@echo 'make check     lint and types only'
	@echo 'make fix       mend what the linter can mend, and format'
	@echo 'make fuzz      read a hundred thousand mutated files, for some hours'
	@echo 'make evaluate  measure retrieval and answers on the question sets'
	@echo 'make glossary  compile the glossary, after a change of it'
	@echo 'make lock      resolve the two locks again'
	@echo 'make texts     bring the catalogues of the interface up to date with the code'
	@echo 'make frequencies  count the words of French and English again'
	@echo 'make opensearch  fetch the server that the tests of an index in a cluster start'
	@echo 'make soak      ask an index in a cluster for half an hour while its nodes are killed in turn'
	@echo 'make clean     remove the environment and all caches'

app: $(READY)
	@$(BIN)/qa serve

test: check
	$(BIN)/pytest -n auto

coverage: $(READY_TO_TEST)
	$(BIN)/pytest -n auto --cov --cov-report=term

check: $(READY_TO_TEST)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy .ci

fix: $(READY_TO_TEST)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

fuzz: $(READY_TO_TEST)
	$(BIN)/python -m tests.hostile

evaluate: $(READY)
	$(BIN)/qa-eval run
	$(BIN)/qa-eval gate

texts: $(READY)
	$(BIN)/python -m qa.locale.update

glossary: $(READY)
	$(BIN)/python -m qa.analysis.compiling

COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

frequencies: $(READY)
	$(BIN)/python -m qa.analysis.counting
	$(BIN)/python -m qa.analysis.compiling

lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --extra bench --extra cluster --extra fast --extra sign-in --group dev --output-file requirements-dev.lock
	$(COMPILE) --group build --constraint requirements-dev.lock --output-file requirements.lock

opensearch: .opensearch/.ready

.opensearch/.ready: tests/index/cluster/pom.xml
	rm -rf .opensearch
	mvn --batch-mode --quiet --file $< dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/.opensearch
	@touch $@

soak: $(READY_TO_TEST) .opensearch/.ready
	$(BIN)/python -m tests.index.cluster.soak

clean:
	rm -rf $(VENV) .opensearch .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* dist build

# The Python that an environment was made with may be gone, after an upgrade of the system.
$(READY): requirements.lock pyproject.toml $(if $(realpath $(BIN)/python),,made-anew)
	@$(PYTHON) -c '$(RECENT)' 2>/dev/null || { \
		echo 'Python 3.11 or later is needed, and $(PYTHON) is' \
			"$$($(PYTHON) --version 2>/dev/null || echo missing);" \
			'install one, or name it: make PYTHON=/its/path' >&2; exit 1; }
	@$(PYTHON) .ci/environment.py $(VENV) $<
	@touch $@

$(READY_TO_TEST): requirements-dev.lock $(READY)
	@$(PYTHON) .ci/environment.py $(VENV) $<
	@touch $@
