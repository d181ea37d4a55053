"""uuid by way of libuuid: version 1 with the machine's time, in order and without repetition."""
import threading, uuid
import _uuid

data, status = _uuid.generate_time_safe()
print(type(data).__name__, len(data), status in (-1, 0), _uuid.has_uuid_generate_time_safe)
u = uuid.UUID(bytes=data)
print(u.version, u.variant)
made = []
def make(): made.extend(uuid.uuid1() for _ in range(50))
threads = [threading.Thread(target=make) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(len(set(made)), {m.version for m in made}, uuid.uuid1(node=5, clock_seq=3).fields[3:], uuid.uuid1().is_safe in (uuid.SafeUUID.safe, uuid.SafeUUID.unsafe))
try: _uuid.generate_time_safe(1)
except TypeError as e: print(e)
