# Casting views of what ctypes exports, whose formats are no native single characters.
import ctypes
class S(ctypes.Structure): _fields_=[('a',ctypes.c_int),('b',ctypes.c_int)]
for o in (ctypes.create_string_buffer(8),(ctypes.c_ubyte*8)(),(ctypes.c_int*2)(),(S*1)(),(ctypes.c_ubyte*2*4)()):
    m=memoryview(o)
    for f in ('B','b','c','i','<B','@B','Q','x',''):
        try: r=m.cast(f); print(m.format,f,r.format,r.shape,r.itemsize)
        except Exception as e: print(m.format,f,type(e).__name__,e)
