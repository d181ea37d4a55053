# timeout: 60
# The methods of list, tuple, dict, set and frozenset with odd arguments.
from _odd_arguments import show

show(lambda: [1, 2, 3], lambda: ["b", "a"], lambda: (1, 2, 3), lambda: {1: 2, "a": 1}, lambda: {1, 2},
     lambda: frozenset({1}))
