# timeout: 60
# The methods of numbers, ranges and slices with odd arguments.
from _odd_arguments import show

show(lambda: 5, lambda: -7, lambda: True, lambda: 1.5, lambda: float("inf"), lambda: 1 + 2j, lambda: range(5), lambda: slice(1, 5, 2))
