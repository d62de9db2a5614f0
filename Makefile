# Every target does its own set-up. `make help` lists them.

PORT ?= 8000
# First Python 3.11 on the path; override with PYTHON=/path/to/python3.11.
PYTHON ?= $(shell for name in python3.11 python3; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)

VENV := .venv
EMULATOR := .venv-emulator
RUN := $(VENV)/bin/python

# Libraries and tools that no Python package brings (Debian names).
PDF_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils
BROWSER_PACKAGES := chromium fonts-noto-cjk

# The modules in scripts/ are run by file name too, and scripts/token.py must not hide the standard library's `token`.
export PYTHONSAFEPATH := 1
export PYTHONPATH := $(CURDIR)/backend:$(CURDIR)

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

# $(call install,packages): what a fresh Debian machine lacks is installed if we may, and named if we may not.
define install
missing=$$(for package in $(1); do \
	[ "$$(dpkg-query --show --showformat='$${db:Status-Status}' "$$package" 2>/dev/null)" = installed ] || echo "$$package"; done); \
[ -n "$$missing" ] || exit 0; \
if ! command -v apt-get >/dev/null; then \
	echo "This machine has no apt-get. Make sure it has what Debian calls:" $$missing >&2; exit 0; \
elif [ "$$(id -u)" = 0 ]; then as_root=env; \
elif sudo -n true 2>/dev/null; then as_root="sudo -n env"; \
else echo "Missing, and only root may install: apt-get install --no-install-recommends" $$missing >&2; exit 1; \
fi; \
echo "Installing" $$missing; \
$$as_root apt-get update -qq || echo "The package lists could not be refreshed; going on with the old ones." >&2; \
$$as_root DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing >/dev/null
endef

# $(call environment,folder,requirements): a virtual environment with the pinned, hashed wheels.
define environment
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 is needed: apt-get install python3.11, or PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(call install,python3.11-venv); }
	@$(1)/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(1)
	@echo "Setting up $(1) from $(2)"
	@$(1)/bin/python -m pip install -qq --disable-pip-version-check --no-input \
		--only-binary :all: --require-hashes --requirement $(2)
	@touch $(1)/.synced
endef

# $(call broken,folder): says so when the interpreter that an environment was made with is gone.
broken = $(if $(shell $(1)/bin/python --version 2>/dev/null),,always)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

.PHONY: setup
setup: $(VENV)/.synced $(EMULATOR)/.synced pdf-packages ## Install what is missing: .venv, the emulator's own .venv-emulator, system libraries

.PHONY: check
check: setup ## Formatting, lint, types, the catalogue, unit tests (under 2 minutes)
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	$(RUN) scripts/check.py --cases tests/routing.yaml
	$(RUN) -m pytest -m "not stack and not browser and not slow" -n auto --dist loadscope

.PHONY: test
test: check build browser-packages ## Everything: check, then the local stack and the pages in a real browser
	$(RUN) -m pytest -m "stack or browser or slow"

.PHONY: build
build: setup ## Render site/ and compile the catalogue from matters.yaml
	$(RUN) -m scripts.build

.PHONY: serve
serve: setup ## Build, start everything on this machine and print the address (PORT=8000)
	$(RUN) -m scripts.local --port $(PORT)

.PHONY: bench
bench: setup ## Measure the speed of what people wait for
	$(RUN) scripts/bench.py

.PHONY: format
format: setup ## Format the code and mend what lint can mend
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

# Resolved for the oldest Python 3.11, so that the locks hold on Debian's too. UPGRADE=--upgrade takes newer releases.
LOCK = $(RUN) -m uv pip compile --quiet --no-config --generate-hashes --python-version 3.11 \
	--custom-compile-command "make lock" $(UPGRADE)
.PHONY: lock
lock: $(VENV)/.synced ## Pin the requirements with hashes after a change in requirements/*.in (UPGRADE=--upgrade)
	$(LOCK) --output-file requirements/dev.txt requirements/dev.in
	$(LOCK) --constraint requirements/dev.txt --output-file requirements/backend.txt requirements/backend.in
	$(LOCK) --output-file requirements/emulator.txt requirements/emulator.in
	cp requirements/backend.txt backend/requirements.txt

.PHONY: clean
clean: ## Remove what was built and cached; keep the environments and the local stack's data
	rm -rf site site.next backend/chalicelib/catalogue/data backend/chalicelib/catalogue/pages backend/.chalice/deployments
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .cache
	find backend scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: pristine
pristine: clean ## Remove the environments and the local stack's data too
	rm -rf $(VENV) $(EMULATOR) .state

.PHONY: pdf-packages
pdf-packages:
	@$(call install,$(PDF_PACKAGES))

.PHONY: browser-packages
browser-packages:
	@$(call install,$(BROWSER_PACKAGES))

.PHONY: always
always:

$(VENV)/.synced: requirements/dev.txt $(call broken,$(VENV))
	$(call environment,$(VENV),$<)

$(EMULATOR)/.synced: requirements/emulator.txt $(call broken,$(EMULATOR))
	$(call environment,$(EMULATOR),$<)
