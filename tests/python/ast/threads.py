# Trees made, changed and compiled by many threads at once, one of them shared.
import ast
import threading

shared = ast.parse("total = sum(i * i for i in range(n))")
results = []
barrier = threading.Barrier(6)


def work(number):
    barrier.wait()
    mine = []
    for k in range(30):
        tree = ast.parse(f"def f_{number}(x):\n    return [x + {k} for _ in range({number})]\nresult = f_{number}({k})")
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant):
                node.value += 1
        scope = {}
        exec(compile(tree, "<tree>", "exec"), scope)
        mine.append(scope["result"])
        scope = {"n": number + k}
        exec(compile(shared, "<shared>", "exec"), scope)
        mine.append(scope["total"])
        assert ast.unparse(shared) == "total = sum((i * i for i in range(n)))"
    results.append((number, mine))


threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for number, mine in sorted(results):
    print(number, mine[:4], len(mine), sum(x if isinstance(x, int) else sum(x) for x in mine))
