"""What functions of os take as a path: text, bytes, buffers, numbers, and what they say of anything else."""
import os, io, sys
E=[]
for n in ('stat','lstat','mkdir','rmdir','unlink','remove','listdir','scandir','chdir','access','open','readlink','chmod','chown','truncate','utime','system','putenv','unsetenv','execv','statvfs','mkfifo','fspath','getxattr','rename','link','symlink','replace','chroot','pathconf','lchown','posix_spawn','mknod','fsencode'):
    f=getattr(os,n)
    for a in ('a\0b', b'a\0b'):
        args={'access':(a,0),'open':(a,0),'chmod':(a,0),'chown':(a,0,0),'truncate':(a,0),'putenv':(a,'x'),'execv':(a,['x']),'getxattr':(a,'x'),'rename':(a,'x'),'link':(a,'x'),'symlink':(a,'x'),'replace':('x',a),'pathconf':(a,'PC_NAME_MAX'),'lchown':(a,0,0),'posix_spawn':(a,['x'],{}),'mknod':(a,)}.get(n,(a,))
        try: print(n, a, f(*args))
        except Exception as e: print(n, a, type(e).__name__, e)
    for a in (1.5, None, object, [], b'x'[0:0], '', bytearray(b'a'), memoryview(b'a')):
        args={'access':(a,0),'open':(a,0),'chmod':(a,0),'chown':(a,0,0),'truncate':(a,0),'putenv':(a,'x'),'execv':(a,['x']),'getxattr':(a,'x'),'rename':(a,'x'),'link':(a,'x'),'symlink':(a,'x'),'replace':('x',a),'pathconf':(a,'PC_NAME_MAX'),'lchown':(a,0,0),'posix_spawn':(a,['x'],{}),'mknod':(a,)}.get(n,(a,))
        if n in('utime','system','putenv','unsetenv','chdir'): continue
        try: r=f(*args); print(n, a, type(r).__name__)
        except Exception as e: print(n, a, type(e).__name__, e)
for f in (open, io.FileIO, io.open_code):
    for a in ('a\0b', b'a\0b',1.5,None,'',b''):
        try: print(f, a, f(a))
        except Exception as e: print(f, a, type(e).__name__, e)
for a in ('a\0b', b'a\0b'):
    for f in (lambda: compile('1',a,'eval'), lambda: exec('import '+a if isinstance(a,str) else a), lambda: __import__(a), lambda: os.path.exists(a), lambda: os.path.realpath(a), lambda: os.path.abspath(a), lambda: os.stat(a)):
        try: print(a, f())
        except Exception as e: print(a, type(e).__name__, e)
