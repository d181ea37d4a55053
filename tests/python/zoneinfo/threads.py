# Zones looked up, used and forgotten by many threads at once: each finds the zone that it asked for, and all agree on the time.
import datetime
import hashlib
import threading
import zoneinfo

KEYS = ["Africa/Cairo", "America/Lima", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "Europe/Berlin", "Europe/Dublin", "Pacific/Auckland", "Pacific/Kiritimati", "UTC", "America/St_Johns"]
START = datetime.datetime(2019, 1, 1, tzinfo=datetime.timezone.utc)
results, guard = {}, threading.Lock()


class Mine(zoneinfo.ZoneInfo):
    pass


def work(number):
    digest = hashlib.sha256()
    for i in range(240):
        key = KEYS[i % len(KEYS)]
        zone = (Mine if i % 3 == 0 else zoneinfo.ZoneInfo)(key)
        assert zone.key == key
        local = (START + datetime.timedelta(hours=37 * i)).astimezone(zone)
        digest.update(f"{local.isoformat()} {local.tzname()} {local.dst()} {local.fold}".encode())
        if (i + number) % 40 == 0:
            zoneinfo.ZoneInfo.clear_cache(only_keys=[key, "none"])
        if (i + number) % 70 == 0:
            zoneinfo.ZoneInfo.clear_cache()
            Mine.clear_cache()
    with guard:
        results[number] = digest.hexdigest()


threads = [threading.Thread(target=work, args=(n,)) for n in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(results), set(results.values()))
same = [None] * 4
barrier = threading.Barrier(4)


def first(i):
    barrier.wait()
    same[i] = zoneinfo.ZoneInfo("America/Toronto")


threads = [threading.Thread(target=first, args=(i,)) for i in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(all(z is same[0] for z in same), repr(same[0]), repr(Mine("UTC")))
