# The two commands of the README are `make run` and `make test`. Each sets up what it needs in ./.venv first and says
# what it does; nothing is written outside this folder but caches.

PYTHON ?= python3
UV     := $(or $(shell command -v uv 2>/dev/null),.venv/bin/uv)
RUN    := $(UV) run --frozen --no-sync

export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
export ORT_DISABLE_TELEMETRY := 1
export DO_NOT_TRACK := 1

ROOMS       := checks cli crawlers extractors flows ledger publish reading schemas
FOR_READING := tesseract-ocr tesseract-ocr-chi-sim libreoffice-writer-nogui libreoffice-calc-nogui
FOR_TESTS   := postgresql chromium libarchive-tools

.PHONY: run test test-thorough lint samples bench clean setup reading-packages test-packages
.DEFAULT_GOAL := run

run: setup reading-packages ## the main job: two nights over three sample portals on this machine, to a published release
	@echo "== crawling three sample portals on loopback, reading their papers, publishing under output/sample-nights"
	@$(RUN) python -m samples.nights --root output/sample-nights

test: setup reading-packages test-packages lint ## all that the gate asks
	@echo "== tests"
	@$(RUN) pytest -n 4 --dist worksteal

test-thorough: setup reading-packages test-packages ## every case of every kind, those that the gate leaves out among them
	@$(RUN) pytest -n 4 --dist worksteal -m "thorough or not thorough"

lint: setup
	@echo "== ruff, mypy, import-linter, vulture"
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy
	@$(RUN) lint-imports
	@$(RUN) vulture

samples: setup ## typeset the sample papers anew
	@$(RUN) python -m samples.papers

bench: setup ## speed and memory against pdfplumber; the other benchmarks are modules of benchmarks/
	@$(RUN) python -m benchmarks.reading

setup: .venv/.synced

reading-packages: # the second reader of scans; what opens office files of before 2007
	@.ci/debian-packages $(FOR_READING)

test-packages: # real servers and a real browser to test with
	@.ci/debian-packages $(FOR_TESTS)

# Sync keeps what is in the environment beside the lock (--inexact), for uv itself may live there. Everything is compiled
# here: where Python may not write bytecode (PYTHONDONTWRITEBYTECODE), each start would compile a thousand modules anew.
.venv/.synced: pyproject.toml uv.lock | $(UV)
	@echo "== installing the locked dependencies into .venv (uv sync)"
	@$(UV) sync --frozen --inexact --compile-bytecode --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
	@.venv/bin/python -m compileall -q $(ROOMS)
	@touch $@

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Gongkai needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	@echo "== uv is not installed: a virtual environment in .venv, and uv into it"
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv

clean: ## remove the environment and everything that runs have left
	rm -rf .venv output/prefect output/releases output/site output/work output/archive output/ledger.sqlite* output/sample-nights
