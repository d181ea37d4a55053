# command: -c "print(1, __name__)" 
# command: -c "import sys; print(sys.argv, sys.path[0] == '', __name__, '__file__' in globals())" one -x --two=3
# command: -c "x = 1\nprint(x)"
# command: -c 'if 1: print("é€")'
# command: -c "def f(): return g()\ndef g(): return 1/0\nf()"
# command: -c "1/0"
# command: -c "x = (1,\n"
# command: -c "  x = 1"
# command: -c ""
# command: -c
# command: -c "import sys; sys.exit(7)"
# command: -c "raise SystemExit('message')"
# command: -c "print('no newline', end='')"
# command: -Oc "print(__debug__); assert 0, 'skipped'"
# command: -OOc "def f(): 'doc'\nprint(f.__doc__, __debug__)"
# command: -OO -c "import sys; print(sys.flags.optimize)"
# command: -c "print(1)" -c "print(2)"
# command: -cprint(5)
# command: -c "import this_does_not_exist"
# command: -c "\nprint('blank first')\n\n"
"""The -c option in many forms."""
