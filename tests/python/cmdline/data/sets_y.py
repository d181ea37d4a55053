y = "set by the script"
