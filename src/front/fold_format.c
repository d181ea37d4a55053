// Turning printf-like formatting with simple fields into an f-string.
#include "front/fold_format.h"

#include <stdio.h>

#include "objects/error_state.h"

enum { MOST_DIGITS = 2 };

static const AstPos no_pos = {-1, -1, -1, -1};

static bool no_memory(ConstPool *pool) {
  raise_no_memory(pool->t);
  return false;
}

static AstExpr *constant_node(ConstPool *pool, Value stolen, AstPos pos) {
  int number = const_pool_add(pool, stolen);
  if (number < 0) return NULL;
  AstExpr *e = ast_expr_new(pool->arena, AST_Constant, pos);
  if (!e) no_memory(pool);
  else e->u.Constant.value = const_pool_literal(pool, number);
  return e;
}

// The text from *at to the next field, "%%" made "%". *out is NULL where there is none.
static bool read_literal(ConstPool *pool, const Str *format, int64_t *at, AstExpr **out) {
  int64_t length = str_length(format), start = *at;
  bool percents = false;
  *out = NULL;
  while (*at < length) {
    if (str_char(format, *at) != '%') ++*at;
    else if (*at + 1 < length && str_char(format, *at + 1) == '%') *at += 2, percents = true;
    else break;
  }
  if (*at == start) return true;
  Value text;
  if (percents) {
    StrBuilder b;
    strb_init(&b, pool->t);
    for (int64_t i = start; i < *at; i++) {
      uint32_t c = str_char(format, i);
      strb_char(&b, c);
      if (c == '%') i++;
    }
    text = strb_finish(&b);
  } else {
    text = str_slice(pool->t, v_from_obj(format), start, *at);
  }
  *out = constant_node(pool, text, no_pos);
  return *out;
}

typedef struct Field {
  uint32_t conversion;
  bool left;
  int width, precision;
} Field;

// Up to two digits; false when there are more or the text ends.
static bool read_number(const Str *format, int64_t *at, uint32_t *c, int *out) {
  int digits = 0;
  *out = 0;
  while (*c >= '0' && *c <= '9') {
    *out = *out * 10 + (int)(*c - '0');
    if (++*at >= str_length(format) || ++digits > MOST_DIGITS) return false;
    *c = str_char(format, *at);
  }
  return true;
}

// Reads a field behind its '%'. False: not a simple one.
static bool read_field(const Str *format, int64_t *at, Field *out) {
  int64_t length = str_length(format);
  *out = (Field){.width = -1, .precision = -1};
  uint32_t c = 0;
  for (;; ++*at) {
    if (*at >= length) return false;
    c = str_char(format, *at);
    if (c == '-') out->left = true;
    else if (c != '+' && c != ' ' && c != '#' && c != '0') break;
  }
  if (c >= '0' && c <= '9' && !read_number(format, at, &c, &out->width)) return false;
  if (c == '.') {
    if (++*at >= length) return false;
    c = str_char(format, *at);
    if (!read_number(format, at, &c, &out->precision)) return false;
  }
  ++*at;
  out->conversion = c;
  return c == 's' || c == 'r' || c == 'a';
}

static AstExpr *field_node(ConstPool *pool, const Field *field, AstExpr *value) {
  AstExpr *e = ast_expr_new(pool->arena, AST_FormattedValue, value->pos);
  if (!e) {
    no_memory(pool);
    return NULL;
  }
  char spec[32];
  int n = 0;
  if (!field->left && field->width > 0) spec[n++] = '>';
  if (field->width >= 0) n += snprintf(spec + n, sizeof spec - (size_t)n, "%d", field->width);
  if (field->precision >= 0) n += snprintf(spec + n, sizeof spec - (size_t)n, ".%d", field->precision);
  e->u.FormattedValue.value = value;
  e->u.FormattedValue.conversion = (int)field->conversion;
  if (n && !(e->u.FormattedValue.format_spec = constant_node(pool, str_from_ascii(pool->t, spec, (size_t)n), no_pos))) return NULL;
  return e;
}

bool fold_format(ConstPool *pool, AstExpr *e, const Str *format, AstExprSeq elts) {
  AstExprSeq parts;
  if (!ast_seq_new(pool->arena, (AstAnySeq *)&parts, (size_t)elts.size * 2 + 1)) return no_memory(pool);
  uint32_t used = 0, n = 0;
  int64_t at = 0;
  for (;;) {
    AstExpr *literal;
    if (!read_literal(pool, format, &at, &literal)) return false;
    if (literal) parts.items[n++] = literal;
    if (at >= str_length(format)) break;
    Field field;
    at++;
    if (used >= elts.size || !read_field(format, &at, &field)) return true;
    AstExpr *node = field_node(pool, &field, elts.items[used++]);
    if (!node) return false;
    parts.items[n++] = node;
  }
  if (used < elts.size) return true;
  parts.size = n;
  e->kind = AST_JoinedStr;
  e->u.JoinedStr.values = parts;
  return true;
}
