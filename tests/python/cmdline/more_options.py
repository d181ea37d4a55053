# shell: python -v -c "import textwrap" 2>&1 | grep "import 'textwrap'" | cut -d' ' -f1-3
# shell: printf '#!not python\nprint(__file__[-4:])\n' > x.py; python -x x.py
# shell: mkdir d; echo 'import sys; print(__name__, sys.argv[1:], sys.path[0][-2:])' > d/__main__.py; python d a b; cd d; python -m zipfile -c ../z.zip __main__.py; cd ..; python z.zip a b
# shell: mkdir d; python d 2>&1 | sed 's/.*: can/can/; s/in .*d/in d/'
# shell: echo garbage > z.zip; python z.zip
# shell: echo 'print(1)' > m.py; python -c "import py_compile as p; p.compile('m.py', invalidation_mode=p.PycInvalidationMode.CHECKED_HASH)"; python --check-hash-based-pycs always -c 'import m'; python --check-hash-based-pycs never -c 'import m'
# shell: python --check-hash-based-pycs bogus -c 'import m' 2>&1 | head -1
# shell: python --check-hash-based-pycs 2>&1 | head -1
# shell: python -d -q -P -c "import sys; print(sys.flags.debug, sys.flags.quiet, sys.flags.safe_path)"
# shell: echo 'breakpoint(); print("after")' > b.py; printf 'p 1+1\nw\nc\n' | python b.py 2>&1 | sed 's,/.*/b.py,b.py,'
# shell: echo 'breakpoint(); print("after")' > b.py; PYTHONBREAKPOINT=0 python b.py
