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

.PHONY: install install-spark spark-ready demo test pytest test-quick bench lint clean

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Touchline needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(INSTALL) --editable '.[test]'
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

# two at a time, for two cores: the tests of the shared home, the others, and the lint beside them
test: spark-ready
	@$(MAKE) --no-print-directory --jobs 2 lint pytest

pytest: $(INSTALLED)
	$(BIN)/pytest --numprocesses 2 --dist loadgroup --no-loadscope-reorder

test-quick: $(INSTALLED)
	$(BIN)/pytest -m "not slow"

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
