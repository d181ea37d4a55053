"""Passwords hashed by every method of the crypt module, verified, with wrong arguments."""

import warnings
warnings.simplefilter("ignore")
import _crypt
import crypt
import threading

print([m.name for m in crypt.methods])
for salt in ("ab", "$1$saltsalt", "$5$rounds=1000$saltstring", "$6$rounds=1000$saltstring", "$2b$04$abcdefghijklmnopqrstuu"):
    hashed = crypt.crypt("correct horse", salt)
    print(hashed, crypt.crypt("correct horse", hashed) == hashed, crypt.crypt("wrong", hashed) == hashed)
for word, salt in (("é€", "ab"), ("", "ab"), ("a", ""), ("a", "*"), ("a", "b"), ("a" * 600, "ab")):
    print(ascii(word[:5]), repr(salt), end=" ")
    try: print(crypt.crypt(word, salt))
    except OSError as e: print(type(e).__name__, e)
for wrong in (("a",), (b"a", "ab"), ("a", None), ("a\0", "ab"), ("a", "b\0"), ("\udc80", "ab")):
    try: _crypt.crypt(*wrong)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
results = {}
def work(i): results[i] = [_crypt.crypt(f"word{i}", f"s{i}") for _ in range(20)]
threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(all(len(set(r)) == 1 for r in results.values()), results[3][0], len({r[0] for r in results.values()}))
print(len(crypt.mksalt(crypt.METHOD_SHA512)), _crypt.crypt.__text_signature__)
