print("bom", ascii("é"))
