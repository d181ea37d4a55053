import sys
print("mod_here", sys.argv[1:], sys.argv[0].split("/")[-1])
