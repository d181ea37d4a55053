# float.fromhex over texts of all lengths and exponents: rounding of subnormals and at the top, and what is no number.
import random
f=float.fromhex
random.seed(5)
out=[]
for k in range(4000):
    digs=''.join(random.choice('0123456789abcdef0f') for _ in range(random.choice([1,5,13,14,15,20,30])))
    p=random.randrange(len(digs)+1)
    e=random.choice([0,-1022,-1023,-1030,-1074,-1075,-1076,-1073,1000,960,1023,5,-1022-4*len(digs), -1074+4*len(digs)])
    s=random.choice(['','-'])+random.choice(['','0x'])+digs[:p]+'.'+digs[p:]+'p%d'%e
    try: r=f(s).hex()
    except Exception as x: r=str(x)
    print(s,r)
for s in ['0x.1','0x1.','.8','1','0x','0xp3','0x.p3','1p','1p+','0x1p+','1p 3','+0x1','- 1','inf','-INFINITY','nan','+nan','infi','nan(3)','0x1g','1_0','0x1p1_0','1e5','0x1.8p1023','0x1.fffffffffffff8p1023','0x1.fffffffffffff7p1023','0x0p99999999999999999999','0x1p-99999999999999999999','0x1p99999999999999999999','٣','1\0','0x1p3\0', '0'*500+'1','0x'+'f'*300,'0x0.'+'0'*300+'1p1200','0x1\u2003']:
    try: r=f(s).hex()
    except Exception as x: r=type(x).__name__+str(x)
    print(repr(s)[:50],r)
