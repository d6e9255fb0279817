# CETTAR. `make` alone says what there is; each target does its own set-up in .venv, nothing need be activated.
# Needs make and a Python >= 3.11; the JavaScript runtime comes with the Python packages.

PORT ?= $(or $(CETTAR_PORT),8000)
DEMO ?= $(or $(CETTAR_DEMO),1)
PYTHON ?=
ARGS ?=
# 3.12 and 3.11 first: for newer ones the tests' Redis comes as source and wants a C compiler.
PYTHONS := $(or $(PYTHON),python3.12 python3.11 python3.14 python3.13 python3)
VENV := .venv/bin/python
SITE := CETTAR_PORT=$(PORT) CETTAR_DEMO=$(DEMO) $(VENV) -m cettar_site

# An empty HOME would send caches to the root folder; PYTHONHOME would give the venv another Python's library.
export HOME := $(or $(HOME),$(CURDIR)/.cache/home)
export PYTHONNOUSERSITE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help run dev test bench crash check clean venv venv-dev chromium

help: ## this list
	@echo "CETTAR, the public accounts of East Java's service. Targets:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile
	@echo "Choose: make run PORT=8080 DEMO=0 · make test ARGS='tests/prices -k shallot' · PYTHON=/path/to/python3.12"

run: venv ## the production site on http://localhost:8000; PORT=8080 another port, DEMO=0 without simulated data
	@$(SITE) build
	@exec env $(SITE) serve

dev: venv ## the site with hot reload
	@exec env $(SITE) dev

test: venv-dev chromium ## every test, in a real browser too
	@env -u CETTAR_PORT -u CETTAR_DEMO $(VENV) -m cettar_site build
	@$(VENV) -m pytest -n auto --dist loadfile $(ARGS)

check: venv-dev ## ruff and mypy
	@$(VENV) -m ruff check .
	@$(VENV) -m mypy

bench: venv-dev chromium ## the figures: bytes, first paint, Lighthouse, requests and intakes per second, live updates
	@$(VENV) -m cettar_site build
	@$(VENV) -m tests.bench $(ARGS)

crash: venv-dev ## kill -9 of the whole site in the middle of 2,000 intakes, 50 rounds
	@$(VENV) -m cettar_site build
	@$(VENV) -m tests.crash $(or $(ARGS),--rounds 50 --intakes 2000)

clean: ## remove all that was made, except the data
	@rm -rf .venv .web .states .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis reports
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call install,FILE): the packages of a requirements file, once for each content of the files and each folder.
define install
	@want="$$({ cat requirements.txt; [ $(1) = requirements.txt ] || cat $(1); pwd; } | cksum)"; \
	stamp=.venv/$(1).stamp; \
	if [ -x $(VENV) ] && [ "$$(cat $$stamp 2>/dev/null)" = "$$want" ]; then exit 0; fi; \
	mkdir -p "$$HOME"; \
	if [ "$$(cat .venv/folder 2>/dev/null)" != "$$(pwd)" ] || ! $(VENV) -c '' 2>/dev/null; then \
		python="$$($(find_python))" || exit 1; \
		echo "Making .venv with $$python …" >&2; \
		rm -rf .venv; "$$python" -m venv .venv && pwd > .venv/folder || exit 1; \
	fi; \
	echo "Installing the packages of $(1) (once) …" >&2; \
	$(VENV) -m pip install --quiet --no-input -r $(1) && echo "$$want" > $$stamp
endef

# The first Python that is new enough and can make an environment; says what to do where there is none.
define find_python
{ old=; bare=; \
for python in $(PYTHONS); do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { old="$$old $$python"; continue; }; \
	"$$python" -c 'import ensurepip, venv' 2>/dev/null || { bare="$$python"; continue; }; \
	echo "$$python"; exit 0; \
done; \
if [ -n "$$bare" ]; then \
	version="$$("$$bare" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"; \
	echo "$$bare can't make a virtual environment: install its venv package (Debian, Ubuntu: apt install python$$version-venv)." >&2; \
else \
	echo "CETTAR needs Python 3.11 or newer; tried:$$old. Install one, or name it: make run PYTHON=/path/to/python3.12" >&2; \
fi; exit 1; }
endef

venv:
	$(call install,requirements.txt)

venv-dev:
	$(call install,requirements-dev.txt)

chromium: venv-dev
	@$(VENV) -m tests.tools.chromium --install > /dev/null
