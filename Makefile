# The one door: `make demo` shows the product, `make test` checks everything, `make help` lists the rest.
# Needs make, git and Python 3.11 to 3.13 with venv; PYTHON=python3.12 picks one. Everything lands in .venv and out.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

# What another environment exports must not reach into this one.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE PYTHONUNBUFFERED VIRTUAL_ENV CONDA_PREFIX
ifdef PYTHON
export PYTHON
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_USER := 0
export NO_MKDOCS_2_WARNING := 1

# All paths are relative: make splits targets at spaces, and the folder above may have one.
VENV := .venv
PEERS := .venv-peers
RUN := $(VENV)/bin/python
UV := $(RUN) scripts/run_uv.py
INSTALL := $(UV) pip install --quiet --python $(RUN)
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links $(LOCK_OPTIONS) pyproject.toml
BENCHMARKS := $(sort $(wildcard benchmarks/bench_*.py))

# An environment whose interpreter is gone, too old or not the one asked for is made again; so is all that hangs on it.
ifneq ($(shell sh scripts/interpreter.sh fits $(VENV) && echo yes),yes)
.PHONY: $(VENV)/.made
endif

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

.PHONY: demo
demo: $(VENV)/.runtime ## make the environment, write the brief on the UFLPA, say where it lies
	@mkdir -p out
	@$(RUN) -m entrepot brief uflpa --out out/uflpa
	@echo "The report is in $(CURDIR)/out/uflpa"

.PHONY: serve
serve: $(VENV)/.web ## the same desk in a browser, on this machine alone
	@$(RUN) -m entrepot serve $(SERVE_OPTIONS)

.PHONY: case
case: $(VENV)/.runtime ## hold the report that Entrepot began with against the record, statement by statement
	@$(RUN) scripts/case

.PHONY: test
test: lint types check-reference ## check: lint, types, reference, layers, unit, property, command line; not what is slow
	@$(MAKE) check-tests

.PHONY: check-tests
check-tests: $(VENV)/.dev
	@echo "tests"
	@$(RUN) -m pytest -n auto --dist loadfile --no-loadscope-reorder -rs -m "not slow" $(TEST_OPTIONS)

.PHONY: test-slow
test-slow: $(VENV)/.dev ## the slow tests: kills, load, the documents' commands, the wheel; before an issue is closed
	@echo "slow tests"
	@$(RUN) -m pytest -n auto --dist loadfile --no-loadscope-reorder -rs -m slow $(TEST_OPTIONS)

.PHONY: fuzz
fuzz: $(VENV)/.dev ## damaged files to every reader; FUZZ_OPTIONS='--case un-xml:12' reads one of them again
	@$(RUN) scripts/fuzz $(FUZZ_OPTIONS)

.PHONY: lint
lint: $(VENV)/.dev ## ruff: rules and format
	@echo "lint"
	@$(RUN) -m ruff check --quiet --output-format concise .
	@$(RUN) -m ruff format --quiet --diff .

.PHONY: types
types: $(VENV)/.dev ## mypy, strict
	@echo "types"
	@$(RUN) -m mypy --no-error-summary
	@$(RUN) -m mypy --no-error-summary scripts benchmarks

.PHONY: format
format: $(VENV)/.dev ## write what `make lint` asks for, where ruff can
	@$(RUN) -m ruff check --quiet --fix .
	@$(RUN) -m ruff format --quiet .

.PHONY: reference
reference: $(VENV)/.dev ## write docs/reference from the code
	@$(RUN) scripts/reference.py
	@$(RUN) scripts/house_map.py
	@$(RUN) scripts/words

.PHONY: check-reference
check-reference: $(VENV)/.dev
	@echo "reference"
	@$(RUN) scripts/reference.py --check
	@$(RUN) scripts/house_map.py --check
	@$(RUN) scripts/words --check

.PHONY: web
web: ## build the script of the server's pages into the package; needs Node and npm
	@cd web && npm ci --silent --ignore-scripts --no-audit --no-fund && npm run --silent types \
		&& npm run --silent build -- --outdir=../src/entrepot/server/static
	@ls -l src/entrepot/server/static

.PHONY: core
core: $(VENV)/.dev ## build the compiled core for every platform into the package
	@$(RUN) scripts/build_core.py

.PHONY: docs
docs: $(VENV)/.dev ## build the documentation into site/
	@$(RUN) -m mkdocs build --strict --quiet
	@echo "The documentation is in $(CURDIR)/site/index.html"

.PHONY: pictures
pictures: $(VENV)/.dev ## draw docs/img from the brief, a record, the tutorial and the pages; needs Chromium
	@$(RUN) scripts/pictures.py
	@$(RUN) scripts/record_pictures.py
	@$(RUN) scripts/tutorial.py --pictures
	@$(RUN) scripts/page_pictures.py

