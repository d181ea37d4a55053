# timeout: 60
# The methods of bytes, bytearray and memoryview with odd arguments.
from _odd_arguments import show

show(lambda: b"abcab", lambda: b"\xff 1", lambda: bytearray(b"abcab"), lambda: memoryview(b"abcd"))
