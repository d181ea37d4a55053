# sqlite3: a connection used by many threads at once, one for each thread on a shared file, and a statement that is interrupted.
import os
import sqlite3
import threading

shared, turn = sqlite3.connect(":memory:", check_same_thread=False), threading.Lock()
shared.execute("create table t(k integer, n integer)")
shared.create_function("bump", 1, lambda x: x + 1)


# Each in turn: python3.11 deadlocks when one thread is called back and wants the GIL while another, which has it, waits for the connection's own
# lock; and errors and cached statements of one thread become another's.
def insert(k):
    for i in range(100):
        with turn:
            shared.execute("insert into t values (?, bump(?))", (k, i))
            assert shared.execute("select count(*) from t where k = ?", (k,)).fetchone()[0] == i + 1


def run(target, n):
    errors = []

    def guarded(k):
        try:
            target(k)
        except Exception as e:
            errors.append(repr(e))

    threads = [threading.Thread(target=guarded, args=(k,)) for k in range(n)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(target.__name__, errors)


run(insert, 4)
shared.commit()
print(shared.execute("select k, count(*), sum(n) from t group by k order by k").fetchall())

path = "shared.db"
sqlite3.connect(path).executescript("pragma journal_mode=wal; create table t(k integer, n integer);").close()


def own(k):
    con = sqlite3.connect(path, timeout=60)
    con.execute("pragma synchronous=off")  # a busy disk must not decide how long 80 commits take
    for i in range(20):
        with con:
            con.execute("insert into t values (?, ?)", (k, i))
    con.close()


run(own, 4)
con = sqlite3.connect(path)
print(con.execute("select count(*), sum(n) from t").fetchone())
con.close()

mine = sqlite3.connect(":memory:")


def foreign(k):
    for action in (lambda: mine.execute("select 1"), lambda: mine.cursor(), lambda: mine.commit(), lambda: mine.close()):
        try:
            action()
        except sqlite3.ProgrammingError as e:
            assert "SQLite objects created in a thread" in str(e)
        else:
            raise AssertionError(k)


run(foreign, 1)

started = threading.Event()
slow = sqlite3.connect(":memory:", check_same_thread=False)
slow.create_function("started", 0, lambda: started.set() or 1)


def interrupt():
    started.wait()
    while not done:
        slow.interrupt()


done = []
t = threading.Thread(target=interrupt)
t.start()
try:
    slow.execute("with recursive c(x) as (values(started()) union all select x + 1 from c) select count(*) from c").fetchone()
except sqlite3.OperationalError as e:
    print(e)
done.append(1)
t.join()


# A callback that uses its own connection, and one that uses the cursor that runs it.
nested = sqlite3.connect(":memory:")
nested.create_function("count", 0, lambda: nested.execute("select 41 + 1").fetchone()[0])
print(nested.execute("select count()").fetchone())
cursor = nested.cursor()


def recursive():
    try:
        cursor.execute("select 1")
    except sqlite3.ProgrammingError as e:
        print(e)
    return 7


nested.create_function("recursive", 0, recursive)
print(cursor.execute("select recursive()").fetchone())
os.remove(path)
