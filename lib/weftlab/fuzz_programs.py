"""Random programs from a random.Random: statements of every kind over odd values, which show what they make and catch what they raise."""

import re

from weftlab import fuzz_grammar as grammar

_PLACEHOLDER = re.compile(r"<([a-z0-9]+)>")
ODD = 0.06          # how often a value of another kind stands where one kind is wanted
DEEPEST = 3


class Generator:
    """Makes one program. Names in scope are kept by kind, so that most expressions mean something."""

    def __init__(self, random):
        self.random = random
        self.lines = []
        self.indent = 0
        self.scopes = [{}]          # name -> kind, innermost last
        self.functions = []
        self.classes = []
        self.counter = 0
        self.in_function = False
        self.in_generator = False
        self.in_loop = False

    # ---- helpers

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, items):
        return self.random.choice(items)

    def emit(self, text):
        for line in text.split("\n"):
            self.lines.append("    " * self.indent + line)

    def fresh(self, prefix):
        self.counter += 1
        return f"{prefix}{self.counter}"

    def variable(self, kind=None):
        """The name of a variable in scope, of the kind if there is one; None without any."""
        names = [name for scope in self.scopes for name, its in scope.items() if kind is None or its == kind]
        return self.pick(names) if names else None

    def new_variable(self, kind):
        """A name to assign to: often one that is there already."""
        name = self.variable() if self.chance(0.35) else None
        if name is None:
            name = self.fresh("v")
        self.scopes[-1][name] = kind
        return name

    # ---- expressions

    def kind(self):
        return self.pick(grammar.VALUE_KINDS)

    def expr(self, kind="any", depth=DEEPEST):
        if kind == "any" or (kind in grammar.VALUE_KINDS and self.chance(ODD)):
            kind = self.kind()
        if kind == "obj" and not self.classes:
            kind = "int"
        if kind in grammar.VALUE_KINDS and self.functions and self.chance(0.06):
            kind = "call"
        templates = grammar.TEMPLATES.get(kind)
        if templates is None or depth <= 0 or (kind in grammar.LITERALS and self.chance(0.35)):
            return self.atom(kind, depth)
        if self.chance(0.2) and kind in grammar.VALUE_KINDS:
            return self.atom(kind, depth)
        template = self.pick(templates)
        return self.render(template.removeprefix("~"), depth - 1, template.startswith("~") or self.chance(0.25))

    def atom(self, kind, depth):
        name = self.variable(kind) if self.chance(0.6) else None
        if name:
            return name
        if kind == "obj":
            return f"{self.pick(self.classes)}()" if self.classes else "0"
        if kind in grammar.LITERALS:
            return self.pick(grammar.LITERALS[kind])
        if kind in grammar.TEMPLATES:
            return self.render(self.pick(grammar.TEMPLATES[kind]).removeprefix("~"), depth - 1, True)
        return "1"

    def render(self, template, depth=DEEPEST, parentheses=False):
        """The template with its placeholders filled; one <name> is the same everywhere in it."""
        local = {}

        def fill(match):
            word = match[1]
            if word in ("name", "name2"):
                if word not in local:
                    local[word] = self.fresh("n")
                return local[word]
            if word == "var":
                return self.variable() or "1"
            if word == "class":
                return self.pick(self.classes) if self.classes else "int"
            if word == "function":
                return self.pick(self.functions) if self.functions else "str"
            if word == "ret":
                return "self"
            if word == "cmp":
                return self.expr("bool" if self.chance(0.7) else "any", depth)
            if word in grammar.WORDS:
                return _PLACEHOLDER.sub(fill, self.pick(grammar.WORDS[word]))
            if word == "any" or word in grammar.TEMPLATES or word in grammar.LITERALS:
                made = self.expr(word, depth)
                dotted = template.startswith(".", match.end()) if match.string is template else False
                return f"({made})" if dotted and (made[0] in "-0123456789" or not made.isidentifier() and self.chance(0.7)) else made
            return match[0]

        text = _PLACEHOLDER.sub(fill, template)
        return f"({text})" if parentheses else text

    # ---- statements

    def block(self, depth, most=3):
        self.indent += 1
        for _ in range(self.random.randint(1, most)):
            self.statement(depth)
        self.indent -= 1

    def statement(self, depth):
        simple = [self.show, self.show, self.assign, self.assign, self.unpack, self.augment, self.store, self.delete, self.guarded, self.guarded, self.leave]
        compound = [self.if_, self.for_, self.while_, self.try_, self.with_, self.match, self.function, self.class_, self.function]
        self.pick(simple if depth <= 0 or self.chance(0.62) else compound)(depth - 1)

    def show(self, depth):
        self.emit(f"show({', '.join(self.expr() for _ in range(self.random.randint(1, 3)))})")

    def guarded(self, depth):
        """One statement whose error is shown."""
        self.emit("try:")
        self.indent += 1
        self.pick((self.show, self.show, self.assign, self.unpack, self.augment, self.store, self.delete))(depth)
        self.indent -= 1
        self.emit("except Exception as error:\n    show_error(error)")

    def assign(self, depth):
        kind = self.kind()
        value = self.expr(kind)
        if self.chance(0.1):
            self.emit(f"{self.new_variable(kind)}: {self.expr('cls', 1)} = {value}")
        elif self.chance(0.1):
            self.emit(f"{self.new_variable(kind)} = {self.new_variable(kind)} = {value}")
        else:
            self.emit(f"{self.new_variable(kind)} = {value}")

    def unpack(self, depth):
        names = [self.new_variable(self.kind()) for _ in range(self.random.randint(1, 3))]
        if self.chance(0.4):
            at = self.random.randrange(len(names))
            names[at] = "*" + names[at]
        if len(names) == 1:
            names.append(self.new_variable("any"))
        target = ", ".join(names)
        if self.chance(0.2):
            target = f"({target}), {self.new_variable('any')}"
        self.emit(f"{target} = {self.expr(self.pick(('tuple', 'list', 'iter', 'any')))}")

    def augment(self, depth):
        name = self.variable()
        if not name:
            return self.show(depth)
        operator = self.pick(grammar.AUGMENTED)
        self.emit(f"{name} {operator} {self.expr('small' if operator == '*=' else 'any', 2)}")

    def store(self, depth):
        container = self.variable(self.pick(("list", "dict", "obj"))) or self.variable()
        if not container:
            return self.show(depth)
        forms = ("{0}[<small>] = <any>", "{0}[<any>] = <any>", "{0}[<slice>] = <any>", "{0}.<attr> = <any>", "{0}[<any>] += <any>", "{0}.<attr> += <any>", "{0}[<slice>] = <iter>",
                 "{0}.<listmethod>(<any>)", "{0}.<dictmethod>(<any>, <any>)")
        self.emit(self.render(self.pick(forms).format(container)))

    def delete(self, depth):
        name = self.variable()
        if not name:
            return self.show(depth)
        self.emit(self.render("del " + self.pick((name, f"{name}[<any>]", f"{name}[<slice>]", f"{name}.<attr>", f"{name}[<small>]"))))

    def leave(self, depth):
        """A statement that leaves what it stands in: return, yield, raise, break, assert."""
        forms = ["assert <bool>, <any>", "assert <any>", "pass"]
        if self.chance(0.4):
            forms += ["raise <exc>(<any>)", "raise <exc>", "raise ValueError(<any>) from KeyError(<any>)", "raise <any>", "raise ExceptionGroup('g', [ValueError(1), TypeError(2)])"]
        if self.in_loop:
            forms += ["break", "continue", "if <bool>: break", "if <any>: continue"]
        if self.in_function:
            forms += ["return <any>", "return", "if <bool>: return <any>"]
        if self.in_generator:
            forms += ["yield <any>", "yield from <iter>", "show((yield <any>))", "x = yield"] * 2
        if len(self.scopes) > 1:
            name = next(iter(self.scopes[0]), None)
            if name and self.chance(0.3):
                forms += [f"global {name}"]
        self.emit(self.render(self.pick(forms)))

    def if_(self, depth):
        self.emit(f"if {self.expr(self.pick(('bool', 'bool', 'any')))}:")
        self.block(depth)
        if self.chance(0.3):
            self.emit(f"elif {self.expr('any')}:")
            self.block(depth)
        if self.chance(0.5):
            self.emit("else:")
            self.block(depth)

    def loop_body(self, depth):
        before, self.in_loop = self.in_loop, True
        self.block(min(depth, 1), 2)
        self.in_loop = before

    def for_(self, depth):
        target = self.new_variable("any")
        if self.chance(0.2):
            target += ", " + self.new_variable("any")
        source = self.pick(("range(<small>)", "[<any>, <any>]", "<str>[:3]", "zip(<list>[:3], <str>)", "enumerate(<str>[:2])", "<dict>.items()", "<tuple>[:3]", "itertools.islice(<iter>, 3)"))
        self.emit(f"for {target} in {self.render(source)}:")
        self.loop_body(depth)
        if self.chance(0.2):
            self.emit("else:")
            self.block(depth, 1)

    def while_(self, depth):
        count = self.fresh("w")
        self.emit(f"{count} = {self.random.randint(0, 3)}\nwhile ({count} := {count} - 1) >= 0:")
        self.loop_body(depth)
        if self.chance(0.2):
            self.emit("else:")
            self.block(depth, 1)

    def try_(self, depth):
        self.emit("try:")
        self.block(depth)
        star = "*" if self.chance(0.1) else ""
        handlers = self.random.randint(0, 2)
        for _ in range(handlers):
            self.emit(f"except{star} {self.pick(grammar.LITERALS['exc'])} as error:")
            self.indent += 1
            self.emit("show_error(error)")
            self.indent -= 1
            # No break, continue or return inside except*.
            saved = self.in_loop, self.in_function
            if star:
                self.in_loop = self.in_function = False
            self.block(depth, 2)
            self.in_loop, self.in_function = saved
        if handlers and not star and self.chance(0.6):
            self.emit("except Exception as error:\n    show_error(error)")
        if handlers and self.chance(0.2):
            self.emit("else:")
            self.block(depth, 1)
        if not handlers or self.chance(0.3):
            self.emit("finally:")
            self.block(depth, 2)

    def with_(self, depth):
        manager = self.pick(("contextlib.suppress(<exc>)", "contextlib.nullcontext(<any>)", "<obj>", "contextlib.ExitStack()", "<any>", "contextlib.closing(<obj>)"))
        target = f" as {self.new_variable('any')}" if self.chance(0.5) else ""
        self.emit(f"with {self.render(manager)}{target}:")
        self.block(depth)

    def match(self, depth):
        self.emit(f"match {self.expr()}:")
        self.indent += 1
        for _ in range(self.random.randint(1, 3)):
            pattern = self.render(self.pick(grammar.PATTERNS))
            for name in re.findall(r"\bn\d+\b", pattern):
                self.scopes[-1][name] = "any"
            guard = f" if {self.expr('any', 1)}" if self.chance(0.25) else ""
            self.emit(f"case {pattern}{guard}:")
            self.block(depth, 2)
        if self.chance(0.5):
            self.emit("case _:")
            self.block(depth, 1)
        self.indent -= 1

    def function(self, depth):
        name = self.fresh("f")
        parameters = self.pick(("a=1, b=2", "a", "*a, **b", "a, /, b=None", "a=0, *, b=3", "a, b", "a=(), *b", "**a"))
        generator, coroutine = self.chance(0.3), self.chance(0.08)
        if self.chance(0.12):
            self.emit("@" + self.pick(("functools.lru_cache", "functools.cache", "staticmethod", "functools.wraps(len)", "contextlib.contextmanager", "(lambda f: f)")))
        self.emit(f"{'async ' if coroutine else ''}def {name}({parameters}){self.pick(('', '', '', ' -> int'))}:")
        saved = self.in_function, self.in_generator, self.in_loop
        self.in_function, self.in_generator, self.in_loop = True, generator, False
        self.scopes.append({re.sub(r"\W", "", word.partition("=")[0]): "any" for word in parameters.split(",") if re.search(r"\w", word)})
        if self.chance(0.15) and len(self.scopes) > 2:
            outer = next(iter(self.scopes[-2]))
            self.emit(f"    nonlocal {outer}") if outer not in self.scopes[-1] else None
        self.block(min(depth, 1), 4)
        self.indent += 1
        self.emit(f"return {self.expr()}" if not generator else f"yield {self.expr()}")
        self.indent -= 1
        self.scopes.pop()
        self.in_function, self.in_generator, self.in_loop = saved
        if coroutine:
            self.emit(f"c = {name}({self.pick(('', '1', '1, 2'))})\ntry:\n    c.send(None)\nexcept StopIteration as error:\n    show(error.value)")
        else:
            self.functions.append(name)
            self.scopes[-1][name] = "other"
            self.emit(f"try:\n    show({self.pick(('', 'list'))}({name}({self.pick(('', '1', '1, 2', '[3], None', 'b=2', '*[1]'))})))\nexcept Exception as error:\n    show_error(error)")

    def class_(self, depth):
        name = self.fresh("C")
        base = self.pick(("", "", "", "(int)", "(str)", "(list)", "(dict)", "(Exception)", "(tuple)", "(object)", f"({self.pick(self.classes)})" if self.classes else ""))
        if self.chance(0.08):
            self.emit(self.pick(("@dataclasses.dataclass", "@dataclasses.dataclass(order=True)", "@functools.total_ordering", "@dataclasses.dataclass(frozen=True, slots=True)")))
        self.emit(f"class {name}{base}:")
        self.indent += 1
        saved = self.in_function, self.in_generator, self.in_loop
        self.in_loop = self.in_generator = False
        if self.chance(0.15):
            self.emit(self.pick(("__slots__ = ('v', 'w')", "__slots__ = ()", "__hash__ = None", "__match_args__ = ('v',)", "x: int = 3", "x: int\n    y: str = 'd'", "__iter__ = None")))
        if not base and self.chance(0.8):
            self.emit("def __init__(self, v=0, *more):\n    self.v = v\n    self.w = more")
        if not base:
            self.emit(f"def __repr__(self):\n    return f'{name}({{type(getattr(self, \"v\", 0)).__name__}})'")
        self.in_function = True
        self.scopes.append({"self": "obj"})
        for method, parameters, result in self.random.sample(grammar.METHODS, self.random.randint(0, 5)):
            self.emit(f"def {method}({parameters}):")
            if self.chance(0.15):
                self.block(0, 2)
            self.emit(f"    return {self.render(result)}")
        if self.chance(0.2):
            self.emit(f"@property\ndef p(self):\n    return {self.expr()}")
        if self.chance(0.15):
            self.emit(f"@{self.pick(('classmethod', 'staticmethod'))}\ndef c(cls, *a):\n    return {self.expr()}")
        self.scopes.pop()
        self.in_function = False
        self.emit(f"k = {self.expr()}") if self.chance(0.4) else self.emit("pass")
        self.in_function, self.in_generator, self.in_loop = saved
        self.indent -= 1
        self.classes.append(name)
        self.scopes[-1][self.fresh("o")] = "obj"
        instance = list(self.scopes[-1])[-1]
        self.emit(f"{instance} = {name}({self.pick(('', '', '1', '[1]'))})")

    def part(self):
        """A statement at the top: mostly one whose error does not end the program."""
        if self.chance(0.1):
            return self.statement(3)
        self.emit("try:")
        self.block(3, 2)
        self.emit("except Exception as error:\n    show_error(error)")

    def program(self):
        self.emit("import " + ", ".join(grammar.MODULES) + ", contextlib, dataclasses")
        for _ in range(self.random.randint(4, 14)):
            self.part()
        return "\n".join(self.lines) + "\n"



def make(random):
    return Generator(random).program()
