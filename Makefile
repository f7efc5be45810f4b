# Every target but help and clean builds .venv first when it is missing or stale.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=

.PHONY: help demo up test coverage messy model contention pictures lint format shots bench docs bench-check bench-reserve score lock dev clean bench-syncs bench-sources fuzz

help: ## Show what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(READY): requirements.lock pyproject.toml setup.py
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "budget_sync needs Python 3.11, 3.12 or 3.13; say which with: make PYTHON=python3.12" >&2; exit 1; }
	@cmp -s requirements.lock $(VENV)/requirements.lock || { \
	  echo "Building $(VENV) from requirements.lock (once)..." && rm -rf $(VENV) && $(PYTHON) -m venv $(VENV) \
	  && $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock \
	  && cp requirements.lock $(VENV)/; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q budget_sync api
	@touch $(READY)

demo: $(READY) ## Run the main job on embedded parts (ARGS=--once stops by itself)
	@$(BIN)/budget-sync demo $(ARGS)

up: $(READY) ## Start the database, Dagster and the service
	@$(BIN)/budget-sync up $(ARGS)

test: $(READY) ## Run every test
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

coverage: $(READY) ## Hold the branches of reading, mapping and domain that unit tests reach against 95 %
	@$(BIN)/coverage run --branch --source=budget_sync/reading,budget_sync/mapping,budget_sync/domain \
	  -m pytest -q -p no:cacheprovider budget_sync_tests/unit/domain budget_sync_tests/unit/reading \
	  budget_sync_tests/unit/mapping budget_sync_tests/unit/test_samples.py $(ARGS)
	@$(BIN)/coverage report --skip-covered --show-missing --fail-under=95

messy: $(READY) ## Make 10,000 messy budgets from known lines and read them back
	@BUDGET_SYNC_MESSY_BUDGETS=10000 $(BIN)/python -m pytest -p no:cacheprovider budget_sync_tests/unit/understanding $(ARGS)

pictures: $(READY) ## Draw the pictures of the docs anew, and take those of the Dagster UI
	@$(BIN)/python docs/draw_pictures.py
	@$(BIN)/python docs/take_pictures.py

contention: $(READY) ## The long form: a minute of everything at once, a thousand meetings of import and reserve
	@MIXED_SECONDS=60 MEETINGS=1000 $(BIN)/python -m pytest budget_sync_tests/api/test_contention.py \
	  budget_sync_tests/database/approval/test_cut_while_reserved.py budget_sync_tests/faults/test_killed_reserves.py $(ARGS)

model: $(READY) ## A million random steps of imports against a simple model (ARGS="--steps N --seed N")
	@$(BIN)/python -m budget_sync_tests.database.importing.model.many $(ARGS)

lint: $(READY) ## ruff, mypy, the contract of the rooms, bandit
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/bandit -q -c pyproject.toml -r budget_sync api

format: $(READY) ## Let ruff put the code in order
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

shots: $(READY) ## Picture each state of the pages into docs/pictures (needs Debian's chromium)
	@$(BIN)/python -m budget_sync_tests.browser.shots docs/pictures

fuzz: $(READY) ## Send the service what its document allows, for ten minutes
	@BUDGET_SYNC_FUZZ_SECONDS=600 $(BIN)/python -m pytest -q budget_sync_tests/api/test_schemathesis.py $(ARGS)

docs: $(READY) ## Write docs/openapi.json and docs/errors.md anew from the code
	@$(BIN)/python -m api.documentation docs

bench: $(READY) ## Measure imports against their bars, dlt, pandas and \copy (ARGS="--large 0" is shorter)
	@$(BIN)/python benchmarks/import_speed.py $(ARGS)

bench-check: $(READY) ## Measure the check beside a bare lookup by FastAPI and asyncpg, and with many lines
	@$(BIN)/python benchmarks/check_speed.py $(ARGS)

bench-reserve: $(READY) ## Measure a reserve over HTTP beside pgbench sending its statements
	@$(BIN)/python benchmarks/reserve_speed.py $(ARGS)

bench-syncs: $(READY) ## Measure how fast files come in through Dagster
	@$(BIN)/python benchmarks/sync_speed.py $(ARGS)

bench-sources: $(READY) ## Measure a thousand sources with faulty partners among them
	@$(BIN)/python benchmarks/many_sources.py $(ARGS)

score: $(READY) ## Score the understanding of files: make score CORPUS=folder
	@test -n "$(CORPUS)" || { echo "Say which labelled folder: make score CORPUS=folder" >&2; exit 2; }
	@$(BIN)/python benchmarks/score.py "$(CORPUS)" $(ARGS)

lock: $(READY) ## Resolve the dependencies anew into requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-strip-extras --no-emit-index-url --no-header --quiet --output-file requirements.lock

dev: $(READY) ## Prepare a checkout for work: the hooks that run before a commit
	@$(BIN)/pre-commit install

clean: ## Remove what was built and the embedded database
	rm -rf $(VENV) .budget_sync build *.egg-info .pytest_cache .mypy_cache .ruff_cache
