# Everything a person does with this project. Needs make and Python >= 3.11 with venv; `make` alone lists the targets.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
# The environment is rebuilt when the lock's content changes, not when its date does.
STAMP := $(VENV)/installed-$(shell cksum < requirements/dev.txt | tr ' ' '-')
TYPED := $(wildcard search pledges/services pledges/services.py pledges/filters pledges/filters.py home/services.py site/zaveza)
PYTEST := $(BIN)/pytest
BROWSER_TESTS := tests/browser
SERVICE_TESTS := tests/services

.DEFAULT_GOAL := help
.PHONY: help setup venv catalogues search-tables demo-data demo run test test-browser test-services services-start services-stop \
	check lint types imports migrations messages bench lock format clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Preparation

setup: venv catalogues search-tables ## Virtual environment with the locked dependencies, message catalogues, search tables

venv: $(STAMP)

$(STAMP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is `$(PYTHON) --version 2>&1`. Name another: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo "Python's venv module is missing. Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing the locked dependencies into $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@rm -f $(VENV)/installed-*
	@touch $@

catalogues: venv
	@$(MANAGE) messages --compile

# Takes about a minute on two processors, once for each version of the dictionaries.
search-tables: venv
	@$(MANAGE) build_search_tables

demo-data: setup ## Database and demo content, no server
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed_demo

# Serving

demo: demo-data ## The whole site with demo content on http://127.0.0.1:8000 (PORT=…)
	@ZAVEZA_DEBUG=0 $(MANAGE) demo_login --port $(PORT)
	@ZAVEZA_DEBUG=0 PORT=$(PORT) BASE_URL=http://127.0.0.1:$(PORT) DJANGO_SETTINGS_MODULE=zaveza.settings.dev \
		exec $(BIN)/gunicorn --config deploy/gunicorn.conf.py zaveza.wsgi

run: setup ## Development server that reloads (PORT=…)
	@$(MANAGE) migrate --verbosity 0
	@exec $(MANAGE) runserver $(PORT)

# Tests

test: setup ## All tests that need only Python
	$(PYTEST) -n 2 $(ARGS)

test-browser: setup ## The site in headless Chromium
	$(PYTEST) $(BROWSER_TESTS) $(ARGS)

test-services: setup ## The same tests on PostgreSQL, and those of Elasticsearch
	@deploy/test-services/run $(PYTEST) -n 2 $(ARGS)

services-start: ## Start a private PostgreSQL and Elasticsearch for the tests
	@deploy/test-services/postgresql start
	@deploy/test-services/elasticsearch start

services-stop: ## Stop both
	@deploy/test-services/elasticsearch stop
	@deploy/test-services/postgresql stop

# Checks

check: lint types imports migrations messages ## Style, types, import contract, missing migrations and messages
	$(MANAGE) check

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates

types: setup
	$(BIN)/mypy $(TYPED)

imports: setup
	PYTHONPATH=.:site $(BIN)/lint-imports

migrations: setup
	$(MANAGE) makemigrations --check --dry-run

messages: setup
	$(MANAGE) messages --check

# Upkeep

bench: demo-data ## Requests per second of the main pages, as ratios to an empty view
	@$(BIN)/python -m bench.pages

format: setup ## Format the Python code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The output names no address: --no-emit-* and no header.
lock: ## Resolve requirements/*.in anew into locks with hashes
	@test -x var/lock/bin/uv || { $(PYTHON) -m venv var/lock && var/lock/bin/pip install --quiet uv; }
	@for set in base dev; do \
		var/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
			--no-header --no-emit-index-url --no-emit-find-links \
			requirements/$$set.in --output-file requirements/$$set.txt || exit 1; \
	done

clean: ## Remove what was built, but no data
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .import_linter_cache
	find locale -name '*.mo' -delete