.PHONY: weight
weight: $(VENV)/.dev ## weigh a plain install in an empty environment, by package; fails over the limit
	@$(RUN) scripts/weight.py

.PHONY: dist
dist: $(VENV)/.dev ## build the wheel into dist/, install it elsewhere, run the README's commands there
	@rm -rf dist
	@$(UV) build --quiet --wheel --build-constraints requirements-dev.lock --require-hashes --out-dir dist .
	@export ENTREPOT_WHEEL="$$(ls $(CURDIR)/dist/*.whl)"; $(RUN) -m pytest -rs tests/house/test_wheel.py && du -h dist/*.whl

.PHONY: release
release: $(VENV)/.dev ## move changelog.d into CHANGELOG.md and write the version: VERSION=0.2.0
	@$(RUN) scripts/release.py "$(VERSION)"

.PHONY: bench
bench: $(VENV)/.dev $(PEERS)/.made ## run every benchmark
	@export ENTREPOT_PEERS=$(CURDIR)/$(PEERS)/bin/python; for file in $(BENCHMARKS); do echo "$$file"; $(RUN) "$$file" || exit 1; done

.PHONY: bench-accuracy
bench-accuracy: $(VENV)/.dev ## accuracy on every labelled set, beside the floors that `make test` holds it to
	@$(RUN) benchmarks/bench_accuracy.py $(BENCH_OPTIONS)

.PHONY: bench-screening
bench-screening: $(VENV)/.dev $(PEERS)/.made ## how fast and how well parties are screened, beside the peers
	@ENTREPOT_PEERS=$(CURDIR)/$(PEERS)/bin/python $(RUN) benchmarks/bench_screening.py $(BENCH_OPTIONS)

.PHONY: bench-retrieval
bench-retrieval: $(VENV)/.dev ## what a search loses of damaged names, by kind of damage
	@$(RUN) benchmarks/bench_retrieval.py $(BENCH_OPTIONS)

.PHONY: bench-screening-scale
bench-screening-scale: $(VENV)/.dev ## 10,000 to 1,000,000 parties: time, memory, killed and taken up; a quarter of an hour
	@$(RUN) benchmarks/bench_screening_scale.py 1000000 --save benchmarks/screening-scale.md

.PHONY: bench-vendors
bench-vendors: $(VENV)/.dev ## vendor files as ERP systems export them: found, stopped for nothing, time; a quarter of an hour
	@$(RUN) benchmarks/bench_vendors.py $(BENCH_OPTIONS)

.PHONY: bench-gravity
bench-gravity: $(VENV)/.dev ## PPML by size beside pyfixest: time and memory; `BENCH_OPTIONS=10000000` takes the largest too
	@$(RUN) benchmarks/bench_gravity.py $(BENCH_OPTIONS)

.PHONY: bench-brief
bench-brief: $(VENV)/.dev ## how long a brief takes, beside the floor of its charts
	@$(RUN) benchmarks/bench_brief.py

.PHONY: bench-claims
bench-claims: $(VENV)/.dev ## how well and how fast reports are read into claims
	@$(RUN) benchmarks/bench_claims.py $(BENCH_OPTIONS)

.PHONY: bench-corridors
bench-corridors: $(VENV)/.dev ## what the series of the corridors say of prints left out; BENCH_OPTIONS=--set-aside, --truths 10
	@OPENBLAS_NUM_THREADS=1 $(RUN) benchmarks/bench_corridors.py $(BENCH_OPTIONS)

.PHONY: bench-flow
bench-flow: $(VENV)/.dev ## flows over shared capacities: published instances, growth, beside the plain formulation
	@$(RUN) benchmarks/bench_flow.py --save benchmarks/flow.md $(BENCH_OPTIONS)

.PHONY: bench-equilibrium
bench-equilibrium: $(VENV)/.dev ## equilibria of world trade after a change, by economies and sectors, beside the textbook's search
	@$(RUN) benchmarks/bench_equilibrium.py --save benchmarks/equilibrium.md $(BENCH_OPTIONS)
	@$(RUN) benchmarks/bench_equilibrium_draws.py --save benchmarks/equilibrium-draws.md $(BENCH_OPTIONS)

.PHONY: bench-planted
bench-planted: $(VENV)/.dev ## diversion planted in real flows: what is found, what is found wrongly, what intervals hold
	@$(RUN) benchmarks/bench_planted.py --save benchmarks/planted.md $(BENCH_OPTIONS)
	@$(RUN) scripts/planted_curves.py

.PHONY: bench-episodes
bench-episodes: $(VENV)/.dev ## diversion in invented episodes of many kinds: found, false, what intervals hold; some minutes
	@$(RUN) benchmarks/bench_episodes.py --save benchmarks/episodes.md $(BENCH_OPTIONS)

.PHONY: bench-diversion
bench-diversion: $(VENV)/.dev $(PEERS)/.made ## the break test beside ruptures; scans of 1, 10 and 100 million rows
	@ENTREPOT_PEERS=$(CURDIR)/$(PEERS)/bin/python $(RUN) benchmarks/bench_diversion.py --largest 100000000 \
		--save benchmarks/diversion.md $(BENCH_OPTIONS)

.PHONY: bench-ownership
bench-ownership: $(VENV)/.dev ## who is blocked among a million companies, beside plain Python and scipy; a minute
	@$(RUN) benchmarks/bench_ownership.py --save benchmarks/ownership.md $(BENCH_OPTIONS)

.PHONY: bench-tracing
bench-tracing: $(VENV)/.dev $(PEERS)/.made ## exposure of all products, bounds, paths and cuts of up to five million links; some minutes
	@ENTREPOT_PEERS=$(CURDIR)/$(PEERS)/bin/python $(RUN) benchmarks/bench_tracing.py --save benchmarks/tracing.md $(BENCH_OPTIONS)

.PHONY: bench-server
bench-server: $(VENV)/.dev ## the server: `/match` beside a plain echo, two minutes of mixed load and its memory; LOAD=3600 for an hour
	@$(RUN) benchmarks/bench_server.py --mixed $(or $(LOAD),120) --streamed 10000 --save benchmarks/server.md $(BENCH_OPTIONS)

.PHONY: bench-paint
bench-paint: $(VENV)/.dev ## every page of a server that has just begun, in Chromium: first paint, largest, bytes, processor; needs Chromium
	@$(RUN) benchmarks/bench_paint.py --save benchmarks/paint.md $(BENCH_OPTIONS)

.PHONY: bench-flow-map
bench-flow-map: $(VENV)/.dev ## flows by the thousand on the page /flows: the first picture, pictures a second, what draws; needs Chromium
	@$(RUN) benchmarks/bench_flow_map.py --save benchmarks/flow-map.md $(BENCH_OPTIONS)

.PHONY: bench-spark
bench-spark: $(VENV)/.dev ## a screening on one and two workers of a Spark cluster beside one process; needs Java; minutes
	@$(RUN) benchmarks/bench_spark.py --save benchmarks/spark.md $(BENCH_OPTIONS)

.PHONY: bench-growth
bench-growth: $(VENV)/.dev ## how seconds and memory grow with names, lists, flows and links; a quarter of an hour
	@$(RUN) benchmarks/bench_growth.py --save benchmarks/growth.json $(BENCH_OPTIONS)
	@$(RUN) scripts/growth_page.py

.PHONY: bench-startup
bench-startup: $(VENV)/.dev ## how long the import and the help take
	@$(RUN) benchmarks/bench_startup.py

# The development lock is resolved under the runtime lock, so that tests run on what users get.
.PHONY: lock
lock: $(VENV)/.uv ## resolve the dependencies again; LOCK_OPTIONS=--upgrade takes newer ones
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --group dev --all-extras --constraints requirements.lock --output-file requirements-dev.lock
	@$(LOCK:pyproject.toml=) --group pyproject.toml:peers --output-file requirements-peers.lock

.PHONY: clean
clean: ## remove the environment and all that was built
	@rm -rf $(VENV) $(PEERS) out site dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is touched only when its step has succeeded: an interrupted install starts that step again.
$(VENV)/.made:
	@python=$$(sh scripts/interpreter.sh) && echo "environment: $(VENV) by $$("$$python" --version)" \
		&& "$$python" -m venv --clear $(VENV) && touch $@

# pip checks uv against the hashes of the development lock; uv installs all else.
$(VENV)/.uv: $(VENV)/.made requirements-dev.lock
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > $(VENV)/uv.txt
	@$(RUN) -m pip install --quiet --require-hashes --requirement $(VENV)/uv.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.uv requirements.lock pyproject.toml
	@echo "packages: requirements.lock"
	@$(INSTALL) --require-hashes --requirements requirements.lock
	@$(INSTALL) --no-deps --build-constraints requirements-dev.lock --editable .
	@touch $@

$(VENV)/.web: $(VENV)/.runtime requirements-dev.lock
	@echo "packages: the extra web"
	@$(INSTALL) --constraints requirements-dev.lock fastapi uvicorn python-multipart
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "packages: requirements-dev.lock"
	@$(INSTALL) --require-hashes --requirements requirements-dev.lock
	@touch $@

# nomenklatura needs an older DuckDB than the product: the peers have an environment of their own.
$(PEERS)/.made: $(VENV)/.uv requirements-peers.lock
	@echo "packages: requirements-peers.lock"
	@$(RUN) -m venv --clear $(PEERS)
	@$(UV) pip install --quiet --python $(PEERS)/bin/python --require-hashes --requirements requirements-peers.lock
	@touch $@
