#!/bin/sh
# The programs outside Python that tests use. Those that are missing are installed as root on Debian or Ubuntu; elsewhere this says
# which tests are left out without them, and those tests say that they were skipped. It never fails: a test that can run, runs.
set -eu

MISSING=
LEFT_OUT=

need() { # PACKAGES  WHAT IS LEFT OUT WITHOUT THEM
    MISSING="$MISSING $1"
    LEFT_OUT="$LEFT_OUT
  $2 (sudo apt-get install $1)"
}

find_missing() {
    MISSING=
    LEFT_OUT=
    command -v soffice >/dev/null 2>&1 ||
        need libreoffice-calc-nogui "the tests that open the workbook in LibreOffice"
    command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
        need chromium "the tests that open the HTML report in Chromium"
    tesseract --list-langs 2>/dev/null | grep -qx jpn ||
        need "tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert" "the tests of Tesseract, the second OCR engine"
}

find_missing
if [ -n "$MISSING" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$MISSING for the tests ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null 2>&1 || echo "apt-get update failed."
    for package in $MISSING; do # one by one: a package that this release lacks must not keep back the others
        apt-get install -qq --yes --no-install-recommends "$package" >/dev/null 2>&1 || echo "$package could not be installed."
    done
    find_missing
fi
if [ -n "$LEFT_OUT" ]; then
    echo "Left out for want of programs:$LEFT_OUT"
fi
