# Needs: make and Python 3.11 or newer. Everything else is installed into .venv and .venv-local.
PYTHON ?= python3
STAGE ?= local
GATEWAYS ?= 500
SENSORS ?= 20
BOOT = $(PYTHON) local/bootstrap.py
# Named tests run one after the other; all of them, over as many workers as there are cores.
SPREAD = $(if $(ARGS),,-n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder)

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: ## the whole system on this computer, until Ctrl-C (PORT=8000 STATE_DIR=.state)
	@$(BOOT) tools local -- -m local.run

test: check ## every test and check
	@$(BOOT) dev local browser -- -m pytest $(SPREAD) $(ARGS)

check: ## linters, types, import contracts, template, package for production
	@$(BOOT) dev -- -m infra.checks

bench: ## the figures, one JSON line each
	@$(BOOT) dev local -- -m bench

storm: ## a fleet that comes back all at once, against a local stack of its own: GATEWAYS=500 SENSORS=20
	@$(BOOT) dev local -- -m bench.storm --gateways $(GATEWAYS) --sensors $(SENSORS) $(ARGS)

month: ## a month of 1,200 homes on the virtual clock, and one day of it on the table: some minutes
	@$(BOOT) dev local browser -- -m pytest -m month tests/promises tests/store

import: ## a compound's lists into a stage: FILE=folder-or.xlsx [STAGE=local] [ARGS=--dry-run]
	@$(BOOT) tools -- -m infra.tool --stage $(STAGE) infra.importing "$(FILE)" $(ARGS)

device: ## gateways and sensors, see docs/devices.md: ARGS="register anheli-gw3" [STAGE=local]
	@$(BOOT) tools -- -m infra.tool --stage $(STAGE) infra.devices $(ARGS)

client: ## keys of other systems for Open311, see docs/open311.md: ARGS="issue anheli 区热线" [STAGE=local]
	@$(BOOT) tools -- -m infra.tool --stage $(STAGE) infra.clients $(ARGS)

site: ## build the site and publish it: COMPOUNDS="anheli qinghe" [STAGE=local]
	@$(BOOT) tools -- -m infra.tool --stage $(STAGE) chalicelib.pages.publish $(foreach c,$(COMPOUNDS),--compound $(c)) $(ARGS)

package: ## zip and SAM template of a stage into build/: STAGE=prod
	@$(BOOT) tools -- -m infra.package --stage $(STAGE) $(ARGS)

deploy: ## a stage to AWS; see docs/operating.md: STAGE=prod
	@$(BOOT) tools -- -m infra.deploy --stage $(STAGE) $(ARGS)

reset: ## forget the local data; the next run starts with the sample again
	@$(PYTHON) -m local.reset

clean: ## forget what was built and installed; the local data stays
	rm -rf build .venv .venv-local .venv*.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: help run test check bench storm month import device client site package deploy reset clean
.DEFAULT_GOAL := help
