// Adjacent string literals as one value, and the f-strings among them: literal text and {expressions} of Python 3.11.
#include "front/parser_internal.h"

#include <string.h>

#define MAX_NESTED_BRACKETS 200

// Joining the pieces: literal text gathers in `text`; an expression turns the text before it into a Constant.
typedef struct Joiner {
  Parser *p;
  const Token *t;    // the token that is being read
  AstPos whole;      // the range of all tokens: expressions have it, and the text before one
  AstPos pos;        // that of the JoinedStr and the text at its end: the same, or in a format spec that of the token
  bool first_is_u;   // the first token has a u prefix, which marks all text that has the range of the whole
  bool in_spec, report;
  Buffer text;
  size_t base;   // finished values are on the parser's stack from here on
} Joiner;

static AstExpr *spec_parse(Joiner *outer, const char **str, const char *end, bool raw, int depth);

#define REFUSE(J, ...) do { \
        if ((J)->report) \
            parser_error((J)->p, FRONT_SYNTAX_ERROR, __VA_ARGS__); \
        return false; \
    } while (0)

static bool joiner_flush(Joiner *j, AstPos pos, bool u_kind) {
  if (j->text.len == 0) return !j->text.failed;
  AstExpr *constant = literal_constant(j->p, AST_CONST_STR, j->text.data, j->text.len, u_kind, pos);
  j->text.len = 0;
  return constant && parser_push(j->p, constant);
}

static AstExpr *joiner_finish(Joiner *j) {
  bool u_kind = j->first_is_u && !j->in_spec;
  AstExpr *joined = joiner_flush(j, j->pos, u_kind) ? ast_expr_new(j->p->arena, AST_JoinedStr, j->pos) : NULL;
  return joined && TAKE(j->p, j->base, &joined->u.JoinedStr.values) ? joined : NULL;
}

// ---- literal text ---------------------------------------------------------------------------------------------------------------

// Reads literal text up to an expression or the end, doubled braces as single ones. At depth > 0 (a format spec) a '}' ends it and
// nothing is doubled. *again: a doubled brace was met, more text follows.
static bool literal_read(Joiner *j, const char **str, const char *end, bool raw, int depth, bool *again) {
  const char *s = *str, *start = s, *text_end = NULL;
  *again = false;
  while (s < end && !text_end) {
    char c = *s++;
    if (!raw && c == '\\' && s < end) {
      c = *s++;
      if (c == 'N') {
        // The braces of \N{name} are not ours.
        if (s < end && *s++ == '{')
          while (s < end && *s++ != '}') continue;
        continue;
      }
      if (c == '{' && !literal_warn_escape(j->p, j->t, s - 1, false)) return false;
    }
    if (c != '{' && c != '}') continue;
    if (depth == 0) {
      if (s < end && *s == c) {
        text_end = s;
        *again = true;
        s++;
        break;
      }
      if (c == '}') {
        *str = s - 1;
        REFUSE(j, "f-string: single '}' is not allowed");
      }
    }
    text_end = --s;
  }
  *str = s;
  if (!text_end) text_end = s;
  return text_end == start || literal_decode(j->p, j->t, start, text_end - start, raw, false, j->report, &j->text);
}

// ---- expressions ----------------------------------------------------------------------------------------------------------------

// What the scan for an expression's end knows.
typedef struct Scan {
  char quote;   // of the string that the scan is in, or 0
  bool triple;
  int depth;
  char brackets[MAX_NESTED_BRACKETS];
} Scan;

static bool is_triple(const char *s, const char *end) { return s + 2 < end && s[1] == s[0] && s[2] == s[0]; }

static void scan_in_string(Scan *scan, const char **s, const char *end) {
  if (**s != scan->quote) return;
  if (scan->triple) {
    if (!is_triple(*s, end)) return;
    *s += 2;
  }
  scan->quote = 0;
}

static bool scan_close(Joiner *j, Scan *scan, char c) {
  if (scan->depth == 0) REFUSE(j, "f-string: unmatched '%c'", c);
  char open = scan->brackets[--scan->depth];
  if ((open == '(' && c == ')') || (open == '[' && c == ']') || (open == '{' && c == '}')) return true;
  REFUSE(j, "f-string: closing parenthesis '%c' does not match opening parenthesis '%c'", c, open);
}

// Does c, outside of brackets, end the expression? Comparison operators do not; *skip is set for their second character.
static bool scan_ends(const char *s, const char *end, bool *skip) {
  *skip = s + 1 < end && s[1] == '=' && (*s == '!' || *s == '=' || *s == '<' || *s == '>');
  return !*skip && (*s == '!' || *s == ':' || *s == '}' || *s == '=');
}

