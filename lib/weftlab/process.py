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
        return describe_status(self.status)


def describe_status(status):
    """'exit status 1', 'killed by SIGSEGV': what subprocess calls a return code, in words."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"killed by signal {-status}"


def plain_environment():
    """What the two interpreters are compared in: nothing of the user's, but what directs weft and the sanitizers."""
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
    passed_on = ("WEFT_STDLIB", "WEFT_X", "ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS")
    return env | {name: os.environ[name] for name in passed_on if name in os.environ}


def accept_interrupts():
    """Gives SIGINT its handler back: a shell's background job ignores it, and children would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def kill_group(child):
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
        kill_group(child)
        stdout, stderr = child.communicate()
    except BaseException:
        kill_group(child)
        child.wait()
        raise
    wall = time.monotonic() - start
    kill_group(child)      # what the child left running in its group
    return Outcome(list(argv), child.returncode, stdout, stderr, wall, timed_out)
