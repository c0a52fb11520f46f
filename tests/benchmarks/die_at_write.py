"""A batch that dies: ``die_at_write.py IN OUT`` with CHAOS="parent N" or "worker N"; used by chaos.py.

A worker imports this file too, as every worker imports the main module of its parent.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from extract.batch import ledger as ledger_module
from extract.batch import run as run_module
from extract.batch.in_worker import do_in_worker
from extract.batch.isolated import Crew
from extract.batch.job import Job, Result
from extract.batch.setting_out import make_plan
from extract.config import Config

WHO, _, NUMBER = os.environ.get("CHAOS", "nobody 0").partition(" ")
seen = 0


def count(what: str) -> None:
    """Kill the parent at the event whose turn it is."""
    global seen  # noqa: PLW0603 - one counter a process
    seen += 1
    if what and seen == int(NUMBER):
        os.kill(int(os.environ.get("CHAOS_PARENT", "0")) or os.getpid(), signal.SIGKILL)
        time.sleep(5)


def hear(event: str, arguments: tuple[object, ...]) -> None:
    """Count the files that are opened for writing, moved, linked or removed in OUT."""
    names = [os.fsdecode(one) for one in arguments[:2] if isinstance(one, str | bytes | os.PathLike)]
    if not any(os.environ["CHAOS_OUT"] in name for name in names):
        return
    if event in {"os.rename", "os.link", "os.remove", "os.mkdir"} or (
        event == "open" and "x" in str(arguments[1])
    ):
        count(event)


def act_by_name(job: Job) -> Result:
    """Do what the name of the input says, else convert it."""
    name = job.task.path.name
    if name.startswith("crash"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("exit"):
        os._exit(3)
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("grow"):
        filled = []
        while True:
            filled.append(bytearray(50 * 1024**2))
    return do_in_worker(job)


def run_mixed(archive: Path, out: Path) -> dict[str, str]:
    """Convert an archive of which some files are jobs that crash, hang and grow; give each file's end."""

    def crew(config: Config, scratch: Path, **options: object) -> Crew:
        return Crew(config, scratch, **{**options, "work": act_by_name})  # type: ignore[arg-type]

    before, run_module.Crew = run_module.Crew, crew
    try:
        config = Config(jobs=2, silence=10, memory=800)
        plan = make_plan([archive], out, config=config)
        outcomes = run_module.run_plan(plan, config=config)
        return {one.path.name: one.error.code if one.error else one.status for one in outcomes}
    finally:
        run_module.Crew = before


if __name__ == "__main__" and len(sys.argv) == 3:
    os.environ["CHAOS_PARENT"] = str(os.getpid())
    os.environ["CHAOS_OUT"] = sys.argv[2]
    if WHO == "parent":
        whole = ledger_module.Ledger._transaction

        def transaction(self: object) -> object:
            count("commit")
            return whole(self)

        ledger_module.Ledger._transaction = transaction
    settings = Config(jobs=1)
    for _ in run_module.run_plan(make_plan([sys.argv[1]], sys.argv[2], config=settings), config=settings):
        pass
elif __name__ == "__mp_main__" and WHO == "worker":
    sys.addaudithook(hear)
