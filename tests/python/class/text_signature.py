"""Classes whose docstring tells their signature, as C types' docstrings do."""
import inspect

class A:
    """A(x, y=1)\n--\n\nWhat it is."""
class B:
    """B(x)\n--\nno empty line"""
class C:
    """Other(x)\n--\n\n"""
class D:
    """D(x\n\n)\n--\n\n"""
class E(A): pass
class F: """F (x)\n--\n\n"""
class G:
    """G()\n--\n\n\xe9"""
for c in (A, B, C, D, E, F, G, dict, type): print(c.__name__, repr(c.__text_signature__), c.__doc__ if c.__module__ == "__main__" else "")
print(inspect.signature(A), inspect.signature(E), inspect.signature(G))
for f in (dict.pop, int.__round__, int.conjugate, float.conjugate, list.__class_getitem__, type({}.keys()).isdisjoint):
    print(f.__qualname__, f.__text_signature__)
    try:
        print(inspect.signature(f))
    except ValueError as e:
        print(e)
