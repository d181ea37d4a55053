# decimal: the current context of threads and tasks, localcontext, pickles, copies; operations by many threads on shared numbers.
import contextvars
import copy
import pickle
import threading
from decimal import *

getcontext().prec = 10
print(getcontext().prec)
with localcontext() as c:
    c.prec = 5
    print(getcontext() is c, Decimal(1) / 3)
    with localcontext(prec=3, rounding=ROUND_UP, traps=[Inexact]) as inner:
        print(inner, getcontext() is inner)
        try:
            Decimal(1) / 3
        except Inexact as e:
            print("Inexact", e.args, inner.flags[Inexact])
    print(getcontext() is c)
print(Decimal(1) / 3)
with localcontext(BasicContext, capitals=0) as c:
    print(c, Decimal("1E+50"), c is BasicContext)
setcontext(ExtendedContext)
print(getcontext() is ExtendedContext, getcontext(), Decimal(1) / 0, getcontext().flags[DivisionByZero], ExtendedContext.flags[DivisionByZero])
mine = Context(prec=7)
setcontext(mine)
print(getcontext() is mine)

copied = contextvars.copy_context()


def change():
    setcontext(Context(prec=2))
    return Decimal(1) / 3


print(copied.run(change), Decimal(1) / 3, copied.run(lambda: getcontext().prec))

results = {}


def work(k):
    start = getcontext().prec
    getcontext().prec = 20 + k
    total = Decimal(0)
    for i in range(1, 400):
        total += SHARED / i * THIRD ** (i % 5)
    results[k] = (start, total, total.sqrt(), hash(SHARED), getcontext().flags[Inexact], SHARED == pickle.loads(pickle.dumps(SHARED)))


SHARED = Decimal("12345678901234567890123456789012345678901234567890.5")
THIRD = Decimal("0.3333")
threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for k in sorted(results):
    print(k, results[k])

# One context for all: what each adds to the flags is there in the end.
shared = Context(prec=6)


def signal_all(k):
    for i in range(200):
        operations[k](shared)


operations = [lambda c: c.divide(1, 3), lambda c: c.create_decimal("0E-9999999"), lambda c: c.add(1, Decimal("1.0")), lambda c: c.compare(Decimal("nan"), 1),
              lambda c: c.create_decimal(1.5)]
threads = [threading.Thread(target=signal_all, args=(k,)) for k in range(len(operations))]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(shared)

for v in (Decimal("1.50"), Decimal("-0"), Decimal("sNaN12"), Decimal("-Infinity"), Decimal(10) ** 100, Context(prec=3, traps=[Inexact], flags=[Rounded])):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(v, protocol))
        if repr(again) != repr(v):
            print("differs", v, again)
    print(repr(copy.copy(v)) == repr(v), repr(copy.deepcopy(v)) == repr(v), copy.copy(v) is v)
print(Decimal("-12.5e3").as_tuple(), Decimal("nan5").as_tuple(), DecimalTuple(0, (1, 2), 3)._replace(sign=1))

# Precisions that no memory holds are no trouble where results are exact.
with localcontext(Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)):
    print(Decimal(4).sqrt(), Decimal(4) / 2, Decimal(400) ** -1, Decimal(0).exp(), Decimal(1).ln(), Decimal(10**223).log10(), divmod(Decimal(10), 3), Decimal(3) * 7)
    for f in (lambda: Decimal(1) / 3, lambda: Decimal(2).sqrt()):
        try:
            print(f())
        except MemoryError:
            print("MemoryError")
