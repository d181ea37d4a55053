"""When the dict of a frame's f_locals is filled anew while the frame is traced or profiled, and when it is written back."""
import sys
def scene():
    x = 1
    d = sys._getframe().f_locals
    x = 2
    y = 3
    print(x, sorted(dict(d).keys() - {'d'}), d.get('x'))
    d['x'] = 50
    print(x)
    d['zz'] = 50
    z = 1
    print(sorted(d), x)
    return x
def note(frame, event, arg): return note
sys.settrace(note); scene(); sys.settrace(None)
print('---- reading f_locals in tracer')
def note(frame, event, arg):
    frame.f_locals
    return note
sys.settrace(note); scene(); sys.settrace(None)
print('---- writing in tracer')
def note(frame, event, arg):
    if frame.f_lineno == 9: frame.f_locals['x'] = 99
    return note
sys.settrace(note); scene(); sys.settrace(None)
print('---- profile')
def scene2():
    x = 1
    d = sys._getframe().f_locals
    x = 2
    len('a')
    print(sorted(d), x, d.get('x'))
def note(frame, event, arg): return note
sys.setprofile(note); scene2(); sys.setprofile(None)
print('---- never read before')
def scene3():
    x = 1
    y = 2
    return x
got = []
def note(frame, event, arg):
    if event == 'return' and frame.f_code.co_name == 'scene3': got.append(frame.f_locals)
    return note
sys.settrace(note); scene3(); sys.settrace(None)
print(got)
