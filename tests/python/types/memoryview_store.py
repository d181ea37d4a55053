# Storing into memoryviews: the index is looked at before the value.
import array

for m in (memoryview(bytearray(b"abc")), memoryview(array.array("i", [1, 2])), memoryview(bytearray(b"abc")).cast("c")):
    for key in (0, 6, -9, 2.0, "a", (0,)):
        for v in (b"a", "b", 3.5, None, 300, -1, 2**70, 7):
            try:
                m[key] = v
                print(m.tolist())
            except Exception as e:
                print(key, repr(v), type(e).__name__, e)


class Shrinks:
    def __index__(self):
        view.release()
        return 1


view = memoryview(bytearray(3))
try:
    view[0] = Shrinks()
except (ValueError, BufferError) as e:
    print("refused")
