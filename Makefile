# make demo    convert the example packet, born-digital and scanned
# make test    lint, types and tests
# make clean   remove what these made

VENV := .venv
PYTHON_IN := $(VENV)/bin/python
PIP := $(PYTHON_IN) -m pip --disable-pip-version-check --quiet

.PHONY: help demo test clean

help:
	@sed -n 's/^# make/make/p' Makefile

demo: $(VENV)/.installed
	@$(PYTHON_IN) -m extract convert fixtures/setagaya-2024-07/packet.pdf fixtures/setagaya-2024-07/packet-scan.pdf -o out/demo
	@echo
	@echo "born-digital  out/demo/packet.pdf.json       out/demo/packet.pdf.xlsx"
	@echo "scanned       out/demo/packet-scan.pdf.json  out/demo/packet-scan.pdf.xlsx"

test: $(VENV)/.installed-dev
	@sh tests/system_packages.sh
	$(PYTHON_IN) -m ruff check .
	$(PYTHON_IN) -m ruff format --check .
	$(PYTHON_IN) -m mypy
	$(PYTHON_IN) -m pytest -n auto

clean:
	rm -rf $(VENV) out

# The environment is made once; what it holds is brought up to date when pyproject.toml changes.
$(VENV)/.installed: pyproject.toml | $(PYTHON_IN)
	@echo "Installing hokoku into $(VENV) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(PYTHON_IN)
	@echo "Installing hokoku and its development tools into $(VENV) ..."
	@$(PIP) install --editable ".[dev]"
	@touch $@ $(VENV)/.installed

$(PYTHON_IN):
	@set -e; old=; for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	    if "$$python" -c 'import venv, ensurepip' 2>/dev/null; then "$$python" -m venv --clear $(VENV); exit 0; fi; \
	    old="$$python"; \
	done; \
	if [ -n "$$old" ]; then \
	    echo "$$old cannot make virtual environments here. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; \
	else \
	    echo "Python 3.11 or later is needed, and none was found. Name one with: make PYTHON=/path/to/python3" >&2; \
	fi; \
	exit 1
