"""Log records are for developers: silent unless HOKOKU_DEBUG=1, which shows those of this package with tracebacks."""

from __future__ import annotations

import logging
import os
import warnings


def set_up_logging() -> None:
    """Keep what the libraries say of odd files off the terminal; under HOKOKU_DEBUG=1 show what this package logs."""
    warnings.simplefilter("ignore")
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())
    if os.environ.get("HOKOKU_DEBUG") == "1":
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
        package = logging.getLogger("extract")
        package.addHandler(handler)
        package.setLevel(logging.DEBUG)