// Finds where the expression that begins at s ends. It need not see all errors in it (the parser will), only the end of good ones.
static bool scan_expression(Joiner *j, const char **str, const char *end) {
  Scan scan = {0};
  const char *s = *str;
  bool skip;
  for (; s < end; s++) {
    char c = *s;
    if (c == '\\') REFUSE(j, "f-string expression part cannot include a backslash");
    if (scan.quote) {
      scan_in_string(&scan, &s, end);
    } else if (c == '\'' || c == '"') {
      scan.quote = c;
      scan.triple = is_triple(s, end);
      if (scan.triple) s += 2;
    } else if (c == '[' || c == '{' || c == '(') {
      if (scan.depth >= MAX_NESTED_BRACKETS) REFUSE(j, "f-string: too many nested parenthesis");
      scan.brackets[scan.depth++] = c;
    } else if (c == '#') {
      REFUSE(j, "f-string expression part cannot include '#'");
    } else if (scan.depth == 0 && scan_ends(s, end, &skip)) {
      break;
    } else if (scan.depth == 0 && skip) {
      s++;
    } else if (c == ']' || c == '}' || c == ')') {
      if (!scan_close(j, &scan, c)) return false;
    }
  }
  *str = s;
  if (scan.quote) REFUSE(j, "f-string: unterminated string");
  if (scan.depth) REFUSE(j, "f-string: unmatched '%c'", scan.brackets[scan.depth - 1]);
  if (s >= end) REFUSE(j, "f-string: expecting '}'");
  return true;
}

// Where the expression behind `brace` stands: its line, and the shift of its columns, both as CPython 3.11 counts them.
static void expression_place(const Token *t, const char *brace, int *lineno, int *col) {
  int lines = 0, cols = 0;
  bool newline_follows = true;
  for (const char *s = brace + 1; *s != '}' && *s != '\n'; s++) {
    if (*s != ' ' && *s != '\t' && *s != '\f') {
      newline_follows = false;
      break;
    }
  }
  if (!newline_follows) {
    const char *s = brace;
    while (s > t->start && *s != '\n') s--;
    cols = (int)(brace - s) - (*s == '\n');
  }
  for (const char *s = t->start; s < brace; s++) lines += *s == '\n';
  *lineno = t->pos.lineno + lines;
  *col = (lines ? 0 : t->pos.col_offset) + cols;
}

// Parses text[0..len), which stands behind a brace, as an expression. In parentheses, so that blanks and line ends do not matter.
static AstExpr *expression_compile(Joiner *j, const char *text, size_t len) {
  size_t blanks = 0;
  while (blanks < len && strchr(" \t\n\f", text[blanks])) blanks++;
  if (blanks == len) {
    if (j->report && (text[len] == '!' || text[len] == ':' || text[len] == '='))
      parser_error(j->p, FRONT_SYNTAX_ERROR, "f-string: expression required before '%c'", text[len]);
    else if (j->report) parser_error(j->p, FRONT_SYNTAX_ERROR, "f-string: empty expression not allowed");
    return NULL;
  }
  char *copy = arena_alloc(j->p->arena, len + 4);
  if (!copy) return NULL;
  copy[0] = '(';
  memcpy(copy + 1, text, len);
  copy[len + 1] = ')';
  copy[len + 2] = '\n';
  int lineno, col;
  expression_place(j->t, text - 1, &lineno, &col);
  return parser_run_fstring(j->p, copy, len + 3, lineno, col, j->report);
}

