if 1:
    print("last line has no newline")