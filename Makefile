# Two commands matter: `make demo` and `make test`. Both set everything up themselves in .venv.
.DEFAULT_GOAL := help
.PHONY: help demo test lint eval bench bench-full clean lock
PYTHON ?= python3
LOCK ?= locks/dev.txt
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE :=

help: ## say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

# The stamp carries the lock's checksum: another lock, or a changed one, sets up anew; the same one does nothing.
SUM = $(shell cat $(LOCK) pyproject.toml 2>/dev/null | cksum | tr -d ' ')
STAMP = $(VENV)/.ready-$(notdir $(LOCK))-$(SUM)

$(STAMP):
	@$(PYTHON) tools/set_up.py $(LOCK)
	@rm -f $(VENV)/.ready-*; touch $@

.PHONY: web
web: $(STAMP)
	@$(BIN)/python tools/build_web.py $(if $(REPORTEDLY_CI),,|| echo "Going on without it: the page then shows lists and tables, and the next make tries again.")

demo: ## read the sample reports, print what was found, say how to open the map
demo: $(STAMP) web
	@$(BIN)/python tools/demo.py

test: ## set up and pass the tests
test: $(STAMP) web
	@$(BIN)/python -m pytest

lint: ## style, types, layers
lint: $(STAMP)
	@$(BIN)/python tools/check_squats.py
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

eval: ## measure quality on ../shared and hold it against evaluation/floors.json
eval: $(STAMP)
	@$(BIN)/python -m evaluation.gates --shared $(SHARED)

bench: ## measure speed as ratios to named peers (15 minutes at most)
bench: $(STAMP)
	@$(BIN)/python -m evaluation.bench --shared $(SHARED)

bench-full: ## the long benchmarks
bench-full: $(STAMP)
	@$(BIN)/python -m evaluation.bench --shared $(SHARED) --full

lock: ## resolve the dependencies anew (needs uv)
	@tools/lock.sh

clean: ## remove what the other targets made
	rm -rf $(VENV) var build dist node_modules src/reportedly/publish/web/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
