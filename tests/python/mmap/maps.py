# mmap: anonymous memory and files, item and slice access, the position, exported buffers, what is refused.
import mmap
import os
def a(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
print([n for n in dir(mmap) if n.isupper()]); print(mmap.error, mmap.PAGESIZE)
print([n for n in dir(mmap.mmap) if n[0]!='_'])
m=mmap.mmap(-1,10); print(m); print(len(m))
m[:]=b'0123456789'
for f in (lambda: m[0], lambda: m[-1], lambda: m[10], lambda: m[2:5], lambda: m[::2], lambda: m.__setitem__(0,300), lambda: m.__setitem__(0,b'a'), lambda: m.__setitem__(slice(0,2),b'abc'), lambda: m['x'], lambda: m.__delitem__(0), lambda: m.__setitem__(10, b'x'), lambda: m.madvise(mmap.MADV_NORMAL, 2, 2**63 - 1), lambda: m.find(b'5'), lambda: m.find(b'5',6), lambda: m.rfind(b'5'), lambda: m.find('x'), lambda: m.read(3), lambda: m.tell(), lambda: m.read(), lambda: m.seek(0), lambda: m.seek(-1,2), lambda: m.tell(), lambda: m.seek(5,7), lambda: m.seek(100), lambda: m.seek(-1), lambda: m.readline(), lambda: m.read_byte(), lambda: m.write(b'toolong____'), lambda: (m.seek(0), m.write(b'xy')), lambda: m.write_byte(65), lambda: m.write_byte(300), lambda: m.write_byte('x'), lambda: m[:], lambda: m.move(0,5,3), lambda: m.move(0,9,3), lambda: m[:], lambda: m.flush(), lambda: m.flush(1,1), lambda: m.flush(0,100), lambda: m.resize(20), lambda: m.size(), lambda: m.madvise(mmap.MADV_NORMAL), lambda: m.madvise(999), lambda: m.closed, lambda: 65 in m, lambda: b'x' in m, lambda: m+b'x', lambda: m*2, lambda: list(m)[:3], lambda: bytes(m), lambda: hash(m) and 1, lambda: m==m, lambda: m<m,
 lambda: mmap.mmap(-1,-1), lambda: mmap.mmap(-1,0), lambda: mmap.mmap(-1,10,offset=-1), lambda: mmap.mmap('x',1), lambda: mmap.mmap(999,1), lambda: mmap.mmap(-1,10,access=7), lambda: mmap.mmap(-1,10,access=1,prot=1), lambda: mmap.mmap(-1,10,access=mmap.ACCESS_READ).write(b'x'), lambda: repr(mmap.mmap(-1,10,access=mmap.ACCESS_READ)), lambda: mmap.mmap(-1,10,access=mmap.ACCESS_COPY), lambda: mmap.mmap(-1,10,access=mmap.ACCESS_READ).__setitem__(0,1)): a(f)
v=memoryview(m); a(m.close); a(lambda: m.resize(5)); v.release(); a(m.close); a(lambda: m[0]); a(lambda: m); a(m.close); a(lambda: m.closed); a(lambda: len(m)); a(lambda: m.read(1))
open('f.bin','wb').write(b'hello world\nsecond\n')
with open('f.bin','r+b') as f:
    with mmap.mmap(f.fileno(),0) as m:
        a(lambda: m.readline()); a(lambda: m.size()); a(lambda: len(m)); a(lambda: m.resize(30)); a(lambda: m.size()); a(lambda: m[-3:])
        m[0:5]=b'HELLO'
    a(lambda: mmap.mmap(f.fileno(),100)); a(lambda: mmap.mmap(f.fileno(),5,offset=10)); a(lambda: mmap.mmap(f.fileno(),5,offset=100000))
print(open('f.bin','rb').read())
open('g.bin','wb').close()
with open('g.bin','r+b') as f: a(lambda: mmap.mmap(f.fileno(),0))

from multiprocessing import shared_memory
import threading

shm = shared_memory.SharedMemory(create=True, size=100)
try:
    shm.buf[:5] = b"hello"
    other = shared_memory.SharedMemory(shm.name)
    print(bytes(other.buf[:5]), shm.size == other.size, shm.name == other.name)
    pid = os.fork()
    if pid == 0:
        other.buf[0] = 72
        os._exit(0)
    os.waitpid(pid, 0)
    print(bytes(shm.buf[:5]))
    other.close()
finally:
    shm.close()
    shm.unlink()

m = mmap.mmap(-1, 4096)


def fill(i):
    for k in range(200):
        m[i * 100:(i + 1) * 100] = bytes([i]) * 100
        assert m[i * 100:(i + 1) * 100] == bytes([i]) * 100


threads = [threading.Thread(target=fill, args=(i,)) for i in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print([m[i * 100] for i in range(8)])
