# Each target sets up what it needs first: Python >= 3.11, make and git are all that must be there.
# What is built is its own mark: remove .venv, node_modules or the bundle, and it is made again.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
UV := $(BIN)/uv
PACKAGES := .venv/.packages
BUNDLE := api/static/bundle/viewer.js
BUNDLE_SOURCES := package.json package-lock.json .npmrc $(wildcard api/web/*)

# A name that no migration and no person owns: `alembic check` compares it with the tables in code.
CHECKED_DATABASE := .venv/.migrations-check.sqlite3

.PHONY: help
help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
		printf '  make %-10s %s\n' "$$name" "$$what"; done

.PHONY: run
run: ready ## start Ventanilla on this machine; Ctrl-C stops it
	@exec $(BIN)/ventanilla serve

# Two workers more than usual processors, and the folders in their order: those that wait for servers and
# browsers come first, beside others that calculate, and the many small files level the end.
# Where compiled modules are not kept, every worker and every server that a test starts compiles them again.
KEEP_COMPILED = PYTHONDONTWRITEBYTECODE=

# What a test writes is worth nothing after it: in memory, where there are 4 GB of it, nobody waits for a disk.
IN_MEMORY = $(shell test -w /dev/shm && test "$$(df -k --output=avail /dev/shm | tail -1)" -gt 4000000 && echo /dev/shm)

.PHONY: test
test: ready ## the tests, on SQLite, PostgreSQL and a browser
	@$(KEEP_COMPILED) PYTEST_DEBUG_TEMPROOT=$(IN_MEMORY) $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder $(PYTEST_OPTIONS)

# Three workers: beside one that waits for the scheduler's next run, two calculate.
.PHONY: test-long
test-long: ready ## the tests that take long: faults, random walks, a real scheduler
	@$(KEEP_COMPILED) $(BIN)/python -m pytest -m long -n 3 --dist loadfile --no-loadscope-reorder $(PYTEST_OPTIONS)

.PHONY: check
check: $(PACKAGES) ## lint, types, import rules, migrations against tables
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@rm -f $(CHECKED_DATABASE)*
	$(CHECK_SETTINGS) $(BIN)/alembic -c processes/migrations/alembic.ini upgrade head
	$(CHECK_SETTINGS) $(BIN)/alembic -c processes/migrations/alembic.ini check
	@rm -f $(CHECKED_DATABASE)*

CHECK_SETTINGS = VENTANILLA_DATABASE_URL=sqlite:///$(CHECKED_DATABASE)

.PHONY: bench
bench: ready ## speed and memory, each figure beside its bar
	@$(BIN)/python -m tests.benchmarks

.PHONY: format
format: $(PACKAGES) ## write the code in its one format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

.PHONY: bundle
bundle: $(BUNDLE) ## the browser's scripts and styles

.PHONY: lock
lock: $(UV) ## resolve pyproject.toml and package.json again into the locks
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--group dev pyproject.toml -o requirements.lock
	tools/node.sh npm install --package-lock-only --ignore-scripts

.PHONY: clean
clean: ## remove what was built and installed; var/ and its petitions stay
	rm -rf .venv node_modules api/static/bundle build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: ready
ready: $(PACKAGES) $(BUNDLE)

$(UV):
	@tools/create_venv.sh

$(PACKAGES): requirements.lock pyproject.toml | $(UV)
	@tools/install_packages.sh
	@touch $@

$(BUNDLE): $(BUNDLE_SOURCES) | $(PACKAGES)
	@tools/build_bundle.sh
	@touch $@
