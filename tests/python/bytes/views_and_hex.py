# Views that are empty or stepped, and whether they count as contiguous; what fromhex refuses first.
for s in ('\x00\x7f\x80', 'ab\u1234', 'zzé', 'é', 'a', '0 ', 'ab c', '\U0001f600', 'é0'):
    for t in (bytes, bytearray):
        try: print(t.fromhex(s))
        except Exception as e: print(repr(e))
import struct

views = (memoryview(b'12')[5:1:-2], memoryview(b'12')[::2], memoryview(b'12')[::-1], memoryview(b'1')[::-1], memoryview(b'')[::-1], memoryview(b'')[::3],
         memoryview(b'abcd')[2:2:2], memoryview(b''), memoryview(b'abcd').cast('B', [2, 2])[:0], memoryview(b'abcd').cast('B', (2, 2))[::-2],
         memoryview(b'abcd').cast('h')[1:0:-1])
for m in views:
    print(m.contiguous, m.c_contiguous, m.f_contiguous, m.shape, m.strides, m.nbytes, bytes(m), m.tobytes(), m.hex())
    for f in (lambda: struct.unpack('?', m), lambda: struct.unpack('', m), lambda: m.cast('B').tolist()):
        try:
            print(f())
        except Exception as e:
            print(repr(e))
