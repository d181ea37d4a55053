# doctest: examples found in docstrings and files, options, failures reported, exceptions, wild cards, and examples rewritten.
import doctest
import io
import contextlib
import sys
import types
import unittest

SOURCE = '''
"""Module text.

>>> double(4)
8
>>> for i in range(2):
...     print(i)
0
1
"""

def double(x):
    """
    >>> double(2)
    4
    >>> double("ab")    # wrong on purpose
    'abba'
    >>> double(None)
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
    >>> double([])[5]
    Traceback (most recent call last):
    KeyError: 'other'
    """
    return x * 2

class Box:
    """
    >>> b = Box(); b.items = [1, 2]
    >>> len(b)
    2
    """
    def __len__(self):
        """
        >>> len(Box())  # doctest: +SKIP
        7
        >>> print('a   b')  # doctest: +NORMALIZE_WHITESPACE
        a b
        >>> list(range(20))  # doctest: +ELLIPSIS
        [0, 1, ..., 19]
        >>> print('x\\\\n\\\\ny')
        x
        <BLANKLINE>
        y
        >>> True
        1
        """
        return len(getattr(self, "items", ()))

    @property
    def prop(self):
        """
        >>> 1/0
        1
        """
    @staticmethod
    def stat():
        """
        >>> print("line one\\\\nline two\\\\nline three")  # doctest: +REPORT_NDIFF
        line one
        line 2
        line three
        """

__test__ = {"extra": ">>> 1 + 1\\n3\\n"}
'''
module = types.ModuleType("sample")
exec(compile(SOURCE, "sample.py", "exec"), module.__dict__)
sys.modules["sample"] = module
for name, value in list(vars(module).items()):
    if isinstance(value, type(lambda: 0)):
        value.__module__ = "sample"
finder = doctest.DocTestFinder(exclude_empty=False)
for test in sorted(finder.find(module), key=lambda t: t.name):
    print(test.name, test.lineno, [(e.source, e.want, e.lineno, e.indent, e.exc_msg, sorted(e.options.values())) for e in test.examples])


def run(**options):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        result = doctest.testmod(module, **options)
    print(options, result)
    print(out.getvalue())


run()
run(optionflags=doctest.IGNORE_EXCEPTION_DETAIL | doctest.DONT_ACCEPT_TRUE_FOR_1 | doctest.REPORT_ONLY_FIRST_FAILURE, report=False)
run(verbose=True, extraglobs={"double": lambda x: 8})
run(optionflags=doctest.FAIL_FAST | doctest.REPORT_UDIFF)
try:
    doctest.testmod(module, raise_on_error=True)
except doctest.UnexpectedException as e:
    print("UnexpectedException", e.example.source, e.exc_info[0])
except doctest.DocTestFailure as e:
    print("DocTestFailure", e.example.source, repr(e.got), e)

with open("story.txt", "w") as f:
    f.write("A story\n=======\n\n    >>> import math\n    >>> math.floor(2.5)\n    2\n\nand\n\n    >>> print(start, "and")\n    5 \n    >>> [1,\n    ...  2]\n    [1, 3]\n")
out = io.StringIO()
with contextlib.redirect_stdout(out):
    result = doctest.testfile("story.txt", module_relative=False, globs={"start": 5}, optionflags=doctest.REPORT_CDIFF)
print(result, out.getvalue())
parser = doctest.DocTestParser()
for text in (">>> 1\n1\ntext\n>>> 2\n  bad", ">>>1\n", ">>> x  # doctest: +NOPE\n", "  >>> y\n  ...   z\n  out\n", ">>> def f():\n... return\n", ">>> # doctest: +SKIP\n", "none", ">>> 'a'\n'a'\n  ..bad\n", "  >>> a\n bad indent\n"):
    try:
        print([(p if isinstance(p, str) else (p.source, p.want)) for p in parser.parse(text, "piece")])
    except ValueError as e:
        print("ValueError", e)
print(doctest.script_from_examples("Words.\n>>> 1 + 1\n2\nMore words.\n>>> print(3)\n4\n"))
checker = doctest.OutputChecker()
print([checker.check_output(w, g, f) for w, g, f in (("a\n", "a\n", 0), ("1\n", "True\n", 0), ("a  b\n", "a b\n", doctest.NORMALIZE_WHITESPACE), ("a...z\n", "abcz\n", doctest.ELLIPSIS), ("a...b...\n", "acbd\n", doctest.ELLIPSIS), ("...", "", doctest.ELLIPSIS), ("a...a\n", "a\n", doctest.ELLIPSIS))])
suite = doctest.DocTestSuite(module, optionflags=doctest.ELLIPSIS)
r = unittest.TestResult()
suite.run(r)
print(r.testsRun, len(r.failures), sorted(str(t) for t, _ in r.failures), sorted(t.shortDescription() for t in suite) if suite.countTestCases() and not any(t is None for t in suite) else "")
flag = doctest.register_optionflag("MINE")
print(flag == doctest.OPTIONFLAGS_BY_NAME["MINE"], repr(doctest.Example("x", "y")), doctest.Example("x", "y") == doctest.Example("x\n", "y\n"), test)
try:
    doctest.set_unittest_reportflags(doctest.ELLIPSIS)
except ValueError as e:
    print(e)
