# dealdesk. `make help` lists what there is to do; every target sets up what it needs, once.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
RUN := $(VENV)/bin
ALONE := tests/torture tests/attack tests/endurance  # they measure, or load the machine so that others could not; the longest first

.DEFAULT_GOAL := help
.PHONY: help demo setup machine odoo lint test coverage torture screenshots docs bench lock sbom vulnerabilities clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/runtime ## Serve the web chat with a CRM of its own; no account or token needed
	@exec $(RUN)/python -m bot demo

setup: $(VENV)/dev machine odoo ## Set up all that the tests need, a real Odoo included

lint: $(VENV)/dev ## Check form, types and the direction of imports
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports

test: lint ## Run every check there is; the same as CI
	@$(MAKE) --no-print-directory setup & prepared=$$!; \
	$(RUN)/pytest -q -n 2 --dist worksteal tests/simulator; told=$$?; \
	wait $$prepared && exit $$told
	$(RUN)/pytest -q -n 3 --dist worksteal $(addprefix --ignore=,tests/simulator $(ALONE))
	$(RUN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder $(ALONE)

coverage: setup ## Count the lines that the tests reach
	$(RUN)/pytest -q -n 2 --dist worksteal $(addprefix --ignore=,tests/simulator $(ALONE)) --cov=bot --cov=dialogs --cov=adapters --cov-report=term:skip-covered

torture: setup ## Torture it for hours; writes docs/reliability.md from what it measured
	$(RUN)/python -m tests.simulator --seeds 1000000
	DEALDESK_TORTURE=long $(RUN)/pytest tests/torture --no-header
	$(RUN)/python -m docs.derive

screenshots: setup ## Take the pictures of the documentation anew
	$(RUN)/python -m tests.screenshots
	$(RUN)/python -m docs.derive

docs: $(VENV)/dev ## Make the derived parts of the documentation anew
	$(RUN)/python -m docs.derive

bench: setup ## Measure: one table for each script in bench/
	@for script in bench/[a-z]*.py; do $(RUN)/python -m "bench.$$(basename "$$script" .py)" || exit; done

machine: ## Install the system packages the tests need (root), or say which
	@$(PYTHON) -m tests.rig.install

odoo: $(VENV)/dev machine ## Fetch and prepare Odoo in .rig, or in DEALDESK_RIG_DIR
	@$(RUN)/python -m tests.rig.odoo prepare

lock: ## Choose the newest versions of all dependencies that fit, and pin them
	$(PYTHON) -m tests.rig.lock

sbom: $(VENV)/dev ## Write sbom.json: all that runs, with versions and hashes (CycloneDX)
	@$(RUN)/python -m tests.rig.supplies sbom

vulnerabilities: $(VENV)/dev ## Look up known vulnerabilities of all that is locked; needs their database
	@$(RUN)/python -m tests.rig.supplies vulnerabilities

clean: ## Remove everything that was set up or measured; data of the assistant stays
	rm -rf $(VENV) .rig .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

# What runs needs only requirements.lock; once somebody develops here, both stay installed.
$(VENV)/runtime: requirements.lock pyproject.toml
	@$(PYTHON) -m tests.rig.environment $(VENV) $(if $(wildcard $(VENV)/dev),requirements-dev.lock,$<)
	@touch $@

$(VENV)/dev: requirements-dev.lock pyproject.toml
	@$(PYTHON) -m tests.rig.environment $(VENV) $<
	@touch $(VENV)/runtime $@
