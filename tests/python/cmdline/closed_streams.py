# shell: python -c "print('lost')" >&-; echo "status $?"
# shell: python -c "import sys; print(sys.stdout, file=sys.stderr)" >&-
# shell: python -c "import sys; print(sys.stdin)" <&-
# shell: python -c "import sys; print(sys.stderr); 1/0" 2>&-; echo "status $?"
# shell: python -c "print('x' * 100000)" | head -c 5; echo
# shell: (python -c "for i in range(100000): print(i)"; echo "status $?" >&2) | head -2
# shell: python -c "print('full')" > /dev/full; echo "status $?"
# shell: python -c "import sys; sys.stdout.write('full'); sys.stdout.flush()" > /dev/full; echo "status $?"
# shell: python -c "import sys; sys.stderr.write('x')" 2> /dev/full; echo "status $?"
# shell: python -c "import os, sys; os.close(1); print('x')" ; echo "status $?"
# shell: python -c "input()" <&- 2>&1 | tail -1
# shell: python -c "import sys; sys.stdout.close(); print('x')"; echo "status $?"
# shell: python -c "import sys; sys.stdout = None; print('x')"; echo "status $?"
# shell: python -c "import sys; sys.stderr = None; 1/0"; echo "status $?"
# shell: python <&-; echo "status $?"
# shell: python -c "print(1)" < / 2>&1 | head -2
# shell: python -c "import sys; print(sys.stdin.read())" 0> /dev/null; echo "status $?"
# shell: python -c "print('x')" 1< /dev/null; echo "status $?"
# shell: python -c "print('x'); 1/0" > /dev/full; echo "status $?"
# shell: python -c "raise SystemExit(5)" >&- 2>&- <&-; echo "status $?"
# shell: python -c "import os; os.kill(os.getpid(), 13)"; echo "after SIGPIPE $?"
# shell: python -c "import sys; del sys.stdout; sys.exit('bye')"; echo "status $?"
"""Closed, full and broken standard streams: messages and exit status."""
