# shell: printf '\0abc\nprint(1)\n' > a.py; python a.py; echo $?
# shell: printf '\0abc\nprint(1)\n\364' > a.py; python a.py; echo $?
# shell: printf '\0abc\364\nprint(1)\n' > a.py; python a.py; echo $?
# shell: printf '\0abc\rprint(1)\r\n\364' > a.py; python a.py; echo $?
# shell: printf '\0a\n\0b\nprint(2)\n' > a.py; python a.py; echo $?
# shell: printf 'print(0)\n\0a\nprint(2)\n' > a.py; python a.py; echo $?
# shell: printf 'print(0)\npri\0\364\nnt(2)\n' > a.py; python a.py; echo $?
# shell: printf '\0a\n\n\n\364\n' > a.py; python a.py; echo $?
# shell: printf '\0a\n#\364\n' > a.py; python a.py; echo $?
# shell: printf '\0\0\n\0\nprint(3)\0\n\0' > a.py; python a.py; echo $?
# shell: printf '\0' > a.py; python a.py; echo $?
# shell: printf 'x = 1\0\nprint(x)\n' | python; echo $?
"""Bytes of value 0 in a program's file: each ends its line, and the next line goes on in its place."""
