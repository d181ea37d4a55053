# pickle: out-of-band buffers (protocol 5).
import pickle

buffers = []
data = pickle.dumps([pickle.PickleBuffer(bytearray(b"big" * 10)), b"small"], 5, buffer_callback=buffers.append)
print(len(data), [bytes(b) for b in buffers], pickle.loads(data, buffers=buffers))
view = memoryview(b"abcdef")[1:4]
b = pickle.PickleBuffer(view)
print(bytes(b.raw()), b.release(), pickle.loads(pickle.dumps(pickle.PickleBuffer(b"x"), 5)))
for bad in (lambda: pickle.dumps(pickle.PickleBuffer(b"x"), 4), lambda: pickle.PickleBuffer(3), lambda: b.raw(), lambda: pickle.dumps(1, 4, buffer_callback=print), lambda: pickle.loads(data)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
