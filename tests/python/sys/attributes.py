"""sys: version, flags, limits, paths, modules, intern, getsizeof's type, hooks, exit codes in functions."""

import sys

print(sys.version_info[:2], sys.version_info.major, sys.version_info.releaselevel in ("final", "candidate"), sys.hexversion >> 16 == 0x030b, sys.version.startswith("3.11."), sys.platform, sys.byteorder, sys.maxsize == 2**63 - 1, sys.maxunicode, sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info.bits_per_digit > 0, sys.hash_info.width, sys.hash_info.modulus == 2**61 - 1, sys.hash_info.inf, sys.hash_info.algorithm, sys.float_repr_style, sys.copyright != "", sys.api_version)
print(sys.flags.optimize, sys.flags.debug, sys.flags.inspect, sys.flags.dont_write_bytecode, sys.flags.no_user_site, sys.flags.no_site, sys.flags.ignore_environment, sys.flags.verbose, sys.flags.bytes_warning, sys.flags.quiet, sys.flags.isolated, sys.flags.dev_mode, sys.flags.utf8_mode, sys.flags.safe_path, sys.flags.hash_randomization, sys.flags.int_max_str_digits, len(sys.flags), sys.flags[0])
print(sys.argv[1:], sys.argv[0].endswith("attributes.py"), sys.path[0].endswith("tests/python/sys"), sys.prefix, sys.exec_prefix, sys.base_prefix, sys.platlibdir, sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.getrecursionlimit(), sys.executable != "", sys.pycache_prefix, sys.dont_write_bytecode, sys.ps1 if hasattr(sys, "ps1") else "no ps1", sys.stdlib_module_names >= {"os", "threading"}, "sys" in sys.builtin_module_names, "os" in sys.builtin_module_names)
print(sys.modules["sys"] is sys, "__main__" in sys.modules, sys.modules["__main__"].__dict__ is globals(), sys.intern("a" + "b") is sys.intern("ab"), isinstance(sys.getsizeof([]), int), sys.getsizeof(5, 0) >= 0, isinstance(sys.getrefcount([]), int), sys.is_finalizing(), sys.gettrace(), sys.getprofile(), sys.getswitchinterval(), sys.get_int_max_str_digits(), sys.thread_info.name, sys.exc_info(), sys._getframe().f_code.co_name, sys.callstats if hasattr(sys, "callstats") else "no callstats", sys.call_tracing if False else "-")
for bad in (lambda: sys.intern(5), lambda: sys.setrecursionlimit("x"), lambda: sys._getframe(1000), lambda: sys._getframe("x"), lambda: sys.getsizeof(), lambda: sys.set_int_max_str_digits(5), lambda: sys.set_int_max_str_digits("x"), lambda: setattr(sys.flags, "debug", 1), lambda: setattr(sys.version_info, "major", 4), lambda: sys.exit(1, 2), lambda: sys.nope, lambda: type(sys.flags)(), lambda: sys.settrace(), lambda: sys.intern("a", "b"), lambda: sys.getrefcount(), lambda: sys.displayhook(), lambda: sys.audit()):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
sys.set_int_max_str_digits(640)
try:
    str(10**700)
except ValueError as e: print(e)
sys.set_int_max_str_digits(0); print(len(str(10**5000))); sys.set_int_max_str_digits(4300)
for code in (None, 0, 5, True, "text", [1], (1, 2), 2.5):
    try:
        sys.exit(code)
    except SystemExit as e: print(repr(e), repr(e.code))
sys.displayhook(5); sys.displayhook(None); print(__builtins__._ if hasattr(__builtins__, "_") else None); sys.displayhook("é")
events = []
def hook(e, a): events.append(e) if e.startswith("my.") else None
sys.addaudithook(hook); sys.audit("my.event", 1); sys.audit("my.other"); print(events)
sys.modules["made_up"] = "anything"; import made_up; print(made_up); sys.modules["blocked"] = None
try:
    import blocked
except ImportError as e: print(e)
print(repr(sys), sys.__name__, sys.version_info >= (3, 11), sys.version_info < (3, 12), tuple(sys.version_info)[0], sys.implementation.cache_tag != "", sys.implementation.version[0] >= 0, hasattr(sys, "abiflags"), sys.unraisablehook is sys.__unraisablehook__, sys.breakpointhook is sys.__breakpointhook__, sys.meta_path != [], sys.path_hooks != [], isinstance(sys.path_importer_cache, dict), sys.warnoptions, sys.orig_argv[-1] == sys.argv[0], sys.stdin is sys.__stdin__)
