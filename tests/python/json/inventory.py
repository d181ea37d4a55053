"""An inventory kept as JSON: custom types both ways, streams, sorted and indented output, a JSON-lines log, threads that share one decoder."""

import enum
import io
import json
import threading
from fractions import Fraction

class Unit(enum.Enum):
    PIECE = "pc"
    KILO = "kg"

class Money:
    def __init__(self, amount, currency="EUR"): self.amount, self.currency = amount, currency
    def __eq__(self, other): return (self.amount, self.currency) == (other.amount, other.currency)

class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, Money): return {"__money__": [str(o.amount), o.currency]}
        if isinstance(o, Unit): return {"__unit__": o.value}
        if isinstance(o, set): return sorted(o)
        return super().default(o)

def revive(d):
    if "__money__" in d: return Money(Fraction(d["__money__"][0]), d["__money__"][1])
    if "__unit__" in d: return Unit(d["__unit__"])
    return d

stock = {
    "Grüße": {"unit": Unit.PIECE, "price": Money(Fraction(5, 2)), "tags": {"b", "a"}, "dims": (1.5, 2, -3e-7), "note": "Zeile 1\nZeile \"2\"\t\\ \u2028 \x7f"},
    "screws": {"unit": Unit.KILO, "price": Money(Fraction(1, 3), "USD"), "tags": set(), "dims": (), "note": None},
    "😀": {"unit": Unit.PIECE, "price": Money(Fraction(0)), "tags": {"x" * 70}, "dims": [10 ** 20, True, False], "note": ""},
}
for options in ({}, {"ensure_ascii": False}, {"sort_keys": True, "separators": (",", ":")}, {"indent": 2}, {"indent": "\t", "sort_keys": True}):
    text = json.dumps(stock, cls=Encoder, **options)
    print(text)
    back = json.loads(text, object_hook=revive)
    print(list(back) if not options.get("sort_keys") else sorted(back), all(back[k]["price"] == stock[k]["price"] and back[k]["unit"] is stock[k]["unit"] for k in stock))

stream = io.StringIO()
json.dump(stock, stream, cls=Encoder, indent=1)
stream.seek(0)
print(json.load(stream)["screws"], json.load(io.BytesIO(json.dumps(stock, cls=Encoder).encode("utf-16")))["😀"]["dims"])

log = io.StringIO()
for i in range(200): log.write(json.dumps({"seq": i, "value": i * i / 7, "even": not i % 2, "path": ["a", i]}) + "\n")
rows = [json.loads(line) for line in log.getvalue().splitlines()]
print(sum(r["value"] for r in rows), sum(r["even"] for r in rows), rows[77], all(json.dumps(r) == line for r, line in zip(rows, log.getvalue().splitlines())))

decoder, position, values = json.JSONDecoder(parse_float=Fraction, object_pairs_hook=tuple), 0, []
text = '{"a": 0.5, "a": 1} [1e3, -2.25] "end" 17'
while position < len(text):
    value, position = decoder.raw_decode(text, position)
    values.append(value)
    position += 1
print(values)

for broken in ('{"a": [1, 2}', '{"a": 1,}', '[1, 2', '{"a" 1}', '"abc', '[1] x', '{\n "a": 1,\n "b": tru\n}', '"tab\there"', ''):
    try: json.loads(broken)
    except json.JSONDecodeError as e: print(e, e.msg, e.pos, e.lineno, e.colno)

results = {}
document = json.dumps({"k%d" % i: {"n": [i] * 5, "s": "v%d" % (i % 7)} for i in range(300)})
def work(k):
    loads, dumps = shared.decode, json.dumps
    for _ in range(10):
        data = loads(document)
        data["k%d" % k]["n"].append(k)
        results[k] = len(dumps(data, sort_keys=True))
shared = json.JSONDecoder()
threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(results.items()))
