# command: -m dis $DATA/small.py
# shell: echo 'x = [1, 2]' | python -m dis > /dev/null; echo "status $?"
# shell: python -m dis $DATA/missing.py > /dev/null 2>&1; echo "status $?"
"""python -m dis on a file: the listing of a program small enough to be the same in both."""
