# smtplib: messages sent to a small SMTP server on the loopback; dialogues, refusals, authentication and dot-stuffing.
import base64
import email.message
import email.policy
import hmac
import smtplib
import socket
import threading


class Server(threading.Thread):
    """Speaks enough SMTP for a client; what it hears is kept in `heard`, whole messages in `kept`."""

    def __init__(self, extended=True, greeting=b"220 ready"):
        super().__init__()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.extended, self.greeting = extended, greeting
        self.heard, self.kept = [], []

    def run(self):
        connection, _ = self.listener.accept()
        with connection, connection.makefile("rwb") as self.stream:
            self.say(self.greeting)
            while line := self.stream.readline():
                self.heard.append(line.rstrip().decode())
                verb = line.split()[0].lower()
                self.say(*getattr(self, "do_" + verb.decode(), self.unknown)(line.rstrip()))
                if verb == b"quit":
                    break
        self.listener.close()

    def say(self, *lines):
        self.stream.write(b"".join(line + b"\r\n" for line in lines))
        self.stream.flush()

    def unknown(self, line):
        return (b"500 what?",)

    def do_ehlo(self, line):
        self.heard[-1] = "ehlo ..."
        return (b"250-here", b"250-SIZE 5000", b"250-8BITMIME", b"250-SMTPUTF8", b"250 AUTH CRAM-MD5 PLAIN LOGIN") if self.extended else (b"502 no",)

    def do_helo(self, line):
        self.heard[-1] = "helo ..."
        return (b"250 plain",)

    def do_mail(self, line):
        return (b"552 too big",) if b"size=99" in line else (b"250 ok",)

    def do_rcpt(self, line):
        return (b"550 no such user",) if b"nobody" in line else (b"250 ok",)

    def do_data(self, line):
        self.say(b"354 go on")
        lines = []
        while (line := self.stream.readline()) != b".\r\n":
            lines.append(line)
        self.kept.append(b"".join(lines))
        return (b"250 queued",)

    def do_rset(self, line):
        return (b"250 reset",)

    do_noop = do_rset

    def do_vrfy(self, line):
        return (b"252 cannot say",)

    def do_help(self, line):
        return (b"214-first", b"214 second")

    def do_auth(self, line):
        words = line.split()
        if words[1] == b"PLAIN":
            return (b"235 in",) if base64.b64decode(words[2]) == b"\0user\0secret" else (b"535 wrong",)
        if words[1] == b"CRAM-MD5":
            self.say(b"334 " + base64.b64encode(b"<challenge>"))
            answer = base64.b64decode(self.stream.readline())
            return (b"235 in",) if answer == b"user " + hmac.digest(b"secret", b"<challenge>", "md5").hex().encode() else (b"535 wrong",)
        return (b"504 unknown",)

    def do_quit(self, line):
        return (b"221 bye",)


def connect(**options):
    server = Server(**options)
    server.start()
    return server, smtplib.SMTP("127.0.0.1", server.port, timeout=20)


message = email.message.EmailMessage()
message["From"] = "Me <me@example.org>"
message["To"] = "One <one@example.org>, two@example.org"
message["Bcc"] = "hidden@example.org"
message["Subject"] = "Grüße"
message.set_content("line\n.dot at start\n..two\n\nend")
server, smtp = connect()
with smtp:
    print(smtp.ehlo(), sorted(smtp.esmtp_features.items()), smtp.has_extn("size"), smtp.does_esmtp)
    print(smtp.noop(), smtp.vrfy("x"), smtp.help(), smtp.docmd("strange", "args"))
    print(smtp.login("user", "secret"))
    print(smtp.send_message(message))
    print(smtp.sendmail("me@example.org", ["nobody@x", "one@x"], "Subject: s\r\n\r\n.\r\nbody\rlone\n"))
    for call in (lambda: smtp.sendmail("a", ["nobody@a", "nobody@b"], "m"), lambda: smtp.sendmail("a@b", "c@d", "ü"), lambda: smtp.sendmail("x" * 10, ["y"], b"z", mail_options=["size=99"]),
                 lambda: smtp.login("user", "wrong"), lambda: smtp.starttls(), lambda: smtp.mail("x\ny")):
        try:
            print(call())
        except Exception as e:
            print(type(e).__name__, e)
print("\n".join(server.heard))
server.join()
for kept in server.kept:
    print(kept.decode())

server, smtp = connect(extended=False)
print(smtp.ehlo_or_helo_if_needed(), smtp.does_esmtp, smtp.helo_resp, smtp.ehlo_resp)
try:
    smtp.login("u", "p")
except smtplib.SMTPNotSupportedError as e:
    print(e)
utf8 = email.message.EmailMessage(policy=email.policy.SMTP)
utf8["From"], utf8["To"] = "é@example.org", "b@c"
try:
    smtp.send_message(utf8)
except smtplib.SMTPNotSupportedError as e:
    print(e)
print(smtp.quit(), server.join())
try:
    smtp.noop()
except smtplib.SMTPServerDisconnected as e:
    print(e)
server = Server(greeting=b"554 go away")
server.start()
try:
    smtplib.SMTP("127.0.0.1", server.port)
except smtplib.SMTPConnectError as e:
    print(e.smtp_code, e.smtp_error, e)
server.join()
print(smtplib.quoteaddr("Me <a@b>"), smtplib.quoteaddr("odd"), smtplib.quotedata(".a\n.b\r\nc\r"))
