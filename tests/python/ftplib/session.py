# ftplib: its parsers alone, then a session with a server on the loopback that keeps files in a dict.
import ftplib
import io
import socket
import threading

for text in ("227 Entering Passive Mode (127,0,0,1,4,210)", "227 no numbers", "229 x (|||4321|)"):
    for parse in (ftplib.parse227, lambda r: ftplib.parse229(r, ("h", 1))):
        try:
            print(parse(text))
        except ftplib.Error as e:
            print(type(e).__name__, e)
for text in ('257 "/a ""quoted"" dir" created', "257 nothing", "250 x"):
    try:
        print(repr(ftplib.parse257(text)))
    except ftplib.Error as e:
        print(type(e).__name__, e)
print(ftplib.parse150("150 Opening (1234 bytes)"), ftplib.parse150("150 no size"))
FILES = {"hello.txt": b"first\r\nsecond\r\n", "blob": bytes(range(256)) * 40}
heard = []


class Server(threading.Thread):
    def __init__(self):
        super().__init__()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.where, self.rest, self.kind = "/", 0, "A"

    def run(self):
        self.control, _ = self.listener.accept()
        with self.control, self.control.makefile("rb") as lines:
            self.say("220-welcome", "220 ready")
            for line in lines:
                verb, _, rest = line.rstrip(b"\r\n").decode().partition(" ")
                heard.append(f"{verb} {rest}" if verb not in ("PORT", "EPRT") else verb)
                handler = getattr(self, "do_" + verb, None)
                if handler is None:
                    self.say("502 unknown")
                else:
                    handler(rest)
                if verb == "QUIT":
                    break
        self.listener.close()

    def say(self, *lines):
        self.control.sendall(b"".join(line.encode() + b"\r\n" for line in lines))

    def do_USER(self, name):
        self.say("230 in" if name == "anonymous" else "331 password")

    def do_PASS(self, word):
        self.say("230 in" if word == "right" else "530 wrong")

    def do_PWD(self, _):
        self.say(f'257 "{self.where}"')

    def do_CWD(self, where):
        if where == "none":
            return self.say("550 no such directory")
        self.where = where
        self.say("250 there")

    def do_TYPE(self, kind):
        self.kind = kind
        self.say("200 ok")

    def do_SIZE(self, name):
        self.say(f"213 {len(FILES[name])}" if name in FILES else "550 none")

    def do_MKD(self, name):
        self.say(f'257 "{name}" made')

    def do_RNFR(self, name):
        self.say("350 go on" if name in FILES else "550 none")

    def do_RNTO(self, name):
        FILES[name] = FILES.pop("upload")
        self.say("250 moved")

    def do_DELE(self, name):
        self.say("250 gone" if FILES.pop(name, None) is not None else "550 none")

    def do_REST(self, at):
        self.rest = int(at)
        self.say("350 from there")

    def do_NOOP(self, _):
        self.say("200 ok")

    def do_EPSV(self, _):
        self.say("500 not here")

    def do_PASV(self, _):
        self.data = socket.create_server(("127.0.0.1", 0))
        port = self.data.getsockname()[1]
        self.say(f"227 at (127,0,0,1,{port // 256},{port % 256})")

    def transfer(self, act):
        self.say("150 opening")
        connection, _ = self.data.accept()
        with connection, self.data:
            act(connection)
        self.say("226 done")

    def do_RETR(self, name):
        if name not in FILES:
            return self.say("550 none")
        at, self.rest = self.rest, 0
        self.transfer(lambda c: c.sendall(FILES[name][at:]))

    def do_STOR(self, name):
        def act(connection):
            FILES[name] = b"".join(iter(lambda: connection.recv(1000), b""))
        self.transfer(act)

    def do_NLST(self, _):
        self.transfer(lambda c: c.sendall("".join(f"{n}\r\n" for n in sorted(FILES)).encode()))

    def do_MLSD(self, _):
        self.transfer(lambda c: c.sendall("".join(f"type=file;size={len(v)}; {n}\r\n" for n, v in sorted(FILES.items())).encode()))

    def do_QUIT(self, _):
        self.say("221 bye")


server = Server()
server.start()
with ftplib.FTP(timeout=20) as ftp:
    print(ftp.connect("127.0.0.1", server.listener.getsockname()[1]), ftp.getwelcome())
    for call in (lambda: ftp.login("me", "wrong"), lambda: ftp.login("me", "right"), lambda: ftp.pwd(), lambda: ftp.cwd("/pub"), lambda: ftp.pwd(), lambda: ftp.cwd("none"), lambda: ftp.size("blob"), lambda: ftp.size("none"),
                 lambda: ftp.nlst(), lambda: list(ftp.mlsd(facts=["type"])), lambda: ftp.mkd("new"), lambda: ftp.storbinary("STOR upload", io.BytesIO(b"abc" * 1000), blocksize=7), lambda: ftp.storlines("STOR lines", io.BytesIO(b"a\nb\r\nc")),
                 lambda: FILES["lines"], lambda: ftp.rename("upload", "moved"), lambda: ftp.rename("no", "x"), lambda: sorted(FILES), lambda: ftp.delete("moved"), lambda: ftp.delete("moved"),
                 lambda: ftp.retrbinary("RETR none", print), lambda: ftp.voidcmd("STRANGE"), lambda: ftp.sendcmd("NOOP\r\nx"), lambda: ftp.dir(heard.append), lambda: ftp.sendcmd("NOOP")):
        try:
            print(call())
        except (ftplib.Error, ValueError) as e:
            print(type(e).__name__, e, isinstance(e, ftplib.all_errors))
    got = []
    print(ftp.retrlines("RETR hello.txt", got.append), got)
    pieces = []
    print(ftp.retrbinary("RETR blob", pieces.append, blocksize=100), b"".join(pieces) == FILES["blob"])
    print(ftp.retrbinary("RETR blob", pieces.append, rest=10000), len(b"".join(pieces)))
server.join()
print(ftp.sock, heard)
