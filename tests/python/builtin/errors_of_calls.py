# Which error comes first, and what hangs below it: chr, sorted, codecs that fail.
import codecs
for f in (lambda: chr(2**40), lambda: chr(-2**40), lambda: chr(2**70), lambda: chr(-2**63), lambda: chr(0x110000), lambda: sorted(1.5, reverse=None), lambda: sorted(1.5, foo=1), lambda: sorted([1], foo=1), lambda: sorted(1, 2), lambda: sorted(), lambda: sorted(reverse=3)):
    try: f()
    except Exception as e: print(repr(e))
for a in (('a','hex'),('a','base64'),('a', 'idna','bad'), (3,'rot13'), ('a','zlib'), ('é','idna')):
    for op in (codecs.encode, codecs.decode):
        try: print(op(*a))
        except Exception as e:
            print(repr(e), repr(e.__cause__), repr(e.__context__))
for a in (('idna','bad'),('hex',), ('punycode',)):
    for op in ('a'.encode, b'\xff'.decode):
        try: print(op(*a))
        except Exception as e:
            print(repr(e), repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
for f in (lambda: [](**{1: 2}), lambda: 3(*[1], **{2: 3}), lambda: len(**{1: 2}), lambda: (lambda **k: k)(**{1: 2}), lambda: print(**{1: 2}), lambda: [](**{'a': 1}), lambda: None(*3)):
    try: f()
    except Exception as e: print(repr(e))
