# Two commands, each from a fresh clone: `make run` prints who said what in the examples, `make test` checks all.
# They need Rust, Python 3.11 or later and a C compiler; everything else goes into .venv.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run

PYTHON ?= python3
BIN := $(CURDIR)/.venv/bin
# pip finds the build backend's command here.
export PATH := $(BIN):$(PATH)

# A machine of CI builds once: what would make the next build quick only fills its disk.
ifdef CI
export CARGO_INCREMENTAL := 0
export PIP_NO_CACHE_DIR := 1
endif

SOURCES := Cargo.toml Cargo.lock pyproject.toml README.md $(shell find src python -type f -not -name '*.so' -not -name '*.pyc')
EXAMPLES := $(sort $(wildcard examples/*.txt))
GAZETTEER := $(firstword $(wildcard examples/*.jsonl examples/*.csv))

# What tests drive beyond pip's packages: a command that shows that it is there, and Debian's packages that bring it.
PROGRAMS := chromium=chromium,fonts-dejavu-core chromedriver=chromium-driver java=default-jre-headless

.PHONY: run test test-rust test-python programs clean

run: .venv/installed
	@pullquote quotes $(if $(GAZETTEER),--gazetteer $(GAZETTEER)) $(EXAMPLES)

test: test-rust test-python

test-rust:
	cargo fmt --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo clippy --locked --all-targets --features python -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
	cargo test --locked --workspace

test-python: .venv/installed .venv/bare programs
	ruff format --check
	ruff check
	mypy
	python -m mypy.stubtest --mypy-config-file pyproject.toml pullquote._core
	python -m pytest
	.venv/bare/bin/python -m pytest tests/bare

# The wheel that users get, built by the pinned maturin.
.venv/wheel: .venv/tools $(SOURCES)
	@rm -rf $@
	python -m pip wheel --quiet --no-build-isolation --no-deps --wheel-dir $@ .

.venv/installed: .venv/wheel
	python -m pip install --quiet --no-deps --force-reinstall .venv/wheel/*.whl
	@touch $@

# An environment with pandas and without pyarrow or any other extra, as many people have it.
.venv/bare: .venv/wheel requirements-bare.txt
	@rm -rf $@
	@$(PYTHON) -m venv $@ >/dev/null
	$@/bin/python -m pip install --quiet --requirement requirements-bare.txt .venv/wheel/*.whl
	@touch $@

.venv/tools: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; try make PYTHON=python3.13")'
	@rm -rf .venv
	@$(PYTHON) -m venv .venv >/dev/null || { rm -rf .venv; $(MAKE) --no-print-directory venv-module; $(PYTHON) -m venv .venv; }
	python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@

programs:
	@missing=; for program in $(PROGRAMS); do \
		command -v "$${program%%=*}" >/dev/null || missing="$$missing $${program#*=}"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $${missing//,/ } >/dev/null; \
	else \
		echo "missing:$${missing//,/ }; the tests that need them are skipped, by name" >&2; \
	fi

# Debian keeps the venv module in a package of its own.
.PHONY: venv-module
venv-module:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; \
	else \
		echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; \
	fi

clean:
	rm -rf .venv target
