# netrc files: machines, defaults, macros, quoting, permissions and the errors' lines.
import netrc
import os
import traceback

SAMPLE = '''# a comment
machine host.example login "log in" password "pass\\"word" account acct
machine other.example
    login me   # not a comment inside? it is
    password p#ss
macdef init
cd /pub
put $1

macdef second
ls

default login anonymous password guest@
'''
with open("sample", "w") as f:
    f.write(SAMPLE)
n = netrc.netrc("sample")
for host in ("host.example", "other.example", "unknown", ""):
    print(host, n.authenticators(host))
print(n.hosts)
print(n.macros)
print(repr(n))
with open("again", "w") as f:
    f.write(repr(n))
try:
    m = netrc.netrc("again")
    print(m.hosts == n.hosts, m.macros == n.macros)
except netrc.NetrcParseError as e:
    print("again:", e.msg, e.lineno)

PIECES = {
    "bad toplevel": "machine a login b password c\nrubbish here\n",
    "missing name": "machine\n",
    "missing value": "machine a login\n",
    "unknown word": "machine a login b pass c\n",
    "macro at end": "macdef x\nno blank line",
    "no password": "machine a login b\n",
    "password only": "machine a password c\n",
    "user": "machine a user b password c account d\n",
    "escapes": 'machine a login \\"x\\" password \\\\y\n',
    "empty": "",
    "comments": "#one\n#two\nmachine a login b password #hash\n",
    "comment glued": "machine a login b password c#d\n",
    "default early": "default login x password y\nmachine a login b password c\n",
    "repeated": "machine a login one password 1\nmachine a login two password 2\n",
    "quoted empty": 'machine a login "" password ""\n',
    "unicode": "machine é login ü password ß\n",
}
for name, text in PIECES.items():
    with open("piece", "w", encoding="utf-8") as f:
        f.write(text)
    try:
        parsed = netrc.netrc("piece")
        print(name, "->", parsed.hosts, parsed.macros)
    except netrc.NetrcParseError as e:
        print(name, "->", e, "|", e.filename, e.lineno, e.msg, e.args)

home = os.path.join(os.getcwd(), "home")
os.mkdir(home)
os.environ["HOME"] = home
try:
    netrc.netrc()
except FileNotFoundError as e:
    print(e.errno, os.path.basename(e.filename))
path = os.path.join(home, ".netrc")
with open(path, "w") as f:
    f.write("machine safe login a password b\n")
for mode in (0o600, 0o644, 0o660):
    os.chmod(path, mode)
    try:
        print(oct(mode), netrc.netrc().authenticators("safe"))
    except netrc.NetrcParseError as e:
        print(oct(mode), e.msg)
with open(path, "w") as f:
    f.write("machine open login anonymous password b\n")
os.chmod(path, 0o644)
print(netrc.netrc().hosts)
with open("latin", "wb") as f:
    f.write(b"machine caf\xe9 login a password b\n")
try:
    print(netrc.netrc("latin").hosts)
except UnicodeDecodeError as e:
    print(e)
try:
    netrc.netrc("absent")
except OSError:
    print(traceback.format_exc().splitlines()[-1])
