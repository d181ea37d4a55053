# sqlite3: connections, cursors, rows, adapters and converters, functions, aggregates, blobs, backups, errors.
import datetime
import io
import sqlite3
import sys

con = sqlite3.connect(":memory:")
cur = con.cursor()
print(cur.execute("create table t(id integer primary key, name text, value real, data blob)") is cur, cur.description, cur.rowcount, cur.lastrowid)
cur.execute("insert into t(name, value, data) values (?, ?, ?)", ("one", 1.5, b"\0\1"))
print(con.in_transaction, cur.lastrowid, cur.rowcount, con.total_changes)
cur.executemany("insert into t(name, value) values (:name, :value)", ({"name": "n%d" % i, "value": i / 4} for i in range(5)))
print(cur.rowcount, cur.lastrowid)
con.commit()
print(con.in_transaction, cur.execute("select * from t").fetchall(), cur.description)
print(cur.execute("select * from t").fetchone(), cur.fetchmany(), cur.fetchmany(2), cur.arraysize, list(cur), cur.fetchone(), cur.fetchmany(3))
cur.execute("update t set value = value + 1 where id > 2")
print(cur.rowcount)
con.rollback()
print(con.execute("select sum(value), count(*), max(name), min(id) from t").fetchone())
print(con.execute("select ?, ?, ?, ?, ?, ?", (None, 2**62, -1.5, "\u20ac\U0001f600", bytearray(b"x"), memoryview(b"abc"))).fetchall())
print(con.execute("select typeof(?), typeof(?), typeof(?), typeof(?), typeof(?)", (1, 1.0, "1", b"1", None)).fetchone(), con.execute("select :a + :b", {"a": 1, "b": 2}).fetchone())
for row in con.execute("delete from t where id < 3 returning id, name"):
    print(row)
con.rollback()

print("rows")
con.row_factory = sqlite3.Row
row = con.execute("select id, name as Label from t order by id desc").fetchone()
print(tuple(row), row["label"], row["ID"], row[0], row[-1], row[0:1], row.keys(), len(row), list(row), list(reversed(row)), hash(row) == hash(row), row == con.execute("select id, name as Label from t order by id desc").fetchone(), "n4" in row)
for key in ("x", 5, 1.5):
    try:
        row[key]
    except Exception as e:
        print(type(e).__name__, e)
con.row_factory = lambda cursor, values: dict(zip([d[0] for d in cursor.description], values))
print(con.execute("select 1 as a, 'b' as b").fetchone())
con.row_factory = None
con.text_factory = bytes
print(con.execute("select 'text'").fetchone())
con.text_factory = lambda b: b.decode("latin-1")[::-1]
print(con.execute("select 'text'").fetchone())
con.text_factory = str
try:
    con.execute("select cast(x'ff41' as text) as column").fetchone()
except sqlite3.OperationalError as e:
    print(e)
try:
    print(con.execute("select cast(x'ff41' as text) as c").fetchone())
except sqlite3.OperationalError as e:
    print(e)

print("types")


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __conform__(self, protocol):
        if protocol is sqlite3.PrepareProtocol:
            return "%f;%f" % (self.x, self.y)


class Plain:
    pass


sqlite3.register_adapter(Plain, lambda p: "plain")
sqlite3.register_converter("point", lambda b: tuple(map(float, b.split(b";"))))
typed = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES)
typed.execute("create table t(p point, d date, ts timestamp(3), n number(10))")
typed.execute("insert into t values (?, ?, ?, ?)", (Point(1, 2), datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, 3, 4, 5, 600), 3))
print(typed.execute("select p, d, ts, n from t").fetchone(), typed.execute("select '3;4' as \"x [point]\", d as 'd [none]' from t").description, typed.execute("select '3;4' as \"x [point]\"").fetchone(), typed.execute("select ?", (Plain(),)).fetchone())
print(sqlite3.adapt(Point(3, 4)), sorted(sqlite3.converters), sqlite3.adapt(Plain()))

