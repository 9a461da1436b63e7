"""What other processes do, and are killed at. They are forked from a server that has the product loaded already."""

import multiprocessing
import os
import resource
import signal
import sys
from pathlib import Path

from kit_centre import COMMAND, OPENERS, PASSPHRASE, around, open_as, operator

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.register_candidate import RegisterCandidate, register_candidate
from db.centre import create_centre

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["db.centre", "pypinyin", "appraisal.usecases.register_candidate", "appraisal.catalogue"])
STEPS = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.chmod"})
"""Events of Python's audit at which a folder changes; the database's own writes fall between our random numbers."""


def person(serial, registrar):
    number = f"9{serial:017d}"
    return RegisterCandidate(Identity("陈明华", "CHEN Minghua", "resident_id", number), Contact(f"154{serial:08d}"),
                             Background(employer="示例职业技能评价中心"), registrar)


def hold_open(folder: Path, passphrase, pipe):
    open_as(folder, "administrator", passphrase)
    pipe.send("open")
    signal.pause()


def stream(folder: Path, first, pipe):
    """Registers one person after another and says each that is done."""
    centre = open_as(folder)
    registrar = operator(centre, Role.REGISTRAR)
    pipe.send_bytes(b"ready")
    serial = first
    while True:
        register_candidate(person(serial, registrar), centre.desk)
        pipe.send_bytes(b"%d" % serial)
        serial += 1


class Steps:
    """Counts what changes these folders, and the random numbers between. The process dies at the `moment`-th."""

    def __init__(self, moment, *folders):
        self.moment, self.folders, self.done = moment, tuple(map(str, folders)), 0
        sys.addaudithook(self._watch)

    def random(self, count):
        self._step()
        return os.urandom(count)

    def _watch(self, event, arguments):
        if event in STEPS and arguments and any(one in str(arguments[0]) for one in self.folders):
            self._step()

    def _step(self):
        self.done += 1
        if self.done == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)


def found_until(folder: Path, moment, pipe):
    """Founds a centre and dies at the `moment`-th step; says how many steps there were, where it lived."""
    steps = Steps(moment, folder)
    create_centre(folder, COMMAND, dict.fromkeys(OPENERS, PASSPHRASE), around(random=steps.random))
    pipe.send(steps.done)


def fill_the_disk(folder: Path, room, pipe):
    """Registers people until no file may grow beyond `room` bytes, then goes on with the limit lifted."""
    centre = open_as(folder)
    registrar = operator(centre, Role.REGISTRAR)
    done, code = 0, None
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try:
        for serial in range(5000):
            register_candidate(person(serial, registrar), centre.desk)
            done += 1
    except EnvironmentFault as fault:
        code = fault.code
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    register_candidate(person(9000, registrar), centre.desk)
    centre.close()
    pipe.send((done, code))
