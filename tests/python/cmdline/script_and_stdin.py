# command: $DATA/hello.py a "b c"
# command: $DATA/missing.py
# command: $DATA
# command: /dev/null
# command: $DATA/syntax_bad.py
# command: $DATA/indent_bad.py
# command: $DATA/tab_bad.py
# command: $DATA/binary_garbage.py
# shell: echo 'print("from stdin", __name__, "__file__" in globals())' | python
# shell: echo 'import sys; print(sys.argv, repr(sys.path[0]))' | python - x y
# shell: printf 'x = 5\nprint(x' | python
# shell: printf 'print(1)\nprint(1/0)\nprint(2)\n' | python
# shell: printf 'def f():\n  return 3\nprint(f())' | python -
# shell: python < /dev/null; echo "status $?"
# shell: printf 'import sys\nprint(repr(sys.stdin.read()))\n' | python
# shell: python $DATA/hello.py < /dev/null | cat
# shell: head -c 3000 /dev/urandom > r.bin; python r.bin >/dev/null 2>&1; test $? -eq 1 && echo "garbage refused"
# shell: python -x $DATA/skip_first.py
# shell: cp $DATA/hello.py ./h; python ./h q; python -B h; ls
# shell: mkdir d; echo 'print("main of folder", __name__)' > d/__main__.py; python d; python ./d/ 1
# shell: python -V | grep -c '3[.]11'; python --version | grep -c '3[.]11'; python -VV | grep -c '3[.]11'
# shell: python -h | head -3 | cut -d' ' -f1; python -? > /dev/null; echo $?
"""Scripts, folders, standard input and broken files as the program."""