print("functions")
con.create_function("twice", 1, lambda x: x * 2)
con.create_function("joined", -1, lambda *a: repr(a), deterministic=True)
print(con.execute("select twice(21), twice('ab'), joined(1, null, 'x', x'00', 2.5), joined()").fetchone())
for f in (lambda: 1 / 0, lambda: 2**70, lambda: object(), lambda: None, lambda: memoryview(b"abc"), lambda: "\ud800"):
    con.create_function("f", 0, f)
    try:
        print(con.execute("select f()").fetchone())
    except sqlite3.Error as e:
        print(type(e).__name__, e)
con.create_function("f", 0, None)
try:
    con.execute("select f()")
except sqlite3.Error as e:
    print(type(e).__name__, e)


class Sum:
    def __init__(self):
        self.total = 0

    def step(self, *values):
        self.total += sum(values)

    def inverse(self, *values):
        self.total -= sum(values)

    def value(self):
        return self.total

    def finalize(self):
        return self.total


class Broken(Sum):
    def step(self, *values):
        raise ValueError

    def finalize(self):
        return 1 / 0


class Bare:
    pass


con.create_aggregate("total2", -1, Sum)
print(con.execute("select total2(id), total2(id, id) from t").fetchone(), con.execute("select total2(id) from t where id > 100").fetchone())
for cls in (Broken, Bare):
    con.create_aggregate("broken", 1, cls)
    try:
        print(con.execute("select broken(id) from t").fetchone())
    except sqlite3.Error as e:
        print(type(e).__name__, e)
con.create_window_function("sumwin", 1, Sum)
print(con.execute("select id, sumwin(id) over (order by id rows between 1 preceding and 1 following) from t").fetchall())
con.create_collation("backwards", lambda a, b: (a < b) - (a > b))
print(con.execute("select name from t order by name collate backwards").fetchall())
calls = []
con.set_authorizer(lambda *a: calls.append(a) or (sqlite3.SQLITE_DENY if a[0] == sqlite3.SQLITE_DELETE else sqlite3.SQLITE_OK))
con.execute("select id from t").fetchall()
try:
    con.execute("delete from t")
except sqlite3.DatabaseError as e:
    print(type(e).__name__, e)
print(calls)
con.set_authorizer(None)
trace = []
con.set_trace_callback(trace.append)
con.execute("select ?, :b", (1, "x")).fetchall()
con.execute("insert into t(name) values ('traced')")
con.rollback()
con.set_trace_callback(None)
print(trace)
con.set_progress_handler(lambda: 1, 1)
try:
    con.execute("select count(*) from t a, t b, t c").fetchall()
except sqlite3.OperationalError as e:
    print(e)
con.set_progress_handler(None, 1)
stderr, sys.unraisablehook = None, lambda u: print("unraisable", type(u.exc_value).__name__)
sqlite3.enable_callback_tracebacks(True)
con.create_function("f", 0, lambda: 1 / 0)
try:
    con.execute("select f()").fetchone()
except sqlite3.Error as e:
    print(e)
sqlite3.enable_callback_tracebacks(False)

print("transactions")
with con:
    con.execute("insert into t(name) values ('kept')")
try:
    with con:
        con.execute("insert into t(name) values ('lost')")
        raise KeyError
except KeyError:
    pass
print(con.execute("select name from t where name in ('kept', 'lost')").fetchall(), con.in_transaction)
for level in ("", "DEFERRED", "immediate", "EXCLUSIVE", None):
    con.isolation_level = level
    con.execute("update t set value = 1")
    print(repr(con.isolation_level), con.in_transaction)
con.isolation_level = ""
con.rollback()
print(con.executescript("create table s(a); insert into s values(1); -- comment\n insert into s values(2);").execute("select * from s").fetchall())
print("\n".join(con.iterdump())[:300])

