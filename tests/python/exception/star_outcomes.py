# except* with handlers that raise anew, raise what they caught, or end: what comes out, for groups and naked exceptions.
def t(label, raised, *handlers):
    try:
        try: raise raised
        except* TypeError as e: handlers[0](e)
        except* ValueError as e: handlers[1](e)
    except BaseException as e: print(label, repr(e))
    else: print(label, 'none')
def new(e): raise SyntaxError(3)
def same(e): raise e
def ok(e): pass
T,V=TypeError(1),ValueError(2); G=lambda *a: ExceptionGroup("eg",a)
for a in (new,same,ok):
    for b in (new,same,ok):
        for r in (G(T,V),G(T),G(T,V,OSError(4)),G(OSError(4)),T, OSError(5)):
            t((a.__name__,b.__name__,repr(r)), r, a, b)
