# What a newcomer needs: `make demo`, `make test`. `make check` is the rest of CI.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CORPUS := ../shared/corpus
# The corpus lies beside the checkout on some machines; without it its tests skip.
export LUPUSREFS_CORPUS ?= $(if $(wildcard $(CORPUS)),$(abspath $(CORPUS)))

.PHONY: setup demo test check fix bench bench-scale accuracy docs clean

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable . $(shell $(PYTHON) scripts/dev_requirements.py)
	touch $@

demo: $(READY)
	@echo '$$ lupusrefs resolve data/seed_refs.yaml --offline'
	@$(BIN)/lupusrefs resolve data/seed_refs.yaml --offline

test: $(READY)
	$(BIN)/python -m pytest --quiet --numprocesses auto

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python scripts/generate_docs.py --check

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)
	$(BIN)/python scripts/generate_docs.py

bench: $(READY)
	$(BIN)/python bench/resolve.py
	$(BIN)/python -m bench.formats
	$(BIN)/python bench/check.py
	$(BIN)/python bench/csl.py

# Needs the corpus, 40 GB of disk and an hour; `-m bench.scale --quick` takes a tenth.
bench-scale: $(READY)
	$(BIN)/python -m bench.scale

# Needs the corpus; takes some minutes, prints the tables and writes docs/accuracy.md.
accuracy: $(READY)
	$(BIN)/python scripts/generate_accuracy.py
	$(BIN)/python scripts/measure_reference_list.py
	$(BIN)/python scripts/measure_freetext.py
	$(BIN)/python scripts/measure_matching.py
	$(BIN)/python scripts/measure_printed.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
