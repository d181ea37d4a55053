# pwd, grp, resource and fcntl: look-ups and their errors, limits, usage, locks, flags, ioctl.
import fcntl
import grp
import os
import pwd
import resource
import struct


def show(function, *args):
    try:
        print(function.__name__, function(*args))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


root = pwd.getpwnam("root")
print(root, root.pw_dir == root[5], len(root), pwd.getpwuid(0) == root, root in pwd.getpwall())
show(pwd.getpwnam, "no-such-user")
show(pwd.getpwuid, 4000000000 - 7)
show(pwd.getpwuid, 1 << 40)
show(pwd.getpwuid, "x")
show(pwd.getpwnam, 5)
show(pwd.getpwnam, "a\0b")
group = grp.getgrnam("root")
print(group, group.gr_mem, grp.getgrgid(0) == group, group in grp.getgrall(), grp.getgrnam(name="root").gr_gid)
show(grp.getgrnam, "no-such-group")
show(grp.getgrgid, 4000000000 - 7)
show(grp.getgrgid, "x")

soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0], resource.prlimit(0, resource.RLIMIT_NOFILE)[0])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
show(resource.getrlimit, 99)
show(resource.setrlimit, resource.RLIMIT_NOFILE, (5, 4))
show(resource.setrlimit, resource.RLIMIT_NOFILE, (5,))
show(resource.setrlimit, resource.RLIMIT_NOFILE, 5)
print(resource.RLIM_INFINITY, resource.getrlimit(resource.RLIMIT_RSS), resource.getpagesize())
usage = resource.getrusage(resource.RUSAGE_SELF)
print(usage.ru_utime >= 0, usage.ru_maxrss > 1000, len(usage), type(usage).__name__, usage[2] == usage.ru_maxrss)
show(resource.getrusage, 77)
if os.fork() == 0:
    os._exit(3)
pid, status, usage = os.wait3(0)
print(os.waitstatus_to_exitcode(status), type(usage).__name__, len(usage))

fd = os.open("file", os.O_RDWR | os.O_CREAT)
stream = open("file", "rb+")
print(fcntl.fcntl(fd, fcntl.F_GETFD), fcntl.fcntl(stream, fcntl.F_SETFD, 0), fcntl.fcntl(stream, fcntl.F_GETFD))
lock = struct.pack("hhqqi", fcntl.F_WRLCK, 0, 0, 10, 0)
print(fcntl.fcntl(fd, fcntl.F_SETLK, lock) == lock, len(fcntl.fcntl(fd, fcntl.F_GETLK, lock)))
show(fcntl.lockf, fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 5, 1)
show(fcntl.lockf, fd, fcntl.LOCK_UN)
show(fcntl.lockf, fd, 64)
show(fcntl.flock, fd, fcntl.LOCK_EX)
show(fcntl.flock, stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
show(fcntl.flock, fd, fcntl.LOCK_UN)
show(fcntl.flock, 999, fcntl.LOCK_SH)
show(fcntl.fcntl, "x", 1)
show(fcntl.fcntl, fd, fcntl.F_GETFD, "x" * 2000)
show(fcntl.fcntl, fd, fcntl.F_GETFD, b"x" * 2000)
show(fcntl.fcntl, fd, 1 << 40)
r, w = os.pipe()
os.write(w, b"12345")
size = bytearray(4)
FIONREAD = 0x541B
print(fcntl.ioctl(r, FIONREAD, size), size, fcntl.ioctl(r, FIONREAD, bytes(4)), fcntl.ioctl(r, FIONREAD, size, False))
show(fcntl.ioctl, fd, 0x5413, bytes(8))
print(fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, 8192), fcntl.F_SETLK64 == fcntl.F_SETLK)
