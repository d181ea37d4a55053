"""Lists and dicts that a comparison changes while they are searched, and ordered dicts changed behind their last item."""
import copy, re, operator, collections, sys
def att(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
class K:
    def __init__(self, n): self.n = n
    def __eq__(self, o):
        x.clear(); return self.n > 0
    def __hash__(self): return 1
    def __repr__(self): return f'K{self.n}'
x=[K(1),K(2),K(3)]; att(lambda: x.remove(K(2))); print(x)
x=[K(-1),K(2),K(3)]; att(lambda: x.remove(K(2))); print(x)
x=[K(1),K(2),K(3)]; att(lambda: x.index(K(2))); print(x)
x=[K(1),K(2),K(3)]; att(lambda: x.count(K(2))); print(x)
class L:
    def __init__(self, n): self.n = n
    def __gt__(self, o):
        x.update({len(x): 1}); return True
    def __lt__(self, o):
        x.update({len(x): 1}); return True
    def __hash__(self): return 1
    def __eq__(self,o): return self is o
    def __repr__(self): return f'L{self.n}'
for kind in (dict, collections.OrderedDict):
    x=kind({L(1): 2, 3: 4}); att(lambda: max(x)); print(x)
    x=kind({L(1): 2, 3: 4}); att(lambda: min(x)); print(x)
    x=kind({L(1): 2}); att(lambda: max(x)); print(x)
    def gen():
        it=iter(x)
        print(next(it)); x['new']=1
        att(lambda: next(it)); att(lambda: next(it))
    x=kind({1: 2}); gen()
    x=kind({1: 2,3:4}); gen()
x = collections.OrderedDict({1: 2, 3: 4})
it=iter(x); next(it); next(it); x[5]=1; att(lambda: next(it))
it=iter(x); next(it); next(it); next(it); x[6]=1; att(lambda: next(it))
it=iter(x); next(it); del x[1]; att(lambda: next(it))
