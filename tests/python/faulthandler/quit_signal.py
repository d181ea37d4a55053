# SIGQUIT: every thread's stack on stderr, and the process goes on. weft does so by itself and tells what each thread waits for.
import faulthandler
import re
import signal
import subprocess
import sys

CHILD = """
import faulthandler, queue, signal, sys, threading, time
assert signal.getsignal(signal.SIGQUIT) == signal.SIG_DFL
if sys.implementation.name != "weft":
    faulthandler.register(signal.SIGQUIT)
lock, inbox = threading.Lock(), queue.SimpleQueue()
lock.acquire()
def for_a_lock(): lock.acquire()
def for_a_queue(): inbox.get()
threads = [threading.Thread(target=f) for f in (for_a_lock, for_a_queue)]
for t in threads: t.start()
time.sleep(0.3)
print("ready", flush=True)
input()
lock.release()
inbox.put(None)
for t in threads: t.join()
print("went on")
"""

signal.signal(signal.SIGQUIT, signal.SIG_DFL)
child = subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
child.stdout.readline()
child.send_signal(signal.SIGQUIT)
dump = ""
while "<module>" not in dump:
    dump += child.stderr.readline()
out, rest = child.communicate("\n")
print(sorted(set(re.findall(r"line \d+ in (\S+)", dump)) - {"acquire", "get"}))
print(out.strip(), rest.strip(), child.returncode)
if sys.implementation.name == "weft":
    for wait in (r"waits on <lock object at 0x\w+>.*\n.* in for_a_lock", r"waits on <SimpleQueue object at 0x\w+>.*\n.* in for_a_queue"):
        assert re.search(wait, dump), dump

default = subprocess.run([sys.executable, "-c", "import signal, os; signal.signal(signal.SIGQUIT, signal.SIG_DFL); os.kill(os.getpid(), signal.SIGQUIT)"])
print(default.returncode)
