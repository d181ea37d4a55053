# partial.__setstate__ with and without attributes and keywords.
import functools
import pickle


def show(p):
    print(p.func.__name__, p.args, p.keywords, p.__dict__, p.__reduce__()[2][1:])


p = functools.partial(max)
p.__setstate__((min, (1,), dict(a=10), dict(attr=[])))
show(p)
p.__setstate__((max, (1,), dict(a=10), None))
show(p)
p.attr = 3
p.__setstate__((max, (1,), None, None))
print(p.args, p.__dict__)
for state in (None, (), (max, (), {}), (max, [], {}, None), (max, (), [], None), (None, (), {}, None)):
    try:
        p.__setstate__(state)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
q = functools.partial(max, 1, key=abs)
q.note = "kept"
show(pickle.loads(pickle.dumps(q)))
