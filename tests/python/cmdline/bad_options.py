# command: -q -c "print('quiet')"
# shell: python -Z 2>&1 | sed 's/^usage: [^ ]*/usage: python/'; python -Z >/dev/null 2>&1; echo $?
# shell: python --nope 2>&1 | sed 's/^usage: [^ ]*/usage: python/'; python --nope >/dev/null 2>&1; echo $?
# shell: python -W 2>&1 | sed 's/^usage: [^ ]*/usage: python/' | head -2
# shell: python -X 2>&1 | sed 's/^usage: [^ ]*/usage: python/' | head -2
# command: -W nope -c "print('still runs')"
# command: -W error::NoSuch -c "print('still runs')"
# command: -X unknown_thing=1 -c "import sys; print(sys._xoptions['unknown_thing'])"
# command: -X int_max_str_digits=700 -c "print(len(str(10**690))); str(10**900)"
# command: -X int_max_str_digits=5 -c "print(1)"
# command: -X int_max_str_digits=x -c "print(1)"
# command: -X utf8=1 -c "import sys; print(sys.flags.utf8_mode)"
# command: -X utf8=9 -c "print(1)"
# command: -b -c "print(b'a' == 'a')"
# command: -bb -c "print(b'a' == 'a')"
# command: -bb -c "print(str(b'a'))"
# command: -b -c "import sys; print(sys.flags.bytes_warning, 'a' == b'a', {b'a': 1}.get('a'), b'x' in ['x'])"
"""Options that are unknown, incomplete or have wrong values."""
