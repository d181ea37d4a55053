# What sysconfig tells: the module of build values is found under the name that sys.abiflags gives it.
import sys
import sysconfig

print(sysconfig.get_config_var("ABIFLAGS") == sys.abiflags, sysconfig.get_config_var("VERSION"), sysconfig.get_config_var("prefix") == sys.prefix)
print(type(sysconfig.get_config_vars()).__name__, sysconfig.get_config_var("no such variable"), sysconfig.get_config_var("SIZEOF_VOID_P"))
print(sysconfig.get_platform(), sysconfig.get_python_version(), sorted(sysconfig.get_paths()))
from test import support
print(support.python_is_optimized() in (True, False), support.Py_DEBUG)
