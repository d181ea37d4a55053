# Reading parameters from a file is an `open` of which audit hooks hear before the file is looked for.
import ssl
import sys

seen = []
refuse = False


def hook(event, args):
    if event == "open":
        seen.append(args)
        if refuse:
            raise RuntimeError("refused")


context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
sys.addaudithook(hook)
for refuse in (False, True):
    for path in ("missing.pem", b"missing.pem", 5, None):
        try:
            context.load_dh_params(path)
        except Exception as e:
            print(type(e).__name__, e)
        print(seen)
        seen.clear()
