"""JSON: threads encode and decode records, as a service does with its requests."""

import json
import zlib

from _parallel import arguments, run_threads, share


def record(i):
    return {
        "id": i,
        "name": f"user {i} \u00e9t\u00e9 \"quoted\"",
        "score": i * 1.25 / 7,
        "active": i % 3 == 0,
        "parent": None if i % 5 else i // 5,
        "tags": [f"tag{(i * k) % 17}" for k in range(6)],
        "address": {"street": f"{i % 99} Long Street\n", "city": "K\u00f8benhavn", "position": [i / 3, -i / 11, {"z": i}]},
    }


def exchange(i):
    """Encodes a record, decodes it, encodes what came back; a checksum of the text."""
    text = json.dumps(record(i))
    back = json.loads(text)
    assert back["id"] == i and back["address"]["position"][2] == {"z": i}, "a record came back changed"
    again = json.dumps(back, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    pretty = json.dumps(back["tags"], indent=2)
    return zlib.crc32(again.encode()) ^ zlib.crc32(pretty.encode())


def main():
    threads, scale = arguments()
    total = max(1, round(14_000 * scale))

    def work(k):
        checksum = 0
        for i in share(total, threads, k):
            checksum ^= exchange(i)
        return checksum

    checksum = 0
    for part in run_threads(threads, work):
        checksum ^= part
    print(f"{total} records, checksum {checksum}")


if __name__ == "__main__":
    main()
