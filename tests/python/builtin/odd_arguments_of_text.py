# timeout: 60
# The methods of str with odd arguments.
from _odd_arguments import show

show(lambda: "", lambda: "abcab", lambda: "\xe9a\U0001f600")
