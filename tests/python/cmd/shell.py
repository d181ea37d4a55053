# stdin: mkdir a\nset a/x 5\nls a\nshow a/x\n?\nhelp set\nhelp undocumented\n!echo hi\nnonsense here\n\nshow nope\nset\nloop 3\nEOF\nnever read\n
# cmd: a shell over a tree of values, run over a script, with help, aliases, completion, hooks; and shlex, which splits its lines.
import cmd
import io
import shlex
import sys


class Shell(cmd.Cmd):
    intro = "A shell. Type help."
    prompt = "> "
    doc_header = "Known:"
    misc_header = "Topics:"
    undoc_header = "Bare:"
    ruler = "-"

    def preloop(self):
        self.tree, self.count = {}, 0

    def precmd(self, line):
        self.count += 1
        return line.replace("loop", "repeat")

    def postcmd(self, stop, line):
        if line.startswith("repeat"):
            print("after", repr(line), stop, repr(self.lastcmd), file=self.stdout)
        return stop

    def postloop(self):
        print("lines:", self.count, "queue:", self.cmdqueue, file=self.stdout)

    def emptyline(self):
        print("(nothing)", file=self.stdout)

    def default(self, line):
        if line == "EOF":
            return True
        super().default(line)

    def do_mkdir(self, arg):
        """mkdir NAME: makes a folder."""
        self.tree[arg] = {}

    def do_set(self, arg):
        """set PATH VALUE:
        puts a value into a folder."""
        try:
            path, value = shlex.split(arg)
        except ValueError as e:
            return self.stdout.write(f"set: {e}\n") and None
        folder, _, name = path.partition("/")
        self.tree[folder][name] = value

    def do_show(self, arg):
        folder, _, name = arg.partition("/")
        print(self.tree.get(folder, {}).get(name, f"no {arg}"), file=self.stdout)

    def do_ls(self, arg):
        "ls [FOLDER]: lists."
        self.columnize(sorted(self.tree[arg] if arg else self.tree), displaywidth=30)

    def do_repeat(self, arg):
        for i in range(int(arg)):
            self.onecmd(f"set a/n{i} {i}")
        self.do_ls("a")

    def do_shell(self, arg):
        print("shell:", arg, file=self.stdout)

    def do_quit(self, arg):
        return True

    def help_topic(self):
        print("A topic of its own.", file=self.stdout)

    def complete_show(self, text, line, begin, end):
        return [f"{f}/{n}" for f in self.tree for n in self.tree[f] if f"{f}/{n}".startswith(text)]


shell = Shell(stdin=sys.stdin, stdout=sys.stdout)
shell.use_rawinput = False
shell.cmdloop()
print(shell.tree)
print([shell.parseline(x) for x in ("", "  ls  a ", "!x y", "?z", "a-b c", "1abc", "?", "EOF", "!")])
shell.cmdqueue = ["ls", "show a/x", "quit"]
shell.cmdloop("queued")
print(shell.completenames("s"), shell.completenames("zz"), shell.complete_help("he"), shell.completedefault(), sorted(shell.get_names())[:3], shell.complete_show("a/", "show a/", 5, 7))
for words in (["one"], [f"item{i:02}" for i in range(30)], [], ["x" * 50, "y"], ["a", "bb" * 10, "c", "dd"] * 3):
    shell.columnize(words, displaywidth=60)
for wrong in (lambda: shell.columnize(["a", 5]), lambda: shell.onecmd("show"), lambda: shell.onecmd("set none/x 1"), lambda: shell.onecmd("set 'open"), lambda: shell.onecmd("help topic"), lambda: shell.onecmd("help zzz"), lambda: Shell().onecmd("quit")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)

LINES = ["a b c", "a 'b c' \"d e\"", "a\\ b", "'a'\"b\"c", "\"a\\\"b\\c\" 'a\\b'", "a # comment", "a#b", "", "''", "a='x y' --opt=\"q\"", "x;y|z&&w>f", "(a b)", "~/x *.py", "é ☃", "a\nb\tc", "'unclosed", "\"unclosed\\", "trailing\\", "a''b", "\\'", "$VAR ${x}"]
for line in LINES:
    for options in ({}, {"comments": True}, {"posix": False}):
        try:
            print(repr(line), options, shlex.split(line, **options))
        except ValueError as e:
            print(repr(line), options, "ValueError", e)
for chars in (False, True, "|;"):
    print(chars, list(shlex.shlex("a && b||c;d>>'e f' $x -l 5.5 a_b", punctuation_chars=chars)), list(shlex.shlex("ls -l|wc;", posix=True, punctuation_chars=chars)))
lex = shlex.shlex("word include x 'q'\n# c\nlast", infile="file.txt", posix=True)
lex.whitespace_split, lex.commenters, lex.wordchars = False, "#", lex.wordchars + "-"
print(lex.get_token(), lex.lineno, lex.push_token("pushed"), lex.get_token(), lex.error_leader(), list(lex), lex.lineno, lex.get_token() is lex.eof)
with open("inc", "w") as f:
    f.write("from the file")
lex = shlex.shlex("before source inc after")
lex.source = "source"
print(list(lex), lex.infile)
print(shlex.quote("a b"), shlex.quote(""), shlex.quote("it's"), shlex.quote("safe-._/"), shlex.quote("é"), shlex.join(["a", "b c", "$x", "'"]), shlex.split(shlex.join(["x y", "'\"", "\\", ""])))
for wrong in (lambda: shlex.quote(5), lambda: shlex.join([1]), lambda: shlex.split(5), lambda: shlex.split(b"x"), lambda: setattr(shlex.shlex("x", punctuation_chars=True), "punctuation_chars", "x")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
