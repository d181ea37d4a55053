# graphlib: a build tool's plan: waves of ready targets worked off by threads, incremental additions, cycles shown, states misused.
import graphlib
import queue
import random
import threading
from graphlib import CycleError, TopologicalSorter

RULES = {"app": ["main.o", "util.o", "lib.a"], "main.o": ["main.c", "util.h"], "util.o": ["util.c", "util.h"], "lib.a": ["x.o", "y.o"], "x.o": ["x.c"], "y.o": ["y.c", "x.h"], "test": ["app", "test.o"], "test.o": ["test.c", "util.h"], "doc": []}
plan = TopologicalSorter(RULES)
plan.prepare()
waves = []
while plan.is_active():
    ready = sorted(plan.get_ready())
    waves.append(ready)
    plan.done(*ready)
print(waves, bool(plan), plan.get_ready())


def build(rules, workers):
    """Builds with threads: a target is begun only when all that it needs is done."""
    sorter, tasks, finished, log, guard = TopologicalSorter(rules), queue.Queue(), queue.Queue(), [], threading.Lock()
    sorter.prepare()

    def work():
        while (target := tasks.get()) is not None:
            with guard:
                log.append(target)
            finished.put(target)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for t in threads:
        t.start()
    while sorter.is_active():
        for target in sorter.get_ready():
            tasks.put(target)
        sorter.done(finished.get())
    for _ in threads:
        tasks.put(None)
    for t in threads:
        t.join()
    return log


order = build(RULES, 3)
place = {target: i for i, target in enumerate(order)}
print(len(order), all(place[need] < place[target] for target, needs in RULES.items() for need in needs))
rng = random.Random(11)
for size in (5, 40, 200):
    graph = {n: rng.sample(range(n), rng.randrange(min(n, 4) + 1)) for n in range(size)}
    static = list(TopologicalSorter(graph).static_order())
    at = {n: i for i, n in enumerate(static)}
    print(len(static), all(at[p] < at[n] for n in graph for p in graph[n]), len(build(graph, 4)))
s = TopologicalSorter()
s.add("a", "b", "c")
s.add("b", "c")
s.add("a", "d")
s.add("c")
s.add("a")
print(list(s.static_order()), list(TopologicalSorter().static_order()), list(TopologicalSorter({1: (), (2, 3): [1], None: {(2, 3)}}).static_order()))
for graph in ({"a": ["a"]}, {"a": ["b"], "b": ["c"], "c": ["a"]}, {1: [2], 2: [3], 3: [2, 4], 4: []}, {"x": ["y"], "y": ["x"], "z": []}):
    s = TopologicalSorter(graph)
    try:
        s.prepare()
    except CycleError as e:
        cycle = e.args[1]
        print(e.args[0], len(cycle), cycle[0] == cycle[-1], all(a in graph[b] for a, b in zip(cycle, cycle[1:])), isinstance(e, ValueError))
        print(sorted(s.get_ready()), s.is_active())
s = TopologicalSorter({"b": ["a"], "c": ["a"]})
for act in (lambda: s.get_ready(), lambda: s.done("a"), lambda: s.is_active(), lambda: s.prepare(), lambda: s.prepare(), lambda: s.add("z"), lambda: s.done("a"), lambda: s.done("nope"), lambda: s.get_ready(), lambda: s.get_ready(), lambda: s.done("b"), lambda: s.done("a"), lambda: s.done("a"), lambda: sorted(s.get_ready()), lambda: s.done("b", "c"), lambda: s.is_active(), lambda: TopologicalSorter(5), lambda: TopologicalSorter({1: 5}), lambda: TopologicalSorter({1: [[]]}), lambda: TopologicalSorter().add([]), lambda: TopologicalSorter().add()):
    try:
        print(act())
    except Exception as e:
        print(type(e).__name__, e)
print(TopologicalSorter[int], graphlib.__all__)
