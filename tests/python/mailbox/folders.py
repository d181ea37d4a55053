# Mail kept in each of mailbox's formats: added, read again from disk, flagged, moved between formats, locked, refused.
import email.message
import io
import mailbox
import os


def letter(number, body="text"):
    m = email.message.EmailMessage()
    m["From"] = f"sender{number}@example.org"
    m["To"] = "me@example.org"
    m["Subject"] = f"letter {number}"
    m.set_content(f"{body} {number}\nFrom here on, a line that mbox must quote.\n>From twice\n")
    return m


def show(box):
    for message in sorted(box, key=lambda message: message["subject"]):
        print("  ", type(message).__name__, message["subject"], repr(message.get_payload()[:40]))


for kind, name in ((mailbox.mbox, "m.mbox"), (mailbox.MMDF, "m.mmdf"), (mailbox.Babyl, "m.babyl"), (mailbox.MH, "m.mh"), (mailbox.Maildir, "m.dir")):
    print(kind.__name__)
    box = kind(name, create=True)
    keys = [box.add(letter(i)) for i in range(4)]
    print(len(box), len(set(keys)), keys[2] in box, "none" in box)
    box.remove(keys[1])
    box.flush()
    box.close()
    box = kind(name, create=False)
    print(len(box))
    show(box)
    first = min(box.keys(), key=lambda key: box[key]["subject"])
    print(box.get_bytes(first)[:60], box.get_string(first)[-30:], box.get_file(first).readline())
    box.update({first: letter(9, "changed")})
    box.flush()
    print(sorted(m["subject"] for m in box), box.popitem()[1]["subject"] is not None, len(box), box.get("missing"), box.get("missing", 5))
    try:
        box["missing"]
    except KeyError as e:
        print("KeyError", e)
    box.lock()
    box.unlock()
    box.clear()
    print(len(box), list(box.items()))
    box.close()

box = mailbox.Maildir("flags.dir")
m = mailbox.MaildirMessage(letter(1))
m.set_flags("SF")
m.add_flag("R")
m.remove_flag("F")
m.set_subdir("cur")
m.set_info("2,RS")
key = box.add(m)
print(m.get_flags(), m.get_subdir(), m.get_info(), box[key].get_flags(), os.listdir("flags.dir/cur")[0].rpartition(":")[2])
for convert in (mailbox.mboxMessage, mailbox.MMDFMessage, mailbox.MHMessage, mailbox.BabylMessage, mailbox.Message):
    c = convert(box[key])
    print(convert.__name__, getattr(c, "get_flags", getattr(c, "get_sequences", getattr(c, "get_labels", str)))() if convert is not mailbox.Message else len(c.as_string()))
sub = box.add_folder("drafts")
sub.add(letter(2))
print(box.list_folders(), len(box.get_folder("drafts")))
try:
    box.remove_folder("drafts")
except mailbox.NotEmptyError as e:
    print("NotEmptyError", str(e).replace(os.getcwd(), ""))
sub.clear()
box.remove_folder("drafts")
try:
    box.get_folder("drafts")
except mailbox.NoSuchMailboxError as e:
    print("NoSuchMailboxError", os.path.basename(str(e)))
try:
    mailbox.mbox("nowhere/x", create=False)
except mailbox.NoSuchMailboxError as e:
    print(type(e).__name__, isinstance(e, mailbox.Error), os.path.basename(str(e)))

mh = mailbox.MH("seq.mh")
for i in range(6):
    message = mailbox.MHMessage(letter(i))
    message.set_sequences(["unseen", "even"] if i % 2 == 0 else ["unseen"])
    mh.add(message)
mh.remove(3)
print(mh.get_sequences())
mh.pack()
print(mh.keys(), mh.get_sequences(), open("seq.mh/.mh_sequences").read())
mh.discard(99)
try:
    mh.remove(99)
except KeyError as e:
    print("KeyError", e)

baby = mailbox.BabylMessage(letter(3))
baby.set_labels(["unseen", "work"])
baby.add_label("deleted")
baby.remove_label("unseen")
visible = mailbox.Message()
visible["Subject"] = "shown"
baby.set_visible(visible)
baby.update_visible()
print(baby.get_labels(), baby.get_visible().items())
with open("raw.mbox", "wb") as f:
    f.write(b"From a@b Thu Jan  1 00:00:00 2020\nSubject: raw\nStatus: RO\nX-Status: F\n\nbody\n\nFrom c@d Thu Jan  1 00:00:01 2020\nSubject: two\n\n>From x\n")
raw = mailbox.mbox("raw.mbox", factory=None)
print([(x.get_from(), x.get_flags(), x.get_payload()) for x in raw])
for wrong in (5, io.StringIO("Subject: s\n\nt"), "Subject: é\n\n", None, io.BytesIO(b"Subject: bytes\n\nok\n"), b"Subject: plain\n\nyes"):
    try:
        print(raw[raw.add(wrong)]["subject"])
    except Exception as e:
        print(type(e).__name__, e)
