"""A ledger read, checked, regrouped and written in several dialects; files with quoted line ends; a sniffed table; threads with readers of their own."""

import collections
import csv
import io
import threading

rows = [["date", "account", "text", "amount"]]
for i in range(60):
    rows.append([f"2023-{i % 12 + 1:02d}-{i % 28 + 1:02d}", ["cash", "bank", "café"][i % 3], ['plain', 'with "quotes"', "two\nlines", "comma, inside", "", "tab\there"][i % 6], round((i - 30) * 12.345, 2)])

with open("ledger.csv", "w", newline="", encoding="utf-8") as f: csv.writer(f).writerows(rows)
with open("ledger.csv", newline="", encoding="utf-8") as f:
    reader = csv.DictReader(f)
    records = list(reader)
    print(reader.line_num, len(records), reader.fieldnames, records[7], records[2]["text"])
totals = collections.defaultdict(float)
for r in records: totals[r["account"]] += float(r["amount"])
print({k: round(v, 2) for k, v in totals.items()}, [[str(x) for x in row] for row in rows[1:]] == [list(r.values()) for r in records])

class Pipes(csv.Dialect):
    delimiter, quotechar, escapechar, doublequote, skipinitialspace, lineterminator, quoting = "|", "'", "\\", False, True, "\n", csv.QUOTE_NONNUMERIC
csv.register_dialect("pipes", Pipes)
csv.register_dialect("numbers", "pipes", delimiter=";", quotechar='"')
for dialect, options in (("pipes", {}), ("numbers", {}), ("excel-tab", {}), ("unix", {}), ("excel", {"quoting": csv.QUOTE_NONE, "escapechar": "^"})):
    out = io.StringIO(newline="")
    csv.writer(out, dialect, **options).writerows(rows[:8])
    out.seek(0)
    back = list(csv.reader(out, dialect, **options))
    print(dialect, repr(out.getvalue()[:170]), [[str(x) for x in r] for r in back] == [[str(x) for x in r] for r in rows[:8]], back[4])

table = "name;age;city\n'Ann; the first';33;Köln\nBob;4;'x'\nCy;55;Bonn\n"
found = csv.Sniffer().sniff(table)
print(found.delimiter, found.quotechar, csv.Sniffer().has_header(table), list(csv.reader(io.StringIO(table), found)))

out = io.StringIO(newline="")
w = csv.DictWriter(out, ["a", "b", "c"], restval="?", extrasaction="ignore", dialect="unix")
w.writeheader()
print(w.writerow({"a": 1, "z": 2}), w.writerows([{"b": None, "c": 1.5}, {"a": "x,y"}]), out.getvalue())

results, shared = {}, csv.reader(f"{i},{i * i}" for i in range(1000))
text, lock, taken = open("ledger.csv", newline="", encoding="utf-8").read() * 10, threading.Lock(), []
def work(k):
    results[k] = sum(len(r) for r in csv.reader(io.StringIO(text, newline="")))
    while True:
        with lock: row = next(shared, None)
        if row is None: return
        taken.append(row)
threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
for t in threads: t.start()
for t in threads: t.join()
print(set(results.values()), shared.line_num, sorted(taken, key=lambda r: int(r[0])) == [[str(i), str(i * i)] for i in range(1000)])
