"""A recursive-descent calculator with variables, and bracket matching."""

def tokens(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit() or c == ".":
            j = i
            while j < len(text) and (text[j].isdigit() or text[j] == "."):
                j += 1
            number = text[i:j]
            yield ("num", float(number) if "." in number else int(number))
            i = j
        elif c.isalpha():
            j = i
            while j < len(text) and text[j].isalnum():
                j += 1
            yield ("name", text[i:j])
            i = j
        elif c in "+-*/()=^":
            yield ("op", c)
            i += 1
        else:
            raise SyntaxError(f"bad character {c!r} at {i}")
    yield ("end", None)

class Parser:
    def __init__(self, text, env):
        self.tokens = list(tokens(text))
        self.pos = 0
        self.env = env

    def peek(self):
        return self.tokens[self.pos]

    def take(self, *wanted):
        kind, value = self.peek()
        if value in wanted and kind == "op":
            self.pos += 1
            return value
        return None

    def statement(self):
        if self.peek()[0] == "name" and self.tokens[self.pos + 1] == ("op", "="):
            name = self.peek()[1]
            self.pos += 2
            self.env[name] = self.statement()
            return self.env[name]
        value = self.expr()
        if self.peek()[0] != "end" and self.peek() != ("op", ")"):
            raise SyntaxError(f"unexpected {self.peek()[1]!r}")
        return value

    def expr(self):
        value = self.term()
        while op := self.take("+", "-"):
            right = self.term()
            value = value + right if op == "+" else value - right
        return value

    def term(self):
        value = self.factor()
        while op := self.take("*", "/"):
            right = self.factor()
            value = value * right if op == "*" else value / right
        return value

    def factor(self):
        if self.take("-"):
            return -self.factor()
        base = self.atom()
        return base ** self.factor() if self.take("^") else base

    def atom(self):
        kind, value = self.peek()
        self.pos += 1
        if kind == "num":
            return value
        if kind == "name":
            return self.env[value]
        if value == "(":
            inner = self.expr()
            if not self.take(")"):
                raise SyntaxError("expected )")
            return inner
        raise SyntaxError(f"unexpected {value!r}")

env = {}
for line in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "x = y = 4", "x * y - 1.5", "10 / 4", "(1", "1 +", "z", "1 / 0", "3 $ 4", "((((7))))"):
    try:
        print(line, "=>", Parser(line, env).statement())
    except (SyntaxError, KeyError, ZeroDivisionError) as error:
        print(line, "=>", type(error).__name__, error)

def balanced(s):
    stack = []
    for c in s:
        if c in "([{":
            stack.append(c)
        elif c in ")]}":
            if not stack or stack.pop() + c not in ("()", "[]", "{}"):
                return False
    return not stack

print([balanced(s) for s in ("", "([]{})", "([)]", "((", ")")])
