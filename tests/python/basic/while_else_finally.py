"""finally with return, break, continue and nested exceptions: the order things happen in."""

log = []

def f(kind):
    try:
        log.append("try " + kind)
        if kind == "return":
            return "returned"
        if kind == "raise":
            raise ValueError(kind)
        if kind == "caught":
            try:
                raise KeyError(kind)
            except KeyError:
                log.append("inner except")
            finally:
                log.append("inner finally")
    except ValueError:
        log.append("except")
        return "from except"
    else:
        log.append("else")
    finally:
        log.append("finally")
    return "end"

for kind in ("return", "raise", "caught", "none"):
    print(kind, f(kind), log)
    log.clear()

def swallow():
    while True:
        try:
            raise RuntimeError("lost")
        finally:
            break
    return "survived"

print(swallow())

def replace():
    try:
        return 1
    finally:
        return 2

print(replace())

def continues():
    out = []
    for i in range(4):
        try:
            if i % 2:
                continue
            out.append(i)
        finally:
            out.append("f")
    return out

print(continues())

def nested():
    try:
        try:
            raise ValueError("a")
        finally:
            raise KeyError("b")
    except KeyError as error:
        return repr(error), repr(error.__context__)

print(nested())

def gen():
    try:
        yield 1
    finally:
        log.append("generator closed")

for x in gen():
    break
print(log)

def value_kept():
    x = 1
    try:
        return x
    finally:
        x = 2

print(value_kept())

def depth(n):
    try:
        if n:
            return depth(n - 1) + 1
        raise ValueError
    except ValueError:
        return 0
    finally:
        log.append(n)

log.clear()
print(depth(3), log)
