# Tracebacks, warnings and messages when sys.stderr, sys.stdout or the hooks are None, missing, or refuse what they get.
# timeout: 120
import re
import subprocess
import sys

CASES = {
    "none": "import sys; sys.stderr=None; 1/0",
    "del": "import sys; del sys.stderr; 1/0",
    "none_sysexit": "import sys; sys.stderr=None; sys.exit('msg')",
    "del_sysexit": "import sys; del sys.stderr; sys.exit('msg')",
    "hook_none": "import sys; sys.stderr=None\nsys.excepthook(ValueError, ValueError('x'), None)\nprint('after')",
    "hook_del": "import sys; del sys.stderr\nsys.excepthook(ValueError, ValueError('x'), None)\nprint('after')",
    "hook_gone": "import sys; del sys.excepthook; 1/0",
    "hook_gone_stderr": "import sys; del sys.excepthook; del sys.stderr; 1/0",
    "hook_gone_stderr_none": "import sys; del sys.excepthook; sys.stderr=None; 1/0",
    "hook_none_value": "import sys; sys.excepthook=None; 1/0",
    "hook_raises": "import sys\ndef h(*a): raise KeyError(1)\nsys.excepthook=h; 1/0",
    "hook_raises_none": "import sys\ndef h(*a): raise KeyError(1)\nsys.excepthook=h; sys.stderr=None; 1/0",
    "hook_raises_del": "import sys\ndef h(*a): raise KeyError(1)\nsys.excepthook=h; del sys.stderr; 1/0",
    "thread_none": "import sys,threading\nsys.stderr=None\nt=threading.Thread(target=lambda:1/0); t.start(); t.join()",
    "thread_del": "import sys,threading\ndel sys.stderr\nt=threading.Thread(target=lambda:1/0); t.start(); t.join()",
    "thread_start_del": "import sys,_thread,time\ndel sys.stderr\n_thread.start_new_thread(lambda:1/0,()); time.sleep(.2)",
    "thread_start_none": "import sys,_thread,time\nsys.stderr=None\n_thread.start_new_thread(lambda:1/0,()); time.sleep(.2)",
    "unraisable_none": "import sys\nclass A:\n  def __del__(self): 1/0\nsys.stderr=None\nA()\nprint('after')",
    "unraisable_del": "import sys\nclass A:\n  def __del__(self): 1/0\ndel sys.stderr\nA()\nprint('after')",
    "warn_none": "import sys,warnings\nsys.stderr=None\nwarnings.warn('x')\nprint('after')",
    "warn_del": "import sys,warnings\ndel sys.stderr\nwarnings.warn('x')\nprint('after')",
    "write_raises": "import sys\nclass F:\n  def write(self,s): raise KeyError(5)\nsys.stderr=F(); 1/0",
    "no_write": "import sys\nsys.stderr=5; 1/0",
    "syntax_none": "import sys; sys.stderr=None; exec('1+')",
    "syntax_del": "import sys; del sys.stderr; exec('1+')",
    "systemexit_obj_del": "import sys; del sys.stderr; sys.exit([1])",
    "displayhook": "import sys; del sys.stdout; sys.displayhook(5)",
    "print_none": "import sys; sys.stdout=None; print(5)",
    "print_del": "import sys; del sys.stdout; print(5)",
    "input_del": "import sys; del sys.stdin; input()",
    "input_del_err": "import sys; del sys.stderr; input()",
    "group_none": "import sys; sys.stderr=None; raise ExceptionGroup('g',[ValueError(1)])",
    "kbd_del": "import sys; del sys.stderr; raise KeyboardInterrupt",
}
for flags in ([], ["-i"]):
    for name, code in CASES.items():
        r = subprocess.run([sys.executable, *flags, "-c", code], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        print(flags, name, r.returncode, r.stdout, re.sub(r"0x\w+", "ADDRESS", re.sub(r"refcount : \d+", "refcount : N", r.stderr)), sep="\n")
