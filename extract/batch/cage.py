"""What a worker gives up before it opens the first file.

Its group, its memory, the network, other programs, and life after its parent.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from extract.batch.pulse import Pulse
from extract.logs import set_up_logging

PR_SET_PDEATHSIG = 1
"""Linux: the signal that comes when the parent dies (prctl(2))."""

SCORE_OF_A_WORKER = "600"
"""Where the system itself runs out of memory, it ends a worker and not its parent (proc(5), oom_score_adj)."""

PROGRAMS = frozenset({"tesseract"})
"""The only programs that a worker may start: OCR engines, by the name of their file."""

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
"""What onnxruntime's kernels, NumPy's libraries and OpenCV ask how many threads they may start."""


def enter_cage(pulse: Path, *, memory: int, threads: int, scratch: Path) -> None:
    """Make this process a worker: ``memory`` in megabytes, temporary files under ``scratch``."""
    parent = os.getppid()
    with suppress(OSError, AttributeError):
        os.setpgid(0, 0)  # so that what it starts can be ended with it, and Ctrl-C reaches the parent alone
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)  # the parent died before it could be told of
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(SCORE_OF_A_WORKER, "ascii")
    _limit(memory)
    for name in THREAD_VARIABLES:
        os.environ[name] = str(threads)
    os.environ["TMPDIR"] = str(scratch)
    tempfile.tempdir = None
    if (
        os.environ.get("HOKOKU_DEBUG") != "1"
    ):  # what libraries complain of would break the lines of the parent
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
    set_up_logging()
    sys.addaudithook(_refuse_network)
    sys.addaudithook(_refuse_programs)
    Pulse(pulse).make_own(os.getpid())


def _limit(memory: int) -> None:
    """Let an allocation over the limit fail where it is made, and write no core files.

    RLIMIT_DATA counts what a process can really fill; RLIMIT_AS would count address space that models and thread stacks
    merely reserve. The parent watches the resident memory besides, for it counts only one process.
    """
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    allowed = memory * 1024**2
    for kind, value in ((resource.RLIMIT_DATA, allowed), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def lift_limit() -> None:
    """Let a worker that has run into its limit say so; it is ended afterwards."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse every connection: no document may make the converter speak to anyone.

    A socket of the machine itself (AF_UNIX, whose address is text or bytes) stays allowed.
    """
    if event in {"socket.connect", "socket.sendto", "socket.bind"}:
        address = arguments[1] if len(arguments) > 1 else None
        if isinstance(address, tuple):
            raise PermissionError(event)
    elif event == "socket.getaddrinfo":
        raise PermissionError(event)


def _refuse_programs(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to start any program but an OCR engine: no document may make the converter run something."""
    if event in {"os.system", "os.exec", "os.spawn", "os.posix_spawn"}:
        raise PermissionError(event)
    if event == "subprocess.Popen":
        program = arguments[0]
        name = Path(os.fsdecode(program)).name if isinstance(program, str | bytes | os.PathLike) else ""
        if name.removesuffix(".exe") not in PROGRAMS:
            raise PermissionError(event)
