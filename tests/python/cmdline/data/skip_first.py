this line is not Python: skip
print("second line runs")
