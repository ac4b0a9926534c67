# The two commands of the README. Each sets up what it needs in ./.venv and says so; nothing else is written but caches.
PYTHON ?= python3
UV     := $(shell command -v uv 2>/dev/null || echo .venv/uv/bin/uv)
RUN    := $(UV) run --frozen --no-sync

.PHONY: run test lint samples bench clean
.DEFAULT_GOAL := run

run: .venv/synced ## read the sample papers, publish a release, show it
	$(RUN) gongkai run samples/papers
	
test: .venv/synced lint ## all that the gate asks
	$(RUN) pytest -n 2

lint: .venv/synced
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports

samples: .venv/synced ## typeset the sample papers anew
	$(RUN) python -m samples.papers

bench: .venv/synced
	$(RUN) python -m benchmarks.reading

.venv/uv/bin/uv:
	@echo "== uv is not installed: putting it into .venv/uv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Gongkai needs Python 3.11 or later: make PYTHON=/path/to/python3.11 ...")'
	$(PYTHON) -m venv .venv/uv
	.venv/uv/bin/pip install --quiet uv

.venv/synced: pyproject.toml uv.lock $(if $(findstring .venv/,$(UV)),.venv/uv/bin/uv)
	@echo "== installing the locked dependencies into .venv"
	$(UV) sync --frozen --python $(PYTHON)
	@touch $@

clean:
	rm -rf .venv output/work output/releases output/prefect
