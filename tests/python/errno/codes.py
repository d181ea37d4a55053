"""errno: names and numbers, errorcode, os.strerror, OSError subclasses by code."""

import errno
import os

names = "EPERM ENOENT ESRCH EINTR EIO EBADF ECHILD EAGAIN ENOMEM EACCES EEXIST ENOTDIR EISDIR EINVAL EMFILE ENOSPC ESPIPE EROFS EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOTEMPTY ELOOP ETIMEDOUT ECONNREFUSED EWOULDBLOCK EALREADY EINPROGRESS".split()
for n in names: c = getattr(errno, n); print(n, c, errno.errorcode[c], os.strerror(c), type(OSError(c, "x")).__name__)
print(errno.EAGAIN == errno.EWOULDBLOCK, len(errno.errorcode) > 100, sorted(errno.errorcode)[:5], errno.__name__, isinstance(errno.errorcode, dict), os.strerror(0), os.strerror(9999))
for f, want in ((lambda: open("missing"), errno.ENOENT), (lambda: os.mkdir("/"), errno.EEXIST), (lambda: open("/"), errno.EISDIR), (lambda: os.rmdir("missing"), errno.ENOENT), (lambda: os.listdir("/dev/null"), errno.ENOTDIR), (lambda: os.kill(2**22 + 5, 0), errno.ESRCH), (lambda: os.close(9999), errno.EBADF), (lambda: os.read(9999, 1), errno.EBADF), (lambda: os.waitpid(-1, 0), errno.ECHILD), (lambda: open("a" * 300), errno.ENAMETOOLONG), (lambda: os.lseek(0, 0, 99), errno.EINVAL), (lambda: os.write(os.open("/dev/null", os.O_RDONLY), b"x"), errno.EBADF), (lambda: os.rename("missing", "x"), errno.ENOENT), (lambda: os.symlink("x", "/dev/null"), errno.EEXIST), (lambda: os.readlink("/"), errno.EINVAL), (lambda: os.truncate("missing", 0), errno.ENOENT)):
    try:
        f(); print("no error")
    except OSError as e: print(type(e).__name__, e.errno == want, e.filename, e.filename2, e)
