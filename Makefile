# Two commands, each from a fresh clone: `make run` prints who said what in the examples, `make test` checks all.
# They need Rust, Python 3.11 or later and a C compiler; everything else goes into .venv.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run

PYTHON ?= python3
BIN := $(CURDIR)/.venv/bin
# pip finds the build backend's command here.
export PATH := $(BIN):$(PATH)

SOURCES := Cargo.toml Cargo.lock pyproject.toml README.md $(shell find src python -type f -not -name '*.so' -not -name '*.pyc')
EXAMPLES := $(sort $(wildcard examples/*.txt))
GAZETTEER := $(firstword $(wildcard examples/*.jsonl examples/*.csv))

.PHONY: run test test-rust test-python clean

run: .venv/installed
	@pullquote quotes $(if $(GAZETTEER),--gazetteer $(GAZETTEER)) $(EXAMPLES)

test: test-rust test-python

test-rust:
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --all-targets --features python -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
	cargo test --locked

test-python: .venv/installed
	ruff format --check
	ruff check
	mypy
	python -m mypy.stubtest pullquote
	python -m pytest

# The wheel, as a user would install it, built by the pinned maturin.
.venv/installed: .venv/tools $(SOURCES)
	python -m pip install --quiet --no-build-isolation --no-deps --force-reinstall .
	@touch $@

.venv/tools: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; try make PYTHON=python3.13")'
	@rm -rf .venv
	@$(PYTHON) -m venv .venv >/dev/null || { rm -rf .venv; $(MAKE) --no-print-directory venv-module; $(PYTHON) -m venv .venv; }
	python -m pip install --quiet --requirement requirements-dev.txt
	@touch $@

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
