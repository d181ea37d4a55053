# Options win over the environment; numbers in the environment; a command that is no UTF-8.
# shell: PYTHONHASHSEED=0 python -R -c 'import sys; print(sys.flags.hash_randomization)'
# shell: PYTHONHASHSEED=0 python -c 'import sys; print(sys.flags.hash_randomization, hash("spam") == hash("spam"))'
# shell: PYTHONHASHSEED=nonsense python -R -c 'print(1)'
# shell: for o in pycache_prefix= pycache_prefix pycache_prefix=bar; do PYTHONPYCACHEPREFIX=foo python -X $o -c 'import sys; print(sys.pycache_prefix)'; done
# shell: for n in 0 1 2 text -1 007; do PYTHONVERBOSE= PYTHONDONTWRITEBYTECODE=$n PYTHONOPTIMIZE=$n PYTHONDEBUG=$n python -c 'import sys; f = sys.flags; print(f.debug, f.optimize, f.dont_write_bytecode)'; done
# shell: PYTHONINTMAXSTRDIGITS=4000 python -X int_max_str_digits=6000 -c 'import sys; print(sys.flags.int_max_str_digits)'
# shell: PYTHONINTMAXSTRDIGITS=4000 python -c 'import sys; print(sys.flags.int_max_str_digits)'
# shell: python -c "$(printf 'print("\377")')" 2>&1; echo $?
