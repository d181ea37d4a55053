"""os.execv, os.execve, os.posix_spawn: what they take, what they refuse, and what the programs get."""
import os, signal
def t(f,*a,**k):
    try: r=f(*a,**k); print('ok', type(r).__name__)
    except BaseException as e: print(type(e).__name__, e)
class M:
    def __getitem__(self,k): return 1
class M2(dict):
    def keys(self): return iter('a')
for f,n in ((os.execv,()),(os.execve,({},)),(os.posix_spawn,({},)),(os.posix_spawnp,({},))):
    for argv in ((),[], 5, 'ab', [''], [1], ['a\0b'], [b'x'], ('x',), None, {'a'}, iter('a'), ['',''], [None]):
        t(f,'/nonexistent',argv,*n)
    for p in (5, None, '', 'a\0b', b'/nonexistent', 1.5):
        t(f,p,['x'],*n)
    if n:
        for env in (5, None, [], (1,), 'a', {'a':5}, {5:'a'}, {'':'x'}, {'a=b':'x'}, {'=a':'x'}, {'a\0':'x'}, {'a':'x\0'}, M(), M2(), {b'a':b'x'}, os.environ, {None:None}):
            t(f,'/nonexistent',['x'],env)
t(os.posix_spawn); t(os.posix_spawn,1,2,3,4); t(os.posix_spawn,1,2,3,foo=4); t(os.execv); t(os.execve,1,2); t(os.execve, path='/nonexistent', argv=['x'], env={}); t(os.execve,99,['x'],{})
S=lambda **k: t(os.posix_spawn,'/nonexistent',['x'],{},**k)
for fa in (5, None, (), [()], [1], [(9,)], [('a',)], [(os.POSIX_SPAWN_OPEN,)], [(os.POSIX_SPAWN_OPEN,1,2,3,4)], [(os.POSIX_SPAWN_OPEN,1,'a','x',4)],[(os.POSIX_SPAWN_OPEN,'q','a','x',4)], [(os.POSIX_SPAWN_OPEN,1,'/x',0,0)], [(os.POSIX_SPAWN_CLOSE,)], [(os.POSIX_SPAWN_CLOSE,'a')], [(os.POSIX_SPAWN_CLOSE,1)], [(os.POSIX_SPAWN_CLOSE,1,2)], [(os.POSIX_SPAWN_DUP2,1)], [(os.POSIX_SPAWN_DUP2,1,'a')], [(os.POSIX_SPAWN_DUP2,1,2)], [(os.POSIX_SPAWN_DUP2,1,-2)], 'abc', [[1,2]], [(2**80,)], [(os.POSIX_SPAWN_CLOSE,2**40)]): S(file_actions=fa)
for v in (5,'a',None,-1,2**40): S(setpgroup=v)
for v in (5,'a',None,True,[]): S(resetids=v); S(setsid=v)
for v in (5,None,[],[2],['a'],[0],[-1],[65],[64],[32],[10**30],(signal.SIGINT,),{1}): S(setsigmask=v); S(setsigdef=v)
for v in (5,None,(),(1,),(1,2),(None,os.sched_param(0)),(0,os.sched_param(0)),('a',os.sched_param(0)),(99,os.sched_param(0)),(0,os.sched_param(2**40)),(1,2,3),[0,os.sched_param(0)]): S(scheduler=v)
r,w=os.pipe()
p=os.posix_spawn('/bin/sh',['sh','-c','echo out; echo $V; cat; exit 7'],{'V':'val é'},file_actions=[(os.POSIX_SPAWN_DUP2,w,1),(os.POSIX_SPAWN_CLOSE,r),(os.POSIX_SPAWN_OPEN,0,'/dev/null',os.O_RDONLY,0)]); os.close(w)
d=b''
while c:=os.read(r,100): d+=c
print(d,os.waitstatus_to_exitcode(os.waitpid(p,0)[1]))
p=os.posix_spawnp('sh',('sh','-c','kill -TERM $$; exit 3'),os.environ,setsigmask=[signal.SIGTERM]); print(os.waitstatus_to_exitcode(os.waitpid(p,0)[1]))
p=os.posix_spawnp('sh',('sh','-c','exit 4'),os.environ,setpgroup=0,resetids=True,setsid=False,setsigdef=[signal.SIGPIPE],scheduler=(None,os.sched_param(0))); print(os.waitstatus_to_exitcode(os.waitpid(p,0)[1]))
t(os.posix_spawnp,'no_such_prog',['x'],{})
print(os.POSIX_SPAWN_OPEN,os.POSIX_SPAWN_CLOSE,os.POSIX_SPAWN_DUP2)
