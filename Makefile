# Every target that a person needs; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help install demo test check fuzz bench bench-intake coverage accept lock
MAKEFLAGS += --no-print-directory
BIN := .venv/bin

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## set up .venv from the lock (once; then it does nothing)
	@tools/install

demo: install ## load the Paris case, print its status, open the board on loopback
	@$(BIN)/vigens demo

check: install ## format, lint, types, imports, architecture, docs; no network
	@tools/check

test: install ## everything: the whole test suite, and check beside it
	@tools/test

fuzz: install ## damage agreement files at random for a minute; findings only
	@$(BIN)/python tools/fuzz.py

bench: install ## print the figures that the README quotes
	@$(BIN)/python -m benchmarks.run

bench-intake: install ## print how well reports are read, per language
	@$(BIN)/python -m benchmarks.intake.run

coverage: install ## print branch coverage by room, against the floors
	-@$(BIN)/pytest -q -n auto --cov --cov-report=json:build/coverage.json
	@$(BIN)/python tools/coverage.py build/coverage.json

accept: install ## rewrite expected outputs and the reference; review the diff
	@$(BIN)/python tools/reference.py
	@$(BIN)/pytest -q tests/agreements tests/docs/test_readme.py --accept

lock: install ## resolve pyproject.toml anew into the lock files
	@tools/lock
