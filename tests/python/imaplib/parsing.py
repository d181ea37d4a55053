# imaplib's dates, flags and responses: the pure helpers, then a session with a scripted server on the loopback.
import datetime
import imaplib
import socket
import threading

for text in (b'1 (FLAGS (\\Seen \\Answered) INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 44)', b'INTERNALDATE " 1-Feb-2020 00:00:00 +0000"', b"nothing"):
    t = imaplib.Internaldate2tuple(text)
    print(t and t[:3], imaplib.ParseFlags(text))
for when in (datetime.datetime(2020, 2, 3, 4, 5, 6, tzinfo=datetime.timezone(datetime.timedelta(hours=-5, minutes=-30))), '"03-Feb-2020 04:05:06 +0100"'):
    print(imaplib.Time2Internaldate(when))
for wrong in (datetime.datetime(2020, 1, 1), object(), "unquoted"):
    try:
        imaplib.Time2Internaldate(wrong)
    except ValueError as e:
        print("ValueError", e)
print(imaplib.Int2AP(0), imaplib.Int2AP(1), imaplib.Int2AP(-12345), imaplib.Int2AP(16**5))
print(sorted(imaplib.Commands)[:8], imaplib.Commands["SELECT"], imaplib.AllowedVersions)

SCRIPT = {
    b"CAPABILITY": [b"* CAPABILITY IMAP4REV1 UIDPLUS ENABLE"],
    b"LOGIN": [],
    b"SELECT": [b"* 3 EXISTS", b"* 1 RECENT", b"* FLAGS (\\Seen \\Deleted)", b"* OK [UIDVALIDITY 77] valid", b"* OK [PERMANENTFLAGS (\\Seen)] limited"],
    b"SEARCH": [b"* SEARCH 1 3"],
    b"STATUS": [b'* STATUS "INBOX" (MESSAGES 3)'],
    b"NOOP": [b"* 4 EXISTS"],
    b"LIST": [b'* LIST (\\HasNoChildren) "/" "INBOX"', b'* LIST () "/" {7}', b"a \"b\" c"],
    b"CLOSE": [],
    b"LOGOUT": [b"* BYE going"],
}
FETCHED = b"Subject: hi\r\n\r\nbody of it\r\n"
seen = []


def serve(listener):
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb") as stream:
        stream.write(b"* OK ready\r\n")
        stream.flush()
        while line := stream.readline():
            tag, verb, *rest = line.rstrip().split(None, 2)
            seen.append((verb, *rest))
            if verb == b"FETCH":
                stream.write(b"* 1 FETCH (UID 9 RFC822 {%d}\r\n" % len(FETCHED) + FETCHED + b")\r\n")
            elif verb == b"APPEND":
                size = int(line.rstrip().rpartition(b"{")[2].rstrip(b"}"))
                stream.write(b"+ go on\r\n")
                stream.flush()
                seen.append(stream.read(size))
                stream.readline()
            elif verb == b"COPY":
                stream.write(tag + b" NO [TRYCREATE] no such mailbox\r\n")
                stream.flush()
                continue
            elif verb == b"STORE":
                stream.write(tag + b" BAD what is this\r\n")
                stream.flush()
                continue
            for answer in SCRIPT.get(verb, ()):
                stream.write(answer + b"\r\n")
            stream.write(tag + b" OK " + verb.lower() + b" done\r\n")
            stream.flush()
            if verb == b"LOGOUT":
                break


listener = socket.create_server(("127.0.0.1", 0))
server = threading.Thread(target=serve, args=(listener,))
server.start()
imap = imaplib.IMAP4("127.0.0.1", listener.getsockname()[1], timeout=20)
print(imap.state, imap.capabilities, imap.welcome)
for wrong in (lambda: imap.search(None, "ALL"), lambda: imap.nonsense, lambda: imap.uid("NOPE", "1"), lambda: imap.fetch("1", "(UID)")):
    try:
        wrong()
    except (imaplib.IMAP4.error, AttributeError) as e:
        print(type(e).__name__, e)
print(imap.login("user", 'pa"ss\\word'), imap.state)
print(imap.select(), imap.state, imap.untagged_responses.get("UIDVALIDITY"), imap.response("PERMANENTFLAGS"))
print(imap.recent(), imap.search(None, "UNSEEN"), imap.status("INBOX", "(MESSAGES)"))
print(imap.fetch("1", "(UID RFC822)"))
print(imap.list(), imap.noop())
print(imap.append("Drafts", "\\Seen", '"03-Feb-2020 04:05:06 +0100"', b"line one\nline two\n"))
print(imap.copy("1", "Elsewhere"))
try:
    imap.store("1", "+FLAGS", "\\Deleted")
except imaplib.IMAP4.error as e:
    print(type(e).__name__, e)
print(imap.close(), imap.logout(), imap.state)
server.join()
listener.close()
for line in seen:
    print(line)
