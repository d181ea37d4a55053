"""Programs that end while their daemon threads print, wait, compute and import. Seeks ends that hang, crash, or report what nobody did."""

import subprocess
import sys

from _hammer import Choices, main

CHILD = """
import collections, gc, importlib, json, queue, sys, threading, time, weakref

def printing_out(): print("out")
def printing_err(): print("err", file=sys.stderr)

def waiting():
    with condition:
        condition.notify()
        condition.wait(0.001)

def queueing():
    tasks.put(1)
    tasks.get()

def computing():
    json.loads(json.dumps({str(i): [i] for i in range(50)}))
    sorted(range(200), key=lambda x: -x)

def collecting():
    class Node: pass
    node = Node()
    node.self = node
    last_words.append(weakref.ref(node, lambda r: None))
    del node
    gc.collect(0)

def importing():
    try:
        importlib.import_module("no_such_module")
    except ImportError:
        pass   # no invalidate_caches(): the library's own loop over sys.path_importer_cache is for one thread at a time

def starting():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()

def for_ever(step):
    while True:
        step()

condition, tasks, last_words = threading.Condition(), queue.Queue(2), collections.deque(maxlen=20)
step = globals()[sys.argv[1]]
for _ in range(int(sys.argv[2])):
    threading.Thread(target=for_ever, args=(step,), daemon=True).start()
time.sleep(int(sys.argv[3]) / 1000)
sys.exit(3)
"""


def ends(*steps):
    def scenario(run):
        choices = Choices(run.seed * 1009 + run.round)
        options = [f"-Xchaos={run.seed}"] if "chaos" in sys._xoptions else []
        for _ in range(max(1, round(4 * run.scale))):
            for step in steps:
                argv = [sys.executable, *options, "-c", CHILD, step, str(run.threads), str(choices.below(50))]
                child = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                told = set(child.stderr.split("\n")) | set(child.stdout.split("\n"))
                assert child.returncode == 3, (step, child.returncode, child.stderr[-2000:])
                # print() writes the text and the line's end one after the other.
                assert all(line.replace("out", "").replace("err", "") == "" for line in told), (step, told)
                options = ["-u", *options] if "-u" not in options else options[1:]
    scenario.__name__ = "ends_while_" + "_or_".join(steps)
    return scenario


if __name__ == "__main__":
    main(ends("printing_out", "printing_err"), ends("waiting", "queueing"), ends("computing", "collecting"), ends("importing", "starting"))
