# A builtin method called in a wrong way names the class that it comes from, not the object's.
import collections

CALLS = (
    lambda: collections.defaultdict(list).clear(1), lambda: collections.defaultdict.clear(1), lambda: collections.OrderedDict().clear(1),
    lambda: collections.OrderedDict().values(1), lambda: collections.Counter().clear(1), lambda: True.bit_length(3), lambda: dict.clear({}, 3),
    lambda: collections.defaultdict().copy(1), lambda: bool.conjugate(1, 2), lambda: collections.defaultdict(list).__len__(1),
    lambda: ValueError().with_traceback(), lambda: OSError().add_note(), lambda: collections.defaultdict().fromkeys(), lambda: True.bit_length(x=3),
    lambda: collections.defaultdict().items(x=1), lambda: collections.OrderedDict().popitem(1, 2), lambda: collections.OrderedDict().keys(k=1),
    lambda: type("D", (dict,), {})().items(1), lambda: type("L", (list,), {})().append(), lambda: type("S", (str,), {})().upper(1),
)
bound = [collections.OrderedDict().clear, collections.defaultdict().copy, type("L", (list,), {})().append, True.bit_length, type("D", (dict,), {})().items, [].append]
CALLS += tuple(lambda b=b: b(1, 2) for b in bound) + tuple(lambda b=b: b(x=1) for b in bound)
for call in CALLS:
    try:
        call()
    except Exception as e:
        print(repr(e))
