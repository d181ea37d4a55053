"""os.sysconf, os.pathconf, os.confstr: names, limits and what they refuse."""
import os

print(os.pathconf_names, os.confstr_names, os.sysconf_names, sep="\n")
for function, names in ((os.sysconf, ("SC_PAGESIZE", "SC_ARG_MAX", "nope", 9999, -1, 1.5, None, 2**70)),
                        (os.confstr, ("CS_PATH", "CS_GNU_LIBC_VERSION", "CS_V6_ILP32_OFF32_CFLAGS", "nope", 999, -1, 1.5, None, 0))):
    for name in names:
        try:
            print(function.__name__, name, repr(function(name)))
        except Exception as e:
            print(function.__name__, name, type(e).__name__, e)
for function in (os.pathconf, os.fpathconf):
    for args in (("/", "PC_NAME_MAX"), (b"/", "PC_PATH_MAX"), (0, "PC_LINK_MAX"), ("/nope", 3), ("/", "x"), ("/", 9999), (1.5, 3), ("/", 1.5),
                 ("/", "PC_ASYNC_IO"), (99, 3), (), ("/",), ("/", 3, 4)):
        try:
            print(function.__name__, args, function(*args))
        except Exception as e:
            print(function.__name__, args, type(e).__name__, e)