// `=`, `!conversion` and `:spec` behind the expression, and the closing brace.
static bool expression_tail(Joiner *j, const char **str, const char *end, bool raw, int depth, const char *start, AstExpr *value) {
  const char *s = *str;
  int conversion = -1;
  AstExpr *spec = NULL;
  bool debug = *s == '=';
  if (debug) {
    if (j->p->feature_version < 8) REFUSE(j, "f-string: self documenting expressions are only supported in Python 3.8 and greater");
    s++;
    while (*s == ' ' || (*s >= '\t' && *s <= '\r')) s++;
    buffer_add(&j->text, start, s - start);
  }
  if (*s == '!') {
    if (++s >= end) REFUSE(j, "f-string: expecting '}'");
    conversion = (unsigned char)*s++;
    if (conversion != 's' && conversion != 'r' && conversion != 'a') REFUSE(j, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
  }
  if (s < end && *s == ':') {
    if (++s >= end) REFUSE(j, "f-string: expecting '}'");
    spec = spec_parse(j, &s, end, raw, depth + 1);
    if (!spec) return false;
  }
  if (s >= end || *s != '}') REFUSE(j, "f-string: expecting '}'");
  *str = s + 1;
  if (debug && !spec && conversion == -1) conversion = 'r';
  bool flushed = joiner_flush(j, j->whole, j->first_is_u);
  AstExpr *expr = flushed ? ast_expr_new(j->p->arena, AST_FormattedValue, j->whole) : NULL;
  if (!expr) return false;
  expr->u.FormattedValue.value = value;
  expr->u.FormattedValue.conversion = conversion;
  expr->u.FormattedValue.format_spec = spec;
  return parser_push(j->p, expr);
}

// One {expression}; *str stands on the brace.
static bool expression_read(Joiner *j, const char **str, const char *end, bool raw, int depth) {
  if (depth >= 2) REFUSE(j, "f-string: expressions nested too deeply");
  const char *start = ++*str;
  if (!scan_expression(j, str, end)) return false;
  AstExpr *value = expression_compile(j, start, *str - start);
  return value && expression_tail(j, str, end, raw, depth, start, value);
}

// Text and expressions up to the end, or to the '}' that ends a format spec.
static bool fstring_read(Joiner *j, const char **str, const char *end, bool raw, int depth) {
  for (;;) {
    bool again;
    if (!literal_read(j, str, end, raw, depth, &again)) return false;
    if (again) continue;
    if (*str >= end || **str == '}') break;
    if (!expression_read(j, str, end, raw, depth)) return false;
  }
  if (depth == 0 && *str < end - 1) REFUSE(j, "f-string: unexpected end of string");
  if (depth != 0 && (*str >= end || **str != '}')) REFUSE(j, "f-string: expecting '}'");
  return true;
}

// A format spec is an f-string of its own, one level deeper.
static AstExpr *spec_parse(Joiner *outer, const char **str, const char *end, bool raw, int depth) {
  Joiner j = *outer;
  j.text = (Buffer){0};
  j.base = j.p->stack_used;
  j.pos = j.t->pos;
  j.in_spec = true;
  AstExpr *spec = fstring_read(&j, str, end, raw, depth) ? joiner_finish(&j) : NULL;
  j.p->no_memory |= j.text.failed;
  buffer_free(&j.text);
  return spec;
}

// ---- concatenation --------------------------------------------------------------------------------------------------------------

static bool add_token(Joiner *j, const StringParts *parts) {
  const char *body = parts->body;
  if (parts->format) return fstring_read(j, &body, parts->body + parts->len, parts->raw, 0);
  return literal_decode(j->p, j->t, parts->body, parts->len, parts->raw, parts->bytes, j->report, &j->text);
}

static AstExpr *concatenate(Joiner *j, const Token *first, int count) {
  bool bytes = false, format = false;
  for (int i = 0; i < count; i++) {
    StringParts parts;
    literal_string_parts(&first[i], &parts);
    j->t = &first[i];
    if (parts.format && j->p->feature_version < 6) {
      if (j->report) parser_error(j->p, FRONT_SYNTAX_ERROR, "Format strings are only supported in Python 3.6 and greater");
      return NULL;
    }
    if (i == 0) {
      bytes = parts.bytes;
      j->first_is_u = parts.u_kind;
      if (count == 1 && !parts.format && !memchr(parts.body, '\\', parts.len) && !bytes) parts.raw = true;
    }
    if (!parts.format && !add_token(j, &parts)) return NULL;
    if (bytes != parts.bytes) {
      if (j->report) parser_error(j->p, FRONT_SYNTAX_ERROR, "cannot mix bytes and nonbytes literals");
      return NULL;
    }
    if (parts.format && !add_token(j, &parts)) return NULL;
    format |= parts.format;
  }
  if (format) return joiner_finish(j);
  return literal_constant(j->p, bytes ? AST_CONST_BYTES : AST_CONST_STR, j->text.data ? j->text.data : "", j->text.len, j->first_is_u, j->pos);
}

AstExpr *strings_concatenate(Parser *p, const Token *first, int count, bool report) {
  AstPos pos = first->pos;
  pos.end_lineno = first[count - 1].pos.end_lineno;
  pos.end_col_offset = first[count - 1].pos.end_col_offset;
  Joiner j = {.p = p, .whole = pos, .pos = pos, .report = report, .base = p->stack_used};
  bool was_quiet = p->lexer.quiet;
  if (first->start < p->strings_done && !p->diagnosing) p->lexer.quiet = true;
  else p->strings_done = first[count - 1].start + 1;
  AstExpr *expr = concatenate(&j, first, count);
  p->lexer.quiet = was_quiet;
  p->no_memory |= j.text.failed;
  buffer_free(&j.text);
  return expr;
}
