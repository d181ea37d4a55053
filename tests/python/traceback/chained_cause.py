"""An uncaught exception with an explicit cause."""

def parse(text):
    return int(text)

def load(config):
    try:
        return parse(config["port"])
    except (KeyError, ValueError) as error:
        raise RuntimeError(f"bad configuration: {config}") from error

print(load({"port": "80"}))
load({"port": "eighty"})
