v = "nomain value"; print("nomain as", __name__)
