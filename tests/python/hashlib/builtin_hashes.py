"""The hashes that need no library, fed in pieces of every length around their blocks, copied and read in between."""

import _md5,_sha1,_sha256,_sha512,_sha3,_blake2
def show(f,*a,**k):
    try: return f(*a,**k)
    except BaseException as e: return type(e).__name__, str(e)
data=bytes((i*i*31+i)%251 for i in range(700))
for f in (_md5.md5,_sha1.sha1,_sha256.sha224,_sha256.sha256,_sha512.sha384,_sha512.sha512,_sha3.sha3_224,_sha3.sha3_256,_sha3.sha3_384,_sha3.sha3_512,_blake2.blake2b,_blake2.blake2s):
    h=f(data)
    for n in list(range(0,300))+[511,512,513,700]:
        x=f(); 
        for i in range(0,n,37): x.update(data[i:min(n,i+37)])
        assert x.digest()==f(data[:n]).digest()
        h.update(x.digest())
    c=h.copy(); c.update(b'x'); print(h.name,h.block_size,h.digest_size,h.hexdigest(),c.hexdigest(), f(data*1000).hexdigest(), f(string=b'a').hexdigest() if f.__name__[:3] in('md5','sha') and '3_' not in f.__name__ else '')
for f in (_sha3.shake_128,_sha3.shake_256):
    h=f(data)
    for n in (0,1,5,135,136,137,167,168,169,1000): print(n,h.hexdigest(n)[-20:], len(h.digest(n)))
    print(_md5.md5(h.digest(100000)).hexdigest())
