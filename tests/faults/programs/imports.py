# Imports of library modules from a cold start, one after the other.
import collections.abc
import contextlib
import enum
import functools
import json
import re
import textwrap
import traceback
import types
import weakref


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


print(json.dumps({"a": [1, 2.5, None]}), textwrap.shorten("some words to shorten", 12), re.escape("a.b"), Colour.RED.name, Colour(2), list(Colour))
