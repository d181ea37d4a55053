// The built-in codec error handlers: strict, ignore, replace, xmlcharrefreplace, backslashreplace, namereplace, surrogatepass, surrogateescape.
//
// Each callable takes a UnicodeError instance and returns (replacement, position to go on at).

#include <stdio.h>
#include <strings.h>

#include "objects/codec_handlers.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str_core.h"
#include "objects/tuple.h"
#include "objects/unicode.h"

// --- Replacements -----------------------------------------------------------------------------------------------------------------

static bool escape_char(StrBuilder *b, uint32_t c, EscapeKind kind) {
  char text[UNICODE_NAME_MAX + 8];
  int n = 0;
  if (kind == ESCAPE_XML) {
    n = snprintf(text, sizeof text, "&#%u;", c);
  } else if (kind == ESCAPE_NAME) {
    char name[UNICODE_NAME_MAX];
    if (unicode_name(c, name)) n = snprintf(text, sizeof text, "\\N{%s}", name);
  }
  if (n == 0) n = snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  return strb_ascii(b, text, (size_t)n);
}

Value handler_escape_chars(Thread *t, const Str *s, int64_t start, int64_t end, EscapeKind kind) {
  StrBuilder b;
  strb_init(&b, t);
  for (int64_t i = start; i < end; i++)
    if (!escape_char(&b, str_char(s, i), kind)) break;
  return strb_finish(&b);
}

int64_t handler_escapable_bytes(const uint8_t *p, int64_t n) {
  int64_t i = 0;
  while (i < n && i < 4 && p[i] >= 0x80) i++;
  return i;
}

int64_t handler_escaped_chars(const Str *s, int64_t start, int64_t end) {
  int64_t i = start;
  while (i < end && str_char(s, i) >= 0xDC80 && str_char(s, i) <= 0xDCFF) i++;
  return i - start;
}

// utf-8, utf-16 and utf-32 with their byte orders, in any case and with - _ or nothing between the parts.
SurrogateForm handler_surrogate_form(const char *encoding) {
  const SurrogateForm none = {0, false};
  if (strcmp(encoding, "CP_UTF8") == 0 || strcasecmp(encoding, "cp65001") == 0) return (SurrogateForm){3, false};
  if (strncasecmp(encoding, "utf", 3) != 0) return none;
  const char *p = encoding + 3;
  if (*p == '-' || *p == '_') p++;
  if (*p == '8') return p[1] ? none : (SurrogateForm){3, false};
  SurrogateForm form = {strncmp(p, "16", 2) == 0 ? 2 : strncmp(p, "32", 2) == 0 ? 4 : 0, __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__};
  if (!form.width) return none;
  p += 2;
  if (!*p) return form;
  if (*p == '-' || *p == '_') p++;
  if (strcasecmp(p, "be") != 0 && strcasecmp(p, "le") != 0) return none;
  form.big = (*p | 0x20) == 'b';
  return form;
}

uint32_t handler_surrogate_read(SurrogateForm form, const uint8_t *p, int64_t n) {
  if (form.width == 0 || n < form.width) return 0;
  uint32_t c;
  if (form.width == 3) {
    if ((p[0] & 0xF0) != 0xE0 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) return 0;
    c = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
  } else if (form.width == 2) {
    c = form.big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
  } else {
    c = form.big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
                 : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
  }
  return char_is_surrogate(c) ? c : 0;
}

void handler_surrogate_write(SurrogateForm form, uint32_t c, uint8_t *p) {
  if (form.width == 3) {
    p[0] = (uint8_t)(0xE0 | c >> 12);
    p[1] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    p[2] = (uint8_t)(0x80 | (c & 0x3F));
    return;
  }
  for (int i = 0; i < form.width; i++) p[form.big ? form.width - 1 - i : i] = (uint8_t)(c >> (8 * i));
}

// --- The callables ----------------------------------------------------------------------------------------------------------------

typedef struct Trouble {  // a UnicodeError's fields, checked and clipped
  bool encode, decode, translate;
  Value object;           // borrowed from the exception
  const Str *text;        // encode and translate
  const uint8_t *bytes;   // decode
  int64_t size, start, end;
} Trouble;

