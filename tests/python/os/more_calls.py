# Calls of os that few programs use: scattered buffers, copies inside the kernel, event counters, scheduling, attributes, waiting, ids.
import errno
import os
import signal


def show(label, function, *args, **kwargs):
    try:
        print(label, function(*args, **kwargs))
    except OSError as error:
        print(label, type(error).__name__, errno.errorcode.get(error.errno), error.filename)
    except Exception as error:
        print(label, type(error).__name__, error)


# Several buffers.
fd = os.open("file", os.O_RDWR | os.O_CREAT)
print(os.writev(fd, [b"one ", bytearray(b"two "), memoryview(b"three")]))
a, b = bytearray(3), bytearray(20)
print(os.preadv(fd, [a, b], 1), a, b)
print(os.pwritev(fd, [b"XX", b"YY"], 2), os.pread(fd, 50, 0))
os.lseek(fd, 0, 0)
print(os.readv(fd, (a, b)), a, b)
show("readv", os.readv, fd, [b"constant"])
show("readv", os.readv, fd, 5)
show("readv", os.readv, 999, [a])
show("writev", os.writev, fd, ["text"])
show("preadv", os.preadv, fd, [a], -1)

# Copies.
out = os.open("copy", os.O_RDWR | os.O_CREAT)
print(os.sendfile(out, fd, 0, 5), os.copy_file_range(fd, out, 4, 0, 5), os.pread(out, 50, 0))
show("sendfile", os.sendfile, out, fd, "x", 5)
show("copy", os.copy_file_range, fd, out, -1)
r, w = os.pipe()
print(os.splice(fd, w, 6, offset_src=1), os.read(r, 10))
show("fallocate", os.posix_fallocate, out, 0, 100)
show("fallocate", os.posix_fallocate, out, 0, -100)
print(os.fstat(out).st_size, os.posix_fadvise(out, 0, 0, os.POSIX_FADV_SEQUENTIAL))
show("lockf", os.lockf, out, os.F_TLOCK, 0)
show("lockf", os.lockf, 999, os.F_TLOCK, 0)
os.sync()

# Counters and memory files.
event = os.eventfd(3, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
print(os.eventfd_read(event), os.eventfd_write(event, 7), os.eventfd_write(event, 1 << 40), os.eventfd_read(event))
show("eventfd_read", os.eventfd_read, event)
show("eventfd", os.eventfd, -1)
show("eventfd_write", os.eventfd_write, event, -1)
memory = os.memfd_create("name")
print(os.write(memory, b"kept"), os.pread(memory, 10, 0), os.get_inheritable(memory))
print(len(os.getrandom(12)), os.getrandom(0))
show("getrandom", os.getrandom, -1)

# Terminals.
master, slave = os.openpty()
print(os.isatty(slave), os.ttyname(slave).startswith("/dev/"), os.get_inheritable(master), os.ctermid())
show("ttyname", os.ttyname, fd)
show("tcgetpgrp", os.tcgetpgrp, fd)
pid, terminal = os.forkpty()
if pid == 0:
    print("child's terminal", os.isatty(0), os.tcgetpgrp(0) == os.getpgrp())
    os._exit(7)
shown = b""
try:
    while data := os.read(terminal, 100):
        shown += data
except OSError:
    pass
print(shown, os.waitpid(pid, 0)[1])


# Waiting.
def child(status):
    pid = os.fork()
    if pid == 0:
        os._exit(status)
    return pid


pid = child(5)
result = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
print(result.si_pid == pid, result.si_status, result.si_code == os.CLD_EXITED, result.si_signo == signal.SIGCHLD, len(result))
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
pid = child(6)
waiter = os.pidfd_open(pid)
result = os.waitid(os.P_PIDFD, waiter, os.WEXITED)
print(result.si_status, os.waitid)
show("waitid", os.waitid, os.P_PID, pid, os.WEXITED)
show("waitid", os.waitid, os.P_ALL, 0, os.WEXITED | os.WNOHANG)
show("pidfd", os.pidfd_open, 0)

# Devices, owners.
device = os.makedev(8, 17)
print(device, os.major(device), os.minor(device))
show("major", os.major, -1)
show("mknod", os.mknod, "pipe", 0o600 | 0o010000)
show("mknod", os.mknod, "pipe", 0o600 | 0o010000)
os.symlink("nowhere", "link")
show("lchown", os.lchown, "link", os.getuid(), os.getgid())
show("lchown", os.lchown, "absent", -1, -1)
show("fchown", os.fchown, fd, -1, -1)
show("chroot", os.chroot, "absent")
print(os.fstatvfs(fd).f_bsize == os.statvfs("file").f_bsize, os.ST_RDONLY)

# Attributes.
show("getxattr", os.getxattr, "file", "user.absent")
show("listxattr", os.listxattr, "absent")
show("setxattr", os.setxattr, fd, "user.x", b"1", follow_symlinks=False)
show("removexattr", os.removexattr, "file", "user.absent")

# Scheduling.
print(os.sched_get_priority_min(os.SCHED_FIFO), os.sched_get_priority_max(os.SCHED_FIFO), os.sched_getscheduler(0) == os.SCHED_OTHER)
param = os.sched_getparam(0)
print(param, param.sched_priority, os.sched_param(5), os.sched_param(sched_priority=6) == (6,))
show("setscheduler", os.sched_setscheduler, 0, os.SCHED_OTHER, os.sched_param(0))
show("setscheduler", os.sched_setscheduler, 0, os.SCHED_OTHER, 0)
show("setparam", os.sched_setparam, 0, os.sched_param(99))
show("max", os.sched_get_priority_max, 99)
show("affinity", os.sched_setaffinity, 0, [-1])
show("affinity", os.sched_setaffinity, 0, ["x"])
show("affinity", os.sched_setaffinity, 0, [])
show("affinity", os.sched_setaffinity, 0, os.sched_getaffinity(0))
print(os.sched_rr_get_interval(0) >= 0, os.sched_yield())

# Users: only what changes nothing.
print(os.getresuid() == (os.getuid(), os.geteuid(), os.getuid()), len(os.getresgid()))
show("setuid", os.setuid, "x")
show("setuid", os.setuid, -2)
show("setgid", os.setgid, 1 << 40)
show("setreuid", os.setreuid, -1, -1)
show("setresgid", os.setresgid, -1, -1, -1)
show("setgroups", os.setgroups, 5)
show("setgroups", os.setgroups, ["x"])
print(0 in os.getgrouplist("root", 0), os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0)))
print([name for name in ("EX_USAGE", "MFD_HUGE_2MB", "RTLD_NOW", "RWF_SYNC", "XATTR_SIZE_MAX", "CLD_KILLED", "SPLICE_F_MOVE")
       if not isinstance(getattr(os, name), int)])
