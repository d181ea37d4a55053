"""A transaction system, timers by counters, temporary changes and nested scopes built on context managers."""

class Store:
    def __init__(self):
        self.data, self.stack = {}, []
    def transaction(self, name): return Transaction(self, name)
    def __setitem__(self, k, v):
        if self.stack:
            self.stack[-1].undo.append((k, self.data.get(k, Transaction)))
        self.data[k] = v
    def __delitem__(self, k):
        if self.stack:
            self.stack[-1].undo.append((k, self.data[k]))
        del self.data[k]
    def __repr__(self): return repr(dict(sorted(self.data.items())))

class Rollback(Exception): pass

class Transaction:
    def __init__(self, store, name): self.store, self.name, self.undo = store, name, []
    def __enter__(self):
        self.store.stack.append(self)
        return self
    def __exit__(self, kind, value, tb):
        assert self.store.stack.pop() is self
        if kind is None:
            if self.store.stack:
                self.store.stack[-1].undo += self.undo
            print("commit", self.name, len(self.undo))
            return False
        for k, old in reversed(self.undo):
            if old is Transaction:
                self.store.data.pop(k, None)
            else:
                self.store.data[k] = old
        print("rollback", self.name, f"{kind.__name__}: {value}")
        return kind is Rollback

s = Store()
with s.transaction("first"):
    s["a"], s["b"] = 1, 2
print(s)
with s.transaction("second") as t:
    s["a"] = 100
    del s["b"]
    s["c"] = 3
    raise Rollback("not today")
print(s, len(t.undo))
with s.transaction("outer"):
    s["a"] = 5
    with s.transaction("inner ok"):
        s["x"] = 1
    with s.transaction("inner bad"):
        s["a"] = 6
        s["y"] = 2
        raise Rollback("inner")
    print("inside", s)
print(s)
try:
    with s.transaction("outer fails"):
        with s.transaction("inner committed"):
            s["a"] = "lost"
            s["z"] = 1
        s["nothing"] = {}["missing"]
except KeyError as e:
    print("KeyError", e)
print(s)

class Indent:
    level = 0
    def __enter__(self):
        Indent.level += 1
        return self
    def __exit__(self, *a): Indent.level -= 1
    def print(self, text): print("    " * Indent.level + text)

with Indent() as i:
    i.print("hi")
    with i:
        i.print("deeper")
        with i, i:
            i.print("deepest")
    i.print("back")
print(Indent.level)

class Patch:
    def __init__(self, target, **changes): self.target, self.changes = target, changes
    def __enter__(self):
        self.saved = {k: getattr(self.target, k) for k in self.changes}
        for k, v in self.changes.items():
            setattr(self.target, k, v)
    def __exit__(self, *a):
        for k, v in self.saved.items():
            setattr(self.target, k, v)

class Config: debug, level = False, 1
with Patch(Config, debug=True, level=9):
    print(Config.debug, Config.level)
    with Patch(Config, level=0):
        print(Config.level)
print(Config.debug, Config.level)
class Stack:
    def __init__(self): self.callbacks = []
    def __enter__(self): return self
    def push(self, f, *a): self.callbacks.append((f, a))
    def enter(self, cm):
        value = type(cm).__enter__(cm)
        self.callbacks.append((lambda: type(cm).__exit__(cm, None, None, None), ()))
        return value
    def __exit__(self, *exc):
        while self.callbacks:
            f, a = self.callbacks.pop()
            f(*a)
with Stack() as st:
    st.push(print, "first pushed, last run")
    for n in range(3):
        st.push(print, "callback", n)
    st.enter(Indent()).print("inside stack")
print(Indent.level)
