# dir() of modules whose class has a __dict__ of its own, and of those with a __dir__ function.
import types
class M2(types.ModuleType):
    def getdict(self): return "x"
    __dict__ = property(getdict)
try: print(dir(M2('a')))
except Exception as e: print(repr(e))
class M3(types.ModuleType): pass
try: print(M3.__dir__(M3('b')))
except Exception as e: print(repr(e))
m=types.ModuleType('c'); print(m.__dir__()); m.__dir__=lambda: ['q','b']; print(m.__dir__(), dir(m))
m.__dir__=lambda: 5
try: print(dir(m))
except Exception as e: print(repr(e))
print(types.ModuleType.__dir__(m)) 
print(type(m.__dir__))