print("blobs")
con.execute("create table b(data blob)")
con.execute("insert into b values (zeroblob(10))")
with con.blobopen("b", "data", 1) as blob:
    blob.write(b"hello")
    blob[5:8] = b"abc"
    blob[-1] = 33
    print(len(blob), blob.tell(), blob.read(3), blob.seek(0), blob.read(), blob[0], blob[1:9:2], blob.seek(-2, 2), blob.read(10))
    blob[0:6:2] = b"XYZ"
    for action in (lambda: blob.write(b"x" * 20), lambda: blob.seek(20), lambda: blob[10], lambda: blob["a"], lambda: blob.__setitem__(0, 300), lambda: blob.__setitem__(slice(0, 2), b"abc"), lambda: blob.__delitem__(0), lambda: blob.seek(0, 9)):
        try:
            print(action())
        except Exception as e:
            print(type(e).__name__, e)
print(con.execute("select data from b").fetchone())
try:
    blob.read()
except sqlite3.ProgrammingError as e:
    print(e)

print("copies")
copy = sqlite3.connect(":memory:")
steps = []
con.commit()
con.backup(copy, pages=1, progress=lambda *a: steps.append(a[0]))
print(len(steps) > 1, steps[-1] == sqlite3.SQLITE_DONE, copy.execute("select count(*) from t").fetchone())
image = con.serialize()
other = sqlite3.connect(":memory:")
other.deserialize(image)
print(image[:15], other.execute("select count(*) from t").fetchone(), con.getlimit(sqlite3.SQLITE_LIMIT_LENGTH), con.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1000), con.getlimit(sqlite3.SQLITE_LIMIT_LENGTH))

print("errors")
c, s = sqlite3.connect(":memory:"), sqlite3
cur = c.cursor()
for x in ['c.execute("select 1; select 2")', 'c.execute("").fetchall()', 'c.execute("-- x").fetchall()', 'c.executemany("select ?", [(1,)])', 'c.executemany("create table a(b unique)", [()]).rowcount', 'c.execute("select ?", 3)', 'c.execute("select ?", {})',
          'c.execute("select :a", {})', 'c.execute("select ?", ())', 'c.execute("select ?", (object(),))', 'c.execute("select ?", (2**70,))', 'c.execute("x")', 'c.execute("select \\0")', 'c.execute(3)', 's.connect()', 's.connect(3)', 's.connect(":memory:", 1, 2, 3)',
          's.connect(":memory:", isolation_level="x")', 's.connect("/nonexist/x")', 'c.cursor(lambda x: 3)', 'c.create_function("a", 1)', 'c.create_function("a", 1000, len)', 'c.create_collation("a", 3)', 'c.setlimit(99, 1)', 'c.getlimit(99)', 'c.backup(c)', 'c.backup(3)',
          'c.backup(s.connect(":memory:"), progress=3)', 'c.blobopen("a", "b", 1)', 's.Row(3, (1,))', 's.Row(cur, 3)', 's.Row()', 's.Cursor()', 's.Cursor(3)', 's.Cursor.__new__(s.Cursor).fetchone()', 's.Connection.__new__(s.Connection).execute("x")', 's.adapt(3)', 's.adapt(object())',
          's.adapt(object(), s.PrepareProtocol, 5)', 's.register_converter(3, 4)', 's.complete_statement("select 1;")', 's.complete_statement("select 1")', 's.complete_statement(3)', 'c.serialize(name="x")', 'c(3)', 'c.executescript("x")', 'c.executescript(3)', 'c.executescript("\\0")',
          'c.execute("insert into a values(1), (1)")', 'c.execute("insert into nowhere values(1)")', 'cur.setinputsizes(3)', 'cur.fetchmany("x")', 'cur.fetchmany(-1)', 'cur.close()', 'cur.execute("x")', 'c.Error', 'c.close()', 'c.execute("x")', 's.Blob()', 'c.close()', 'c.in_transaction',
          'c.total_changes', 'c.isolation_level', 's.connect(":memory:", 5, cached_statements="x")', 'c.interrupt()', 's.Statement']:
    try:
        print(x, repr(eval(x))[:40])
    except Exception as e:
        print(x, "->", type(e).__name__, e, vars(e) if isinstance(e, s.Error) else "")
print(s.apilevel, s.paramstyle, s.threadsafety, s.version, s.sqlite_version, [(n, getattr(s, n).__mro__[1].__name__) for n in dir(s) if n.endswith("Error")], s.SQLITE_CONSTRAINT_UNIQUE, s.PARSE_COLNAMES)
