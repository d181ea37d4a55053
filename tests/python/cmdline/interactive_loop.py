# shell: printf 'x = 5\nx + 1' | python -iq 2>&1
# shell: printf 'if 1:\n  2' | python -iq 2>&1
# shell: printf 'def f(' | python -iq 2>&1
# shell: printf '"""abc\n' | python -iq 2>&1
# shell: printf 'x = 1; y = (\n' | python -iq 2>&1
# shell: printf '  \n1\n # c\n2\n' | python -iq 2>&1
# shell: printf 'if 1:\n  3\n # c\n\n4\n' | python -iq 2>&1
# shell: printf 'if 1:\n  5\nx\n' | python -iq 2>&1
# shell: printf '(1,\n\n2)\n{\n}\n"""a\n\nb"""\n' | python -iq 2>&1
# shell: printf '@x\n' | python -iq 2>&1
# shell: printf 'x \\\n' | python -iq 2>&1
# shell: printf '1 + \\\n2\n' | python -iq 2>&1
# shell: printf 'a = 1 if\n' | python -iq 2>&1
# shell: printf '  y\n' | python -iq 2>&1
# shell: printf 'if 1:\n  2\n 3\n\n' | python -iq 2>&1
# shell: printf 'print("a")\n\0\n' | python -iq 2>&1
# shell: printf 'from __future__ import annotations\nx: foo\n__annotations__\n' | python -iq 2>&1
# shell: printf 'x = "é"\nx y é\nx\n' | python -iq 2>&1
# shell: printf 'raise KeyboardInterrupt\n2\n' | python -iq 2>&1
# shell: printf 'def f():\n  1/0\n\nf()\nimport sys\nsys.last_type, sys.last_value\n' | python -iq 2>&1
# shell: printf 'try:\n  1/0\nexcept: pass\nelse:\n 2\n\n3\n' | python -iq 2>&1
# shell: printf 'import sys\nsys.ps1 = "P"\nsys.ps2 = 3\nif 1:\n\t1\n\ndel sys.ps1\n2\n' | python -iq 2>&1
# shell: printf 'class A:\n def f(self):\n  pass\n\n def g(self): pass\n' | python -iq 2>&1
# shell: printf 'lambda: (yield)\n' | python -iq 2>/dev/null | cut -c1-20
# shell: printf 'return\nawait x\n' | python -iq 2>&1
# shell: printf '1;2;"a"\nNone\n_\n' | python -iq 2>&1
# shell: printf 'exit(3)\n5\n' | python -iq 2>&1; echo " status $?"
# shell: printf 'raise SystemExit("why")\n5\n' | python -iq 2>&1; echo " status $?"
# shell: printf '1\r\nif 2:\r\n  3\r\n\r\n' | python -iq 2>&1
# shell: printf 'x\n' | python -iq -c 'x = 1; 1/0' 2>&1; echo " status $?"
# shell: printf '__file__\n__name__\n' | python -iq $DATA/sets_y.py 2>&1
# shell: printf '5\n' | python -iq -c 'raise SystemExit(4)' 2>&1; echo " status $?"
# shell: echo 'print("startup", __name__, "__file__" in globals()); s = 1' > s.py; printf 's\n__file__\n' | PYTHONSTARTUP=s.py python -iq 2>&1
# shell: echo 'zz' > s.py; printf '5\n' | PYTHONSTARTUP=s.py python -iq 2>&1
# shell: printf '5\n' | PYTHONSTARTUP=/nonexistent.py python -iq 2>&1
# shell: printf 'import sys\nsys.displayhook = lambda v: print("shown", v)\n7\nsys.excepthook = lambda *a: print("hook", a[0].__name__)\n1/0\nx x\n' | python -iq 2>&1
# shell: printf '5\n' | PYTHONINSPECT=1 python -c 'print(1)'; printf '5\n' | PYTHONINSPECT=1 python -q -c 'import sys; print(sys.flags.inspect, sys.flags.interactive)'
# shell: printf 'import sys\nsys.__interactivehook__\n' | python -iSq 2>&1
# shell: printf 'sys.exit(6)\n' | python -iqc 'import sys; sys.__interactivehook__ = lambda: 1/0' 2>&1; echo " status $?"
# shell: printf 'if 1:\n  async def f():\n    pass\n  7\n\nasync def g(): pass\n\n8\n' | python -iq 2>&1
# shell: printf 'match 1:\n  case 1: 2\n\nwith open("/dev/null") as f:\n  f.read()\n\n' | python -iq 2>&1
# shell: printf 'f"{1\n}"\n' | python -iq 2>&1
"""The interactive loop on a pipe: prompts, blocks, errors, the end of the input."""
