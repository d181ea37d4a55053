if 1:
print(2)
