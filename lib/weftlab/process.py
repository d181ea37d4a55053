"""Runs one child process to its end or its time limit, whole process group included."""

import dataclasses
import os
import signal
import subprocess
import time


@dataclasses.dataclass
class Outcome:
    """What a finished child left behind; `status` is negative for a death by signal, as in subprocess."""

    argv: list
    status: int
    stdout: bytes
    stderr: bytes
    wall: float
    timed_out: bool = False

    def describe_end(self):
        """The end of the process in words: 'exit status 1', 'killed by SIGSEGV', 'no end within its time limit'."""
        if self.timed_out:
            return "no end within its time limit"
        if self.status < 0:
            try:
                return f"killed by {signal.Signals(-self.status).name}"
            except ValueError:
                return f"killed by signal {-self.status}"
        return f"exit status {self.status}"


def _kill_group(child):
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def run(argv, *, env=None, cwd=None, stdin=b"", timeout=60.0, pass_fds=()):
    """Runs argv with `stdin` as its input. At `timeout` seconds the child's whole process group is killed."""
    start = time.monotonic()
    child = subprocess.Popen(argv, env=env, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, start_new_session=True, pass_fds=pass_fds)
    timed_out = False
    try:
        stdout, stderr = child.communicate(stdin, timeout)
    except subprocess.TimeoutExpired:
        timed_out = True
        _kill_group(child)
        stdout, stderr = child.communicate()
    except BaseException:
        _kill_group(child)
        child.wait()
        raise
    wall = time.monotonic() - start
    _kill_group(child)      # what the child left running in its group
    return Outcome(list(argv), child.returncode, stdout, stderr, wall, timed_out)
