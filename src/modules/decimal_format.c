// Decimal.__format__: [[fill]align][sign][z][0][width][,][.precision][type], where type is one of eEfFgGn%.
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "modules/decimal_internal.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/format_spec.h"

// --- The specification ---------------------------------------------------------------------------------------------------------------

static bool is_align(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

// A number without sign; false: none there, or one that is beyond bounds.
static bool read_number(const Str *s, int64_t *pos, int64_t *out) {
  int64_t start = *pos, value = 0;
  for (; *pos < s->length; ++*pos) {
    uint32_t c = str_char(s, *pos);
    if (c < '0' || c > '9') break;
    if (value > NUM_MAX_PREC / 10) return false;
    value = value * 10 + (int64_t)(c - '0');
  }
  *out = value;
  return *pos > start;
}

static uint32_t peek(const Str *s, int64_t pos) { return pos < s->length ? str_char(s, pos) : 0; }

// zero_padded: zeros go in among the groups of digits, which an explicit fill of '0' does not make them do.
static bool parse_spec(const Str *s, bool capitals, FormatSpec *f, bool *zero_padded) {
  *f = (FormatSpec){.fill = ' ', .align = '>', .width = -1, .precision = -1, .type = capitals ? 'G' : 'g'};
  *zero_padded = false;
  int64_t pos = 0;
  if (s->length >= 2 && is_align(str_char(s, 1))) {
    f->fill = str_char(s, 0);
    f->align = (char)str_char(s, 1);
    f->align_given = true;
    pos = 2;
  } else if (is_align(peek(s, 0))) {
    f->align = (char)str_char(s, 0);
    f->align_given = true;
    pos = 1;
  }
  uint32_t c = peek(s, pos);
  if (c == '+' || c == '-' || c == ' ') {
    f->sign = c == '-' ? 0 : (char)c;
    pos++;
  }
  if (peek(s, pos) == 'z') {
    f->no_negative_zero = true;
    pos++;
  }
  if (peek(s, pos) == '0') {
    if (f->align_given) return false;
    *zero_padded = true;
    f->fill = '0';
    f->align = '=';
    pos++;
  }
  c = peek(s, pos);
  if (c >= '0' && c <= '9' && !read_number(s, &pos, &f->width)) return false;
  if (peek(s, pos) == ',') {
    f->grouping = ',';
    pos++;
  }
  if (peek(s, pos) == '.') {
    pos++;
    if (!read_number(s, &pos, &f->precision)) return false;
  }
  c = peek(s, pos);
  if (c && strchr("eEfFgG%nN", (int)(c < 128 ? c : 1))) {
    f->type = c;
    pos++;
    if (c == 'n' || c == 'N') {
      if (f->grouping) return false;
      f->type = c == 'n' ? 'g' : 'G';
      f->grouping = 'n';
    }
  }
  return pos == s->length;
}

// --- Rounding ------------------------------------------------------------------------------------------------------------------------

// To so many digits; a shorter number stays, or gets zeros if it is to be padded.
static void round_digits(Num *r, int64_t digits, bool padded, Rounding rounding) {
  if (digits < 1) digits = 1;
  if ((r->digits <= digits && !padded) || num_is_zero(r)) return;
  num_rescale(r, r, r->exp + r->digits - digits, rounding);
  if (r->digits > digits) num_rescale(r, r, r->exp + 1, rounding);
}

static void round_work(NumCall *call) {
  const FormatSpec *f = call->data;
  Num *r = &call->out[0];
  Rounding rounding = call->context.rounding;
  *r = *call->a;
  if (num_is_special(r)) return;
  bool is_fixed = strchr("fF%", (int)f->type);
  if (f->type == '%') r->exp += 2;
  if (f->precision >= 0) {
    if (is_fixed) num_rescale(r, r, -f->precision, rounding);
    else if (strchr("eE", (int)f->type)) round_digits(r, f->precision + 1, true, rounding);
    else round_digits(r, f->precision, false, rounding);
  }
  // CPython overlooks what type 'F' rounds to zero.
  if (f->no_negative_zero && num_is_zero(f->type == 'F' ? call->a : r)) r->flags = 0;
  if (is_fixed && r->exp > 0) num_rescale(r, r, 0, rounding);
}

// --- Layout --------------------------------------------------------------------------------------------------------------------------

// Digits before the point.
static int64_t point_place(const Num *num, const FormatSpec *f) {
  int64_t whole = num->exp + num->digits;
  if (strchr("eE", (int)f->type)) return num_is_zero(num) && f->precision >= 0 ? 1 - f->precision : 1;
  if (strchr("fF%", (int)f->type)) return whole;
  return num->exp <= 0 && whole > -6 ? whole : 1;
}

static Value put(Thread *t, const Num *num, const FormatSpec *f, const NumberStyle *style, const char *whole, int64_t whole_length, const char *rest,
                 int64_t rest_length) {
  char sign = num_is_negative(num) ? '-' : f->sign;
  NumberText x = {sign, "", whole, whole_length, rest, rest_length};
  StrBuilder b;
  strb_init(&b, t);
  (void)format_number_put(&b, f, &x, style);
  return strb_finish(&b);
}

// An explicit fill of zeros is a fill like any other: no separators come in among them, as they do where zeros are part of the number.
static Value put_zero_filled(Thread *t, const Num *num, const FormatSpec *f, const NumberStyle *style, const char *whole, int64_t whole_length,
                             const char *rest, int64_t rest_length) {
  FormatSpec plain = *f;
  plain.width = -1;
  plain.align = '>';
  plain.fill = ' ';
  Value text = put(t, num, &plain, style, whole, whole_length, rest, rest_length);
  if (v_is_null(text)) return V_NULL;
  int64_t sign = num_is_negative(num) || f->sign, pad = f->width - v_str(text)->length;
  StrBuilder b;
  strb_init(&b, t);
  (void)(strb_slice(&b, v_str(text), 0, sign) && strb_fill(&b, '0', pad > 0 ? pad : 0) && strb_slice(&b, v_str(text), sign, v_str(text)->length));
  v_drop(t, text);
  return strb_finish(&b);
}

static Value lay_out_special(Thread *t, const Num *num, const FormatSpec *spec, bool zero_padded) {
  FormatSpec f = *spec;
  if (zero_padded) f.fill = ' ', f.align = '>';
  Num plain = *num;
  plain.flags &= ~(uint32_t)NUM_NEG;
  Value text = decimal_text(t, &plain, false, true);
  if (v_is_null(text)) return V_NULL;
  StrBuilder b;
  strb_init(&b, t);
  (void)(strb_str(&b, text) && (f.type != '%' || strb_char(&b, '%')));
  v_drop(t, text);
  text = strb_finish(&b);
  if (v_is_null(text)) return V_NULL;
  NumberStyle none = {".", "", ""};
  Value result = put(t, num, &f, &none, "", 0, v_str(text)->data, v_str(text)->length);
  v_drop(t, text);
  return result;
}

static Value lay_out(Thread *t, const Num *num, const FormatSpec *f, bool zero_padded, const NumberStyle *style) {
  enum { OTHERS = 40 };
  int64_t place = point_place(num, f), n = num->digits, zeros_before = place < 0 ? -place : 0, zeros_after = place > n ? place - n : 0;
  if (zeros_before > NUM_MAX_PREC / 4 || zeros_after > NUM_MAX_PREC / 4) return raise_no_memory(t);
  char *buffer = heap_alloc(t, (size_t)(n + zeros_before + zeros_after + OTHERS));
  if (!buffer) return raise_no_memory(t);
  // whole digits, then ".fraction", then the exponent
  char *text = buffer + 1 + zeros_before;   // the digits; room before them for a point and zeros
  if (decimal_digits(t, num, text) < 0) {
    heap_free(t, buffer);
    return V_NULL;
  }
  memset(text - zeros_before, '0', (size_t)zeros_before);
  memset(text + n, '0', (size_t)zeros_after);
  const char *whole = place > 0 ? text : "0";
  int64_t whole_length = place > 0 ? place : 1;
  char *rest = place > 0 ? text + place : text - zeros_before, *end = text + n + zeros_after;
  if (rest < end) {
    // The point goes in front of the fraction: into the room before the digits, or by moving the fraction up.
    if (place <= 0) *--rest = '.';
    else {
      memmove(rest + 1, rest, (size_t)(end - rest));
      *rest = '.';
      end++;
    }
  }
  if (f->type == '%') *end++ = '%';
  int64_t exponent = num->exp + n - place;
  if (exponent || strchr("eE", (int)f->type)) end += sprintf(end, "%c%+lld", strchr("EG", (int)f->type) ? 'E' : 'e', (long long)exponent);
  bool filled = !zero_padded && f->fill == '0' && f->align == '=';
  Value result = (filled ? put_zero_filled : put)(t, num, f, style, whole, whole_length, rest, end - rest);
  heap_free(t, buffer);
  return result;
}

// --- Points and separators -----------------------------------------------------------------------------------------------------------

// An entry of the dict that replaces the locale's conventions. 1, 0 absent, -1.
static int override(Thread *t, Value dict, const char *key, Value *owned, const char **out) {
  int found = dict_get_cstr(t, v_dict(dict), key, owned);
  if (found <= 0) return found;
  size_t size;
  if (!v_is_str(*owned)) {
    raise_value_error(t, "invalid override dict");
    return -1;
  }
  *out = str_utf8(t, *owned, &size);
  if (!*out) return -1;
  return 1;
}

// As many bytes of UTF-8 as a character may have, and groups of sizes that are not negative.
static bool check_style(Thread *t, const NumberStyle *style) {
  enum { CHARACTER = 4 };
  size_t point = strlen(style->point);
  bool fine = point > 0 && point <= CHARACTER && strlen(style->separator) <= CHARACTER;
  for (const char *p = style->group_sizes; *p; p++) fine = fine && *p > 0;
  if (!fine) raise_value_error(t, "invalid override dict");
  return fine;
}

static Value format_with(Thread *t, Value v, const FormatSpec *f, bool zero_padded, Value context, Value overrides) {
  NumberStyle style = {".", f->grouping == ',' ? "," : "", f->grouping == ',' ? "\3" : ""};
  if (f->grouping == 'n') {
    const struct lconv *lc = localeconv();
    style = (NumberStyle){lc->decimal_point, lc->thousands_sep, lc->grouping};
  }
  Value owned[3] = {V_NULL, V_NULL, V_NULL}, result = V_NULL;
  bool fine = v_is_absent(overrides) || (override(t, overrides, "decimal_point", &owned[0], &style.point) >= 0 &&
                                         override(t, overrides, "thousands_sep", &owned[1], &style.separator) >= 0 &&
                                         override(t, overrides, "grouping", &owned[2], &style.group_sizes) >= 0 && check_style(t, &style));
  NumCall call = {.a = &v_decimal(v)->num, .context = context_rules(context), .data = (void *)(uintptr_t)f};
  if (fine && decimal_run(t, &call, NULL, NULL, NULL, round_work) == 0) {
    const Num *num = &call.out[0];
    result = num_is_special(num) ? lay_out_special(t, num, f, zero_padded) : lay_out(t, num, f, zero_padded, &style);
    num_clear(&call.out[0]);
  }
  for (int i = 0; i < 3; i++) v_drop(t, owned[i]);
  return result;
}

Value decimal_format(Thread *t, Value v, Value spec, Value overrides) {
  FormatSpec f;
  bool zero_padded;
  if (!v_is_str(spec)) return raise_type_error(t, "format arg must be str");
  if (!v_is_absent(overrides) && !v_has_flag(overrides, TYPE_DICT)) return raise_type_error(t, "optional argument must be a dict");
  Value context = context_current(t);
  if (v_is_null(context)) return V_NULL;
  Value result;
  if (!parse_spec(v_str(spec), a32_load_rlx(&v_dec_context(context)->capitals), &f, &zero_padded))
    result = raise_value_error(t, "invalid format string");
  else result = format_with(t, v, &f, zero_padded, context, overrides);
  v_drop(t, context);
  return result;
}
