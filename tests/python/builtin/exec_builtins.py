# What exec() does with globals whose __builtins__ are no dict, or none at all.
import types
code = compile("print('Hello World!')", "", "exec")
for g in ({}, {"__builtins__": {}}, {'__builtins__': 123}, {'__builtins__': types.MappingProxyType({})} ):
    try: exec(code, g)
    except Exception as e: print(type(e).__name__, e)
code = compile("class A: pass", "", "exec")
for g in ({'__builtins__': {}}, {'__builtins__': 123},{'__builtins__': types.MappingProxyType({})}, {'__builtins__': types.MappingProxyType({'__build_class__':__build_class__})}):
    try: exec(code, g)
    except Exception as e: print(type(e).__name__, e)
