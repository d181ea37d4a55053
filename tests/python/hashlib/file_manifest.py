"""A manifest of files by content, a Merkle tree, signed messages, derived keys, tokens; and threads that hash the same and different data."""

import hashlib
import hmac
import io
import os
import random
import threading

files = {f"dir{i % 3}/file{i}.bin": bytes((i * 131 + k * k) % 256 for k in range(i * 997)) for i in range(14)}
for name, content in files.items():
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "wb") as f: f.write(content)
manifest = []
for folder, dirs, names in sorted(os.walk(".")):
    dirs.sort()
    for name in sorted(names):
        path = os.path.join(folder, name)
        with open(path, "rb") as f: digest = hashlib.file_digest(f, "sha256")
        manifest.append((digest.hexdigest()[:16], os.path.getsize(path), path))
for line in manifest: print(*line)
print(hashlib.file_digest(io.BytesIO(files["dir1/file13.bin"]), hashlib.sha1).hexdigest())

def merkle(blocks, name):
    level = [hashlib.new(name, b"\0" + b).digest() for b in blocks]
    while len(level) > 1:
        level = [hashlib.new(name, b"\1" + b"".join(level[i:i + 2])).digest() for i in range(0, len(level), 2)]
    return level[0].hex()
data = random.Random(5).randbytes(100_000)
blocks = [data[i:i + 4096] for i in range(0, len(data), 4096)]
for name in sorted(hashlib.algorithms_guaranteed - {"shake_128", "shake_256"}): print(name, merkle(blocks, name))
print(hashlib.shake_256(data).hexdigest(40), hashlib.blake2b(data, digest_size=20, key=b"k", salt=b"s", person=b"p").hexdigest())

def leaf_hash(node, last):
    return hashlib.blake2b(node, fanout=2, depth=2, leaf_size=50_000, inner_size=64, node_depth=0, node_offset=int(last), last_node=last)
root = hashlib.blake2b(fanout=2, depth=2, leaf_size=50_000, inner_size=64, node_depth=1, last_node=True, digest_size=32)
for i, part in enumerate((data[:50_000], data[50_000:])): root.update(leaf_hash(part, i == 1).digest())
print(root.hexdigest())

key = hashlib.pbkdf2_hmac("sha512", b"correct horse", b"battery", 500, 48)
print(key.hex(), hashlib.scrypt(b"pw", salt=b"NaCl", n=64, r=8, p=2, dklen=24).hex())
def sign(message, algorithm): return hmac.new(key, message, algorithm).hexdigest()
for algorithm in ("md5", hashlib.sha256, "sha3_384", "blake2s"):
    signature = sign(b"attack at dawn", algorithm)
    print(signature, hmac.compare_digest(signature, sign(b"attack at dawn", algorithm)), hmac.compare_digest(signature, sign(b"attack at dusk", algorithm)))
stream = hmac.HMAC(key, digestmod="sha256")
for block in blocks: stream.update(block)
print(stream.name, stream.hexdigest() == hmac.digest(key, data, "sha256").hex(), stream.copy().hexdigest() == stream.hexdigest())

shared, lock, results = hashlib.sha256(), threading.Lock(), {}
def work(k):
    own = hashlib.md5()
    for block in blocks * 3:
        own.update(block)
        shared.update(b"x" * 3000)          # the same bytes from every thread: their order does not matter
    results[k] = (own.hexdigest(), hashlib.sha1(data * 5).hexdigest(), hmac.digest(bytes([k]), data, "sha1").hex())
threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
for t in threads: t.start()
for t in threads: t.join()
print(shared.hexdigest() == hashlib.sha256(b"x" * 3000 * len(blocks) * 18).hexdigest(), len({r[:2] for r in results.values()}), [results[k][2][:8] for k in range(6)])
