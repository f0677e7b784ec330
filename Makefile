# AllyGraph. `make serve` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK = 1

BIN := .venv/bin
RUN := $(BIN)/python
INSTALL := $(RUN) -m pip install --progress-bar off --no-deps --require-hashes
# The stamp is older than a changed lock, which is then installed again.
SERVE_READY := .venv/.serve-ready
TEST_READY := .venv/.test-ready
PAGES := service/http/pages/built/.stamp
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/.node/*' -not -path 'web/generated/*')

.PHONY: help serve demo test test-deep test-slow bench bench-explorer bench-imports bench-scale soak hostile pictures path contract format lint types layers quick deep slow web-check \
  schema migration lock clean

# A step prints one line. What its command prints is shown only where it fails.
step = @echo "$(1)"; output=$$($(2) 2>&1) || { printf '%s\n' "$$output" >&2; exit 1; }

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

serve: $(SERVE_READY) $(PAGES) ## Serve on http://127.0.0.1:8000 (PORT=9000 for another)
	@$(RUN) -m service.cli serve --prepare --port $(PORT)

demo: $(SERVE_READY) ## Add the states, UCDP's and Kiel's data: ESD=FILE KIEL="FILE FILE"
	@test -n "$(ESD)" && test -n "$(KIEL)" || { echo 'Name the files: make demo ESD=FILE KIEL="FILE FILE"' >&2; exit 1; }
	@$(RUN) -m service.cli migrate
	@$(RUN) -m service.cli seed
	@$(RUN) -m service.cli seed countries
	@$(RUN) -m service.cli import ucdp-esd $(ESD) --create-missing
	@$(RUN) -m service.cli import kiel $(KIEL) --create-missing

test: $(TEST_READY) $(PAGES) lint types layers web-check quick ## Check the code, and run the quick tests

test-deep: $(TEST_READY) $(PAGES) deep ## Run what takes longer: servers, clients, hostile requests

test-slow: $(TEST_READY) $(PAGES) slow ## Run the rest, for hours: all comparisons and operations

$(RUN):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "AllyGraph needs Python 3.11 or newer. Choose one with PYTHON=..." >&2; exit 1; }
	$(call step,Creating a virtual environment in .venv,$(PYTHON) -m venv .venv)

$(SERVE_READY): requirements/serve.txt | $(RUN)
	$(call step,Installing the packages of the service into .venv,$(INSTALL) -r $<)
	@touch $@

$(TEST_READY): requirements/develop.txt | $(RUN)
	$(call step,Installing the packages of the service and of its tests into .venv,$(INSTALL) -r $<)
	@touch $@ $(SERVE_READY)

$(PAGES): $(WEB_SOURCES) | $(RUN)
	@$(RUN) web/build.py
	@touch $@

lint: $(TEST_READY)
	$(call step,Checking the format,$(BIN)/ruff format --check .)
	$(call step,Checking the code with ruff,$(BIN)/ruff check .)

types: $(TEST_READY)
	$(call step,Checking the types,$(RUN) -m mypy)

layers: $(TEST_READY)
	$(call step,Checking the imports between packages,$(BIN)/lint-imports --no-cache)

web-check: $(TEST_READY) $(PAGES)
	$(call step,Checking the sources of the pages,$(RUN) web/build.py --check)

# A browser can't come from PyPI. Without one its tests are left out, and the last line says so.
BROWSER := $(or $(shell command -v chromium || command -v chromium-browser),$(ALLYGRAPH_TEST_BROWSER))

# tests/runner/parts.py says which tests are in which part.
quick deep slow: $(TEST_READY) $(PAGES)
	@echo "Running the $@ part of the tests on SQLite and PostgreSQL"
	@$(RUN) -m tests --part $@ $(if $(BROWSER),,-m 'not browser')
	@$(if $(BROWSER),:,echo "NOT TESTED: the pages in a browser. Install chromium to test them too.")

format: $(TEST_READY) ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(TEST_READY) $(PAGES) ## Measure, and print ratios (DATABASE=postgresql for another)
	@$(RUN) -m bench $(if $(DATABASE),--database $(DATABASE))

bench-explorer: $(TEST_READY) $(PAGES) ## Measure the explorer in Chromium on 50,000 supports
	@$(RUN) -m bench.explorer $(if $(DATABASE),--database $(DATABASE))

# How long the soak lasts, and how many random requests each operation gets.
SECONDS ?= 600
EXAMPLES ?= 100

bench-imports: $(TEST_READY) ## Measure imports of made-up files beside the bare work (DATABASE)
	@$(RUN) -m bench.imports $(if $(DATABASE),--database $(DATABASE))

bench-scale: $(TEST_READY) ## Costs in a large world beside a small one: SIZE=10M (DATABASE)
	@$(RUN) -m bench.scale $(if $(SIZE),--size $(SIZE)) $(if $(DATABASE),--database $(DATABASE))

soak: $(TEST_READY) $(PAGES) ## Full load with writes for 10 minutes (SECONDS, DATABASE, WORKERS)
	@$(RUN) -m bench.soak --seconds $(SECONDS) \
	  $(if $(DATABASE),--database $(DATABASE)) $(if $(WORKERS),--workers $(WORKERS))

hostile: $(TEST_READY) $(PAGES) ## Send hostile requests, and print what other clients feel (DATABASE)
	@$(RUN) -m tests.hostile $(if $(DATABASE),--database $(DATABASE))

pictures: $(TEST_READY) $(PAGES) ## Make the pictures of the documents again; needs Chromium
	@$(RUN) -m tests.browser.pictures

path: $(TEST_READY) ## Print the files and functions that a request enters, in their order
	@$(RUN) -m tests.path

contract: $(TEST_READY) $(PAGES) ## Ask all that the schemas allow, and more (EXAMPLES=1000)
	@ALLYGRAPH_TEST_CONTRACT_EXAMPLES=$(EXAMPLES) $(RUN) -m pytest tests/contract

schema: $(TEST_READY) ## Write the schemas again after a change
	@$(RUN) -m service.cli schema > schema/schema.graphql
	@$(RUN) -m service.cli schema --openapi > schema/openapi.json

migration: $(TEST_READY) ## Draft a migration: make migration NAME="Websites of actors"
	@$(RUN) -m schema.migrations "$(NAME)"

lock: $(TEST_READY) ## Lock the dependencies again, at their newest versions
	@$(RUN) requirements/lock.py

clean: ## Remove everything that was made, but no data
	@rm -rf .venv service/http/pages/built web/node_modules web/.node web/generated
	@rm -rf tests/http/graphql/audits/node_modules tests/subscriptions/clients/node_modules
	@rm -rf tests/http/graphql/front_ends/node_modules tests/http/openapi/linters/node_modules
	@rm -rf tests/http/openapi/generators/node_modules tests/http/openapi/generators/.venv tests/readers/.venv
	@rm -rf bench/peers/*/node_modules
	@rm -rf bench/.data .mypy_cache .pytest_cache .ruff_cache .hypothesis
