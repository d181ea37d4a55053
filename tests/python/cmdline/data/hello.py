import sys
print("hello", sys.argv[1:], __name__, __file__.split("/")[-1])
