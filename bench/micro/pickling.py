"""Pickle kernels: dumps and loads of lists, dicts, strings and instances, per item."""
import dataclasses
import pickle

from _timer import report


@dataclasses.dataclass
class Record:
    name: str
    number: int
    price: float


INTS = list(range(1000))
NESTED = [[i, (i, 2.5)] for i in range(250)]
STRINGS = [f"string number {i}" for i in range(1000)]
DICTS = [{"id": i, "name": f"n{i}", "score": i / 3} for i in range(250)]
RECORDS = [Record(f"n{i}", i, i / 3) for i in range(250)]


def writer(values):
    def kernel(n, dumps=pickle.dumps):
        for _ in range(n // len(values)):
            dumps(values)
    return kernel


def reader(values):
    data = pickle.dumps(values)

    def kernel(n, loads=pickle.loads):
        for _ in range(n // len(values)):
            loads(data)
    return kernel


def dump_one(n, dumps=pickle.dumps, record=RECORDS[5]):
    for _ in range(n):
        dumps(record)


def load_one(n, loads=pickle.loads, data=pickle.dumps(RECORDS[5])):
    for _ in range(n):
        loads(data)


report(dump_ints=writer(INTS), dump_nested=writer(NESTED), dump_strings=writer(STRINGS), dump_dicts=writer(DICTS), dump_records=writer(RECORDS),
       dump_one=dump_one, load_ints=reader(INTS), load_nested=reader(NESTED), load_strings=reader(STRINGS), load_dicts=reader(DICTS),
       load_records=reader(RECORDS), load_one=load_one)
