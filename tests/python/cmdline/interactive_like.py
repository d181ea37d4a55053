# shell: printf 'x = 5\nx + 1\nprint("hi")\n1/0\n"still"\ndef f():\n  return 7\n\nf()\nx = = 1\n' | python -i -q 2>&1 | sed 's/>>> //g; s/\.\.\. //g'
# shell: printf 'print(x)\n' | python -i -c "x = 'from -c'" 2>/dev/null
# shell: printf 'print(y)\nraise SystemExit(4)\n' | python -q -i $DATA/sets_y.py 2>/dev/null; echo $?
# shell: printf 'for i in range(2):\n  i\n\nclass C:\n  v = 3\n\nC.v\n_\n' | python -iq 2>/dev/null
# shell: printf 'import sys\nsys.ps1, sys.ps2\n"é"\nNone\n[1,\n2]\n' | python -iq 2>/dev/null
"""The -i option fed from a pipe."""
