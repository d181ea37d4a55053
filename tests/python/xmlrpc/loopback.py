# xmlrpc: values marshalled and read back, a server and its clients on the loopback, faults, multicalls, introspection.
import datetime
import threading
import xmlrpc.client as client
from xmlrpc.server import DocXMLRPCServer, SimpleXMLRPCRequestHandler, SimpleXMLRPCServer

values = (1, -5, True, 2.5, "te<x>t & ü", b"\x00\x01binary", [1, [2, ["three"]]], {"a": 1, "b": {"c": [None]}}, datetime.datetime(2020, 1, 2, 3, 4, 5), None)
packed = client.dumps(values, "some.method", allow_none=True)
print(packed)
back, method = client.loads(packed, use_builtin_types=True)
print(method, back == values)
plain, _ = client.loads(packed)
print(plain[5], plain[8], repr(plain[8]), plain[5].data, plain[8] == values[8], client.DateTime("20200102T03:04:05") < client.DateTime("20210102T03:04:05"), client.Binary(b"x") == b"x")
for wrong in ((None,), (2**31,), (object(),), ({1: 2},), (1j,), ({1, 2},)):
    try:
        print(len(client.dumps(wrong)))
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])
ring = []
ring.append(ring)
try:
    client.dumps((ring,))
except TypeError as e:
    print(e)
print(client.dumps(client.Fault(7, "went <wrong>"), methodresponse=True))
for text in ("<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>4</int></value></member><member><name>faultString</name><value>bad</value></member></struct></fault></methodResponse>",
             "<params><param><value>bare</value></param></params>", "<params><param><value><i8>99999999999</i8></value></param></params>", "<params><param><value><boolean>2</boolean></value></param></params>",
             "<params><param>", "", "<params><param><value><bigdecimal>1.50</bigdecimal></value></param></params>", "<params><param><value><int>x</int></value></param></params>"):
    try:
        print(client.loads(text))
    except Exception as e:
        print(type(e).__name__, getattr(e, "faultCode", None), e)


class Account:
    def __init__(self):
        self.lock, self.total = threading.Lock(), 0

    def add(self, amount):
        """Adds to the account."""
        with self.lock:
            self.total += amount
        return self.total

    def balance(self):
        return self.total

    def _secret(self):
        return "never"


class Handler(SimpleXMLRPCRequestHandler):
    rpc_paths = ("/rpc",)

    def log_message(self, *args):
        pass


def divide(a, b):
    """Divides."""
    return a / b


def serve(kind, **options):
    server = kind(("127.0.0.1", 0), requestHandler=Handler, logRequests=False, **options)
    server.register_function(divide)
    server.register_function(lambda *a: list(a), "echo")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    return server, thread, f"http://127.0.0.1:{server.server_address[1]}"


server, thread, address = serve(SimpleXMLRPCServer, allow_none=True, use_builtin_types=True)
server.register_introspection_functions()
server.register_multicall_functions()
server.register_instance(Account())
with client.ServerProxy(address + "/rpc", allow_none=True, use_builtin_types=True) as proxy:
    print(proxy.divide(7, 2), proxy.echo(*values) == list(values), proxy.add(5), proxy.balance())
    for call in (lambda: proxy.divide(1, 0), lambda: proxy.nothing(), lambda: proxy._secret(), lambda: proxy.divide(1), lambda: proxy.system.methodHelp("none")):
        try:
            print(repr(call()))
        except client.Fault as e:
            print(e)
    print(proxy.system.listMethods(), proxy.system.methodHelp("divide"), proxy.system.methodSignature("divide"))
    multi = client.MultiCall(proxy)
    multi.divide(9, 3)
    multi.divide(1, 0)
    multi.balance()
    results = multi()
    print(results[0], results[2])
    try:
        results[1]
    except client.Fault as e:
        print("in the multicall:", e.faultString)
    print(str(proxy).startswith("<ServerProxy for 127.0.0.1"), multi)
try:
    client.ServerProxy(address + "/elsewhere").echo()
except client.ProtocolError as e:
    print(e.errcode, e.errmsg)


def worker():
    with client.ServerProxy(address + "/rpc") as mine:
        for i in range(5):
            mine.add(i)


workers = [threading.Thread(target=worker) for _ in range(4)]
for w in workers:
    w.start()
for w in workers:
    w.join()
print(client.ServerProxy(address + "/rpc").balance())
server.shutdown()
thread.join()
server.server_close()
doc = DocXMLRPCServer(("127.0.0.1", 0), logRequests=False)
doc.register_function(divide)
doc.set_server_title("Division")
page = doc.generate_html_documentation()
print("<title>" in page, "Divides." in page, len(page) > 500)
doc.server_close()
try:
    client.ServerProxy("ftp://x")
except OSError as e:
    print(e)
