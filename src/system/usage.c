// The help texts of the command line.
#include "system/usage.h"

void usage_print(FILE *to, const char *program) {
  fprintf(to, "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", program);
  fputs(
      "Options (with the environment variables that do the same):\n"
      "-b     : warn when bytes are compared with str or turned into str (-bb: an error)\n"
      "-B     : don't write .pyc files (also PYTHONDONTWRITEBYTECODE=x)\n"
      "-c cmd : run the program given as text; ends the option list\n"
      "-d     : debug output of the parser (also PYTHONDEBUG=x)\n"
      "-E     : ignore the PYTHON* environment variables\n"
      "-h     : this text (also -?, --help)\n"
      "-i     : go on interactively after running the script (also PYTHONINSPECT=x)\n"
      "-I     : isolate from the user's environment (implies -E, -P and -s)\n"
      "-m mod : run a library module as a script; ends the option list\n"
      "-O     : remove asserts and __debug__ code (also PYTHONOPTIMIZE=x)\n"
      "-OO    : as -O, and remove docstrings\n"
      "-P     : don't put the script's folder first in sys.path (also PYTHONSAFEPATH=x)\n"
      "-q     : no version and copyright lines when interactive\n"
      "-s     : don't add the user's site folder to sys.path (also PYTHONNOUSERSITE)\n"
      "-S     : don't import site at start-up\n"
      "-u     : unbuffered stdout and stderr (also PYTHONUNBUFFERED=x)\n"
      "-v     : tell of each import (also PYTHONVERBOSE=x)\n"
      "-V     : print the version (also --version)\n"
      "-W arg : warning control, action:message:category:module:lineno (also PYTHONWARNINGS=arg)\n"
      "-x     : skip the first line of the source\n"
      "-X opt : an option of this runtime; --help-xoptions lists them\n"
      "--check-hash-based-pycs always|default|never : how .pyc files with a source hash are checked\n"
      "--help-env      : the environment variables\n"
      "--help-xoptions : the -X options\n"
      "--help-all      : everything\n"
      "file   : the program's file\n"
      "-      : the program comes from stdin (the default; interactive on a terminal)\n"
      "arg ...: what the program finds in sys.argv[1:]\n",
      to);
}

void usage_print_environment(FILE *to) {
  fputs(
      "Environment variables:\n"
      "PYTHONPATH      : folders put first in sys.path, separated by ':'\n"
      "PYTHONHASHSEED  : 'random' or an integer that seeds the hash of str and bytes\n"
      "PYTHON_GIL      : 0 or 1, which must be what the build is\n"
      "PYTHONPYCACHEPREFIX : folder for all .pyc files\n"
      "WEFT_STDLIB     : the standard library's folder (default /usr/lib/python3.11)\n"
      "WEFT_CACHE_DIR  : where compiled code of the standard library is kept (default ~/.cache/weft)\n"
      "WEFT_X          : -X options, separated by commas, which child processes inherit\n",
      to);
}

void usage_print_xoptions(FILE *to) {
  fputs(
      "-X options:\n"
      "-X stats[=json:FILE] : at exit, what each thread did: time, waits for the GIL, locks and the collector, switches\n"
      "-X chaos=SEED   : yield at random places that the seed fixes per thread, to shake out races\n"
      "-X fold=0       : run the stack form unfolded, one executed instruction per stack instruction\n"
      "-X gil=0|1      : must be what the build is: weft has a GIL, weftt has none\n"
      "-X gil=POLICY   : how weft passes its GIL on: interval (the default), ticks:N, fifo, io-first\n"
      "-X frozen_modules=on|off : whether the modules of start-up are found before sys.path is searched\n"
      "-X dev          : development mode\n"
      "-X faulthandler : dump the Python stack on fatal signals\n"
      "-X int_max_str_digits=N : limit of int/str conversions\n"
      "-X pycache_prefix=PATH : folder for all .pyc files\n"
      "-X tracemalloc[=N] : trace allocations, keeping N frames of each traceback (1 unless given)\n"
      "-X utf8=0|1     : UTF-8 mode\n"
      "-X warn_default_encoding : warn when text files are opened without an encoding\n",
      to);
}
