"""An uncaught exception through three functions: the traceback with carets, and exit status 1."""

def inner(values, index):
    return values[index] / 0

def middle(n):
    data = [n, n + 1]
    return inner(data, 1) + 1

def outer():
    result = middle(3)
    return result

print("before")
outer()
print("never")
