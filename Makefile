# make demo   one appraisal day, from a roster to certificates that verify, into out/demo
# make test   every check and every test
# Both set everything up first (packaging/setup.sh); the second time that takes no time.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:
.PHONY: demo desk test test-long check bench clean

BIN := .venv/bin
READY := .venv/ready
# Tests have no screen. Three workers, whole files each: a window and its database stay in one process, and while one
# waits for the disk another works. A worker that died is a failure, not begun again at the file that it died of.
# Qt and PostgreSQL complain where nobody has logged in and made a place for sockets; then ours serves.
PYTEST := XDG_RUNTIME_DIR=$${XDG_RUNTIME_DIR:-$(CURDIR)/.venv/run} QT_QPA_PLATFORM=offscreen \
          $(BIN)/python -m pytest -n 3 --dist loadfile --max-worker-restart=0

$(READY): requirements.lock pyproject.toml packaging/setup.sh
	@bash packaging/setup.sh
	@mkdir -p -m 700 .venv/run
	@touch $@

# A fixed folder that git ignores; what `make desk` keeps lies in out/desk and stays.
demo: $(READY)
	@rm -rf out/demo
	@$(BIN)/appraisal-desk demo --out out/demo

desk: $(READY)
	@mkdir -p out/desk
	@$(BIN)/appraisal-desk --data out/desk

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python packaging/qt_imports.py
	@$(BIN)/python packaging/licences.py
	@$(BIN)/python packaging/lock_check.py

# pytest's own closing line is the last that this prints.
test: check
	@$(PYTEST) -m "not long"

test-long: check
	@HYPOTHESIS_PROFILE=searching $(PYTEST) --no-loadscope-reorder -o faulthandler_timeout=0

bench: $(READY)
	@$(BIN)/python -m benchmarks

# What tools and runs left behind; out/desk, where somebody may have worked, stays.
clean:
	@rm -rf build dist out/demo screenshots *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +
