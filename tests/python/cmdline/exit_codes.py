# shell: for c in None 0 1 2 255 256 -1 True False; do python -c "import sys; sys.exit($c)"; echo "$c $?"; done
# shell: python -c "import sys; sys.exit([1, 2])"; echo $?
# shell: python -c "import sys; sys.exit('')"; echo $?
# shell: python -c "import sys; sys.exit(2**40)"; echo $?
# shell: python -c "import os; os._exit(9)"; echo $?
# shell: python -c "import os; os.abort()" 2>/dev/null; echo $?
# shell: python -c "exit(4)"; echo $?
# shell: python -c "quit()"; echo $?
# shell: python -c "raise KeyboardInterrupt"; echo $?
# shell: python -c "raise GeneratorExit"; echo $?
# shell: python -c "import atexit; atexit.register(print, 'bye'); atexit.register(lambda: 1/0); raise SystemExit(3)"; echo $?
# shell: python -c "import threading; threading.Thread(target=lambda: 1/0).start()" 2>/dev/null; echo $?
# shell: python -c "import sys; sys.excepthook = None; 1/0"; echo $?
# shell: python -c "import sys; sys.excepthook = lambda *a: sys.exit(8); 1/0"; echo $?
# shell: python -c "import sys; sys.excepthook = lambda *a: {}['k']; 1/0"; echo $?
# shell: python -c "class E(SystemExit): pass\nraise E(6)"; echo $?
# shell: python -c "raise BaseException('base')"; echo $?
# shell: python -c "import sys; raise BaseExceptionGroup('g', [SystemExit(3), ValueError()])"; echo $?
# shell: python -c "class A:\n  def __del__(self): raise SystemExit(9)\na = A(); del a; print('on')"; echo $?
# shell: python -c "import signal, os; signal.signal(signal.SIGTERM, lambda *a: exit(12)); os.kill(os.getpid(), signal.SIGTERM)"; echo $?
# shell: timeout -s INT 0.5 "$PYTHON" -c "import time; time.sleep(10)" 2>&1 | tail -1
"""Exit statuses of every kind of end."""
