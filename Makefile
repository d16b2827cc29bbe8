# set-up, demo and checks; every target installs what it needs first
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SPARK := $(VENV)/.installed_spark
INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --constraints constraints.txt
LINT_HOME := $(CURDIR)/dbt_project/target/lint_home
export TOUCHLINE_HOME ?= data
export DO_NOT_TRACK = 1
export DAGSTER_DISABLE_TELEMETRY = true
export GX_ANALYTICS_ENABLED = false

.PHONY: install install-spark spark-ready demo test test-home test-rest test-quick lists bench lint clean

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Touchline needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@echo "installing into $(VENV), once: a minute or two"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(INSTALL) --editable '.[test]'
	@touch $@

$(SPARK): $(INSTALLED)
	$(INSTALL) --editable '.[test,spark]'
	@touch $@

install-spark: $(SPARK)

spark-ready: $(SPARK)
	@mkdir -p $(LINT_HOME)
	@TOUCHLINE_HOME=$(LINT_HOME) $(BIN)/touchline check --target spark --json > /dev/null

demo: $(INSTALLED)
	@$(BIN)/touchline demo

# for two cores: two processes of tests that share no home, and the lint after the shorter one
test: spark-ready
	@$(MAKE) --no-print-directory --jobs 2 test-home test-rest lint

test-home: $(INSTALLED)
	$(BIN)/pytest -m shared_home

test-rest: $(INSTALLED)
	$(BIN)/pytest -m "not shared_home"

test-quick: $(INSTALLED)
	$(BIN)/pytest -m "not slow"

lists: $(INSTALLED)
	$(BIN)/python -m orchestration.lib.lookups.list_providers
	$(BIN)/python -m orchestration.lib.lookups.list_holidays

bench: $(INSTALLED)
	$(BIN)/python -m tests.bench

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/yamllint --strict .
	@mkdir -p $(LINT_HOME)
	TOUCHLINE_HOME=$(LINT_HOME) $(BIN)/sqlfluff lint --disable-progress-bar --processes 0 \
		dbt_project/models

clean:
	rm -rf $(VENV) dbt_project/target dbt_project/logs
