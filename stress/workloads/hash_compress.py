"""Hashing and compressing files: threads write files, read them back in blocks, hash and compress them."""

import gzip
import hashlib
import os
import tempfile
import zlib

from _parallel import arguments, run_threads, share

BLOCK = 1 << 16


def content(i):
    """Some 200 kB that compress by about a half, different in each file."""
    line = bytes((i * 31 + k * k) % 251 for k in range(257))
    return b"".join(line[k % 257:] + b"%d:%d\n" % (i, k * 7919) for k in range(1400))


def treat(folder, i):
    path = os.path.join(folder, f"file{i}.dat")
    with open(path, "wb") as stream:
        stream.write(content(i))
    sha, md5, crc, size = hashlib.sha256(), hashlib.md5(), 0, 0
    compressor = zlib.compressobj(6)
    packed = []
    with open(path, "rb") as stream:
        while data := stream.read(BLOCK):
            sha.update(data)
            md5.update(data)
            crc = zlib.crc32(data, crc)
            packed.append(compressor.compress(data))
            size += len(data)
    packed.append(compressor.flush())
    with gzip.open(path + ".gz", "wb", 1) as stream:
        stream.write(zlib.decompress(b"".join(packed)))
    with gzip.open(path + ".gz", "rb") as stream:
        assert hashlib.sha256(stream.read()).digest() == sha.digest(), "a file came back changed"
    os.unlink(path)
    os.unlink(path + ".gz")
    return int.from_bytes(sha.digest()[:4], "big") ^ int(md5.hexdigest()[:8], 16) ^ crc ^ size


def main():
    threads, scale = arguments()
    files = max(1, round(60 * scale))
    with tempfile.TemporaryDirectory() as folder:
        digests = run_threads(threads, lambda k: [treat(folder, i) for i in share(files, threads, k)])
    total = 0
    for part in digests:
        for digest in part:
            total ^= digest
    print(f"{files} files, digest {total:08x}")


if __name__ == "__main__":
    main()
