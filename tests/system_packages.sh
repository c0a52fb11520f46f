#!/bin/sh
# The one program outside Python that tests use: LibreOffice, which opens the workbook (tests/writers/test_xlsx_in_office.py).
# As root on Debian or Ubuntu it is installed; elsewhere this says what is left out, and those tests say that they were skipped.
set -eu

PACKAGE=libreoffice-calc-nogui

if command -v soffice >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $PACKAGE, in which the tests open the workbook ..."
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq >/dev/null && apt-get install -qq --yes --no-install-recommends "$PACKAGE" >/dev/null; then
        exit 0
    fi
fi
echo "LibreOffice (soffice) is missing: the tests that open the workbook in it are left out."
echo "To run them on Debian or Ubuntu: sudo apt-get install $PACKAGE"
