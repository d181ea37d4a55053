# shell: echo 'print("compiled")' > a.py; python -m py_compile a.py; ls __pycache__ | wc -l
# shell: echo 'x = = 1' > b.py; python -m py_compile b.py 2>&1 | tail -1
# shell: echo 'print(1)' > c.py; python -m dis c.py > /dev/null && echo dis works
# shell: printf 'if 1:\n\tx = 1\n        y = 2\n' > t.py; python t.py 2>&1 | tail -1
# shell: echo 'import sys; print(sys.argv)' > d.py; python -m runpy d a 2>&1 | tail -1
# shell: printf 'import threading\nt = threading.Thread(target=print, args=("thread",))\nt.start(); t.join()\n' > e.py; python -X dev e.py
# shell: printf 'x = 1\n' > keyword.py; python -c "import keyword; print(keyword.x)"
# shell: printf 'x = 1\n' > os.py; python -c "import os; print(hasattr(os, 'x'))"
# shell: mkdir sub; echo 'import helper; print(helper.v)' > sub/main.py; echo 'v = "next to the script"' > sub/helper.py; python sub/main.py; cd sub; python main.py
# shell: ln -s /usr/bin/true link; python ./link 2>&1 | tail -1 | cut -c1-11
# shell: printf '#!/usr/bin/env python\nprint("shebang")\n' > s; chmod +x s; python s
# shell: printf 'print("a")\f\nprint("b")\n' > ff.py; python ff.py
# shell: printf '\\\nprint(1)\n' > bs.py; python bs.py
# shell: printf 'x = """\nabc' > un.py; python un.py 2>&1 | tail -1
# shell: printf 'print(1)\n\0\n' > nul.py; python nul.py
# shell: printf 'print("\\N{DIGIT ONE}")\n' > n.py; python n.py
# shell: seq 1 3000 | sed 's/.*/x = &/' > big.py; echo 'print(x)' >> big.py; python big.py
"""Small command-line sessions on files made on the spot."""