static Value cannot_handle(Thread *t, Value exc) {
  return raise_type_error(t, "don't know how to handle %T in error callback", exc);
}

static bool trouble_read(Thread *t, Value exc, Trouble *tr) {
  *tr = (Trouble){0};
  if (v_is_exception(exc)) {
    const Type *type = v_type(exc);
    tr->encode = type_is_subtype(type, &exc_UnicodeEncodeError);
    tr->decode = type_is_subtype(type, &exc_UnicodeDecodeError);
    tr->translate = type_is_subtype(type, &exc_UnicodeTranslateError);
  }
  if (!tr->encode && !tr->decode && !tr->translate) {
    cannot_handle(t, exc);
    return false;
  }
  UnicodeErrorException *e = (UnicodeErrorException *)v_obj(exc);
  tr->object = e->object;
  bool fits = !v_is_null(e->object) && (tr->decode ? v_is_bytes(e->object) : v_is_str(e->object));
  if (!fits) {
    raise_type_error(t, v_is_null(e->object) ? "object attribute not set" : "object attribute must be %s", tr->decode ? "bytes" : "unicode");
    return false;
  }
  if (tr->decode) {
    tr->bytes = (const uint8_t *)v_bytes(e->object)->data;
    tr->size = v_bytes(e->object)->length;
  } else {
    tr->text = v_str(e->object);
    tr->size = tr->text->length;
  }
  tr->start = e->start < 0 ? 0 : e->start;
  if (tr->start >= tr->size) tr->start = tr->size > 0 ? tr->size - 1 : 0;
  tr->end = e->end < 1 ? 1 : e->end;
  if (tr->end > tr->size) tr->end = tr->size;
  return true;
}

static Value answer(Thread *t, Value stolen, int64_t pos) {
  if (v_is_null(stolen)) return stolen;
  return tuple_from_stolen(t, (Value[]){stolen, v_from_smi(pos)}, 2);
}

static Value strict_errors(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  if (v_is_exception(args[0])) return raise_object(t, args[0]);
  return raise_type_error(t, "codec must pass exception instance");
}

static Value ignore_errors(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  Trouble tr;
  return trouble_read(t, args[0], &tr) ? answer(t, str_empty, tr.end) : V_NULL;
}

static Value fill(Thread *t, uint32_t c, int64_t n) {
  StrBuilder b;
  strb_init(&b, t);
  strb_fill(&b, c, n);
  return strb_finish(&b);
}

static Value replace_errors(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  Trouble tr;
  if (!trouble_read(t, args[0], &tr)) return V_NULL;
  if (tr.decode) return answer(t, str_from_char(t, 0xFFFD), tr.end);
  return answer(t, fill(t, tr.encode ? '?' : 0xFFFD, tr.end - tr.start), tr.end);
}

static Value escape_errors(Thread *t, Value exc, EscapeKind kind) {
  Trouble tr;
  if (!trouble_read(t, exc, &tr)) return V_NULL;
  if (tr.decode && kind == ESCAPE_BACKSLASH) {
    StrBuilder b;
    strb_init(&b, t);
    for (int64_t i = tr.start; i < tr.end; i++) escape_char(&b, tr.bytes[i], kind);
    return answer(t, strb_finish(&b), tr.end);
  }
  if (tr.decode || (tr.translate && kind != ESCAPE_BACKSLASH)) return cannot_handle(t, exc);
  // namereplace goes on where it stopped, the others at the end, which may lie before the start.
  int64_t next = kind == ESCAPE_NAME && tr.start > tr.end ? tr.start : tr.end;
  return answer(t, handler_escape_chars(t, tr.text, tr.start, tr.end, kind), next);
}

static Value xmlcharrefreplace_errors(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  return escape_errors(t, args[0], ESCAPE_XML);
}

static Value backslashreplace_errors(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  return escape_errors(t, args[0], ESCAPE_BACKSLASH);
}

static Value namereplace_errors(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  return escape_errors(t, args[0], ESCAPE_NAME);
}

static Value surrogatepass_encode(Thread *t, Value exc, const Trouble *tr, SurrogateForm form) {
  Value out = bytes_new(t, form.width * (tr->end - tr->start));
  if (v_is_null(out)) return out;
  uint8_t *p = (uint8_t *)v_bytes(out)->data;
  for (int64_t i = tr->start; i < tr->end; i++, p += form.width) {
    uint32_t c = str_char(tr->text, i);
    if (!char_is_surrogate(c)) {
      v_drop(t, out);
      return raise_object(t, exc);
    }
    handler_surrogate_write(form, c, p);
  }
  return answer(t, out, tr->end);
}

static Value surrogatepass_errors(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  Trouble tr;
  if (!trouble_read(t, args[0], &tr)) return V_NULL;
  if (tr.translate) return cannot_handle(t, args[0]);
  Value encoding = ((UnicodeErrorException *)v_obj(args[0]))->encoding;
  if (v_is_null(encoding) || !v_is_str(encoding)) return raise_type_error(t, "encoding attribute not set");
  const char *name = str_utf8(t, encoding, NULL);
  if (!name) return V_NULL;
  SurrogateForm form = handler_surrogate_form(name);
  if (!form.width) return raise_object(t, args[0]);
  if (tr.encode) return surrogatepass_encode(t, args[0], &tr, form);
  uint32_t c = handler_surrogate_read(form, tr.bytes + tr.start, tr.size - tr.start);
  if (!c) return raise_object(t, args[0]);
  return answer(t, str_from_char(t, c), tr.start + form.width);
}

static Value surrogateescape_errors(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  Trouble tr;
  if (!trouble_read(t, args[0], &tr)) return V_NULL;
  if (tr.translate) return cannot_handle(t, args[0]);
  if (tr.encode) {
    int64_t n = tr.end - tr.start;
    if (handler_escaped_chars(tr.text, tr.start, tr.end) != n) return raise_object(t, args[0]);
    Value out = bytes_new(t, n);
    if (v_is_null(out)) return out;
    for (int64_t i = 0; i < n; i++) v_bytes(out)->data[i] = (char)(str_char(tr.text, tr.start + i) - 0xDC00);
    return answer(t, out, tr.end);
  }
  int64_t n = handler_escapable_bytes(tr.bytes + tr.start, tr.end - tr.start);
  if (n == 0) return raise_object(t, args[0]);
  uint32_t chars[4];
  for (int64_t i = 0; i < n; i++) chars[i] = 0xDC00 + tr.bytes[tr.start + i];
  return answer(t, str_from_ucs4(t, chars, n), tr.start + n);
}

const HandlerEntry handler_entries[] = {
  {"strict", {"strict_errors($module, exception, /)", strict_errors, "Raises the exception: the default.", NATIVE_NO_SIGNATURE}},
  {"ignore", {"ignore_errors($module, exception, /)", ignore_errors, "Leaves out what is bad.", NATIVE_NO_SIGNATURE}},
  {"replace", {"replace_errors($module, exception, /)", replace_errors, "Puts '?' or U+FFFD in its place.", NATIVE_NO_SIGNATURE}},
  {"xmlcharrefreplace", {"xmlcharrefreplace_errors($module, exception, /)", xmlcharrefreplace_errors,
                         "Puts XML character references in its place.", NATIVE_NO_SIGNATURE}},
  {"backslashreplace", {"backslashreplace_errors($module, exception, /)", backslashreplace_errors,
                        "Puts backslash escapes in its place.", NATIVE_NO_SIGNATURE}},
  {"namereplace", {"namereplace_errors($module, exception, /)", namereplace_errors, "Puts \\N{...} escapes in its place.", NATIVE_NO_SIGNATURE}},
  {"surrogatepass", {"surrogatepass($module, exception, /)", surrogatepass_errors,
                     "Lets surrogates through the UTF codecs.", NATIVE_NO_SIGNATURE}},
  {"surrogateescape", {"surrogateescape($module, exception, /)", surrogateescape_errors,
                       "Keeps undecodable bytes as surrogates U+DC80..U+DCFF.", NATIVE_NO_SIGNATURE}},
  {NULL, {0}},
};
