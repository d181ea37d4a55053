// The module unicodedata: properties of characters, in Unicode 14 and, as ucd_3_2_0, in Unicode 3.2.
//
// Constant tables only: nothing to lock. Functions are called on the module, or as methods on the object ucd_3_2_0.
#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <unictype.h>
#include <uninorm.h>

#include "gc/heap.h"
#include "modules/unicode_normal.h"
#include "modules/unicodedata_tables.h"
#include "objects/buffer.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/unicode.h"

static Type type_ucd;
typedef struct Ucd { Object ob; Value version; } Ucd;

static bool is_old(Value self) { return v_type(self) == &type_ucd; }

// --- Characters -------------------------------------------------------------------------------------------------------------------

// The one character of v. position: which argument it is, 0 if there is only one. 0, or -1 with TypeError.
static int char_get(Thread *t, Value v, const char *function, int position, uint32_t *c) {
  if (v_is_str(v) && str_length(v_str(v)) == 1) {
    *c = str_char(v_str(v), 0);
    return 0;
  }
  char where[16] = "argument";
  if (position) snprintf(where, sizeof where, "argument %d", position);
  if (v_is_none(v)) raise_type_error(t, "%s() %s must be a unicode character, not None", function, where);
  else raise_type_error(t, "%s() %s must be a unicode character, not %.50T", function, where, v);
  return -1;
}

// Assigned, in the version that is asked.
static bool is_assigned(Value self, uint32_t c) {
  return !uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cn) && !(is_old(self) && unicodedata_is_later(c));
}

static const char *category(Value self, uint32_t c) {
  if (!is_assigned(self, c)) return "Cn";
  const char *old = is_old(self) ? unicodedata_old_category(c) : NULL;
  return old ? old : uc_general_category_name(uc_general_category(c));
}

// libunistring 1.0 has no names for the isolates.
static const char *bidi_name(int class) {
  switch (class) {
    case UC_BIDI_LRI: return "LRI";
    case UC_BIDI_RLI: return "RLI";
    case UC_BIDI_FSI: return "FSI";
    case UC_BIDI_PDI: return "PDI";
    default: return uc_bidi_class_name(class);
  }
}

static const char *bidirectional(Value self, uint32_t c) {
  if (!is_assigned(self, c)) return "";
  const char *old = is_old(self) ? unicodedata_old_bidirectional(c) : NULL;
  return old ? old : bidi_name(uc_bidi_class(c));
}

static const char *width(Value self, uint32_t c) {
  if (!is_assigned(self, c)) return "F";   // what CPython answers for them
  const char *old = is_old(self) ? unicodedata_old_width(c) : NULL;
  return old ? old : unicodedata_width(c);
}

static bool mirrored(Value self, uint32_t c) {
  return is_assigned(self, c) && (is_old(self) ? unicodedata_old_is_mirrored(c) : unicodedata_is_mirrored(c));
}

#define ONE_CHARACTER(NAME, RESULT)                                    \
  static NATIVE(unicodedata_##NAME) {                                  \
    uint32_t c;                                                        \
    return char_get(t, args[0], #NAME, 0, &c) < 0 ? V_NULL : (RESULT); \
  }
ONE_CHARACTER(category, str_from_cstr(t, category(self, c)))
ONE_CHARACTER(bidirectional, str_from_cstr(t, bidirectional(self, c)))
ONE_CHARACTER(east_asian_width, str_from_cstr(t, width(self, c)))
ONE_CHARACTER(combining, v_from_smi(is_assigned(self, c) ? uc_combining_class(c) : 0))
ONE_CHARACTER(mirrored, v_from_smi(mirrored(self, c)))

static Value decomposition(Thread *t, Value self, uint32_t c) {
  static const struct { int tag; const char *name; } tags[] = {
      {UC_DECOMP_FONT, "<font>"}, {UC_DECOMP_NOBREAK, "<noBreak>"}, {UC_DECOMP_INITIAL, "<initial>"}, {UC_DECOMP_MEDIAL, "<medial>"},
      {UC_DECOMP_FINAL, "<final>"}, {UC_DECOMP_ISOLATED, "<isolated>"}, {UC_DECOMP_CIRCLE, "<circle>"}, {UC_DECOMP_SUPER, "<super>"},
      {UC_DECOMP_SUB, "<sub>"}, {UC_DECOMP_VERTICAL, "<vertical>"}, {UC_DECOMP_WIDE, "<wide>"}, {UC_DECOMP_NARROW, "<narrow>"},
      {UC_DECOMP_SMALL, "<small>"}, {UC_DECOMP_SQUARE, "<square>"}, {UC_DECOMP_FRACTION, "<fraction>"}, {UC_DECOMP_COMPAT, "<compat>"},
  };
  ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
  int tag, n = !is_assigned(self, c) || (c >= 0xAC00 && c <= 0xD7A3) ? -1 : uc_decomposition(c, &tag, parts);
  StrBuilder b;
  strb_init(&b, t);
  for (size_t i = 0; n >= 0 && i < sizeof tags / sizeof *tags; i++)
    if (tags[i].tag == tag) strb_cstr(&b, tags[i].name);
  for (int i = 0; i < n; i++) {
    char code[12];
    snprintf(code, sizeof code, "%s%04X", b.length ? " " : "", (unsigned)parts[i]);
    strb_cstr(&b, code);
  }
  return strb_finish(&b);
}
ONE_CHARACTER(decomposition, decomposition(t, self, c))

// --- Numbers ----------------------------------------------------------------------------------------------------------------------

static Value or_default(Thread *t, Value default_, const char *message) {
  return v_is_absent(default_) ? raise_value_error(t, "%s", message) : v_own(t, default_);
}

static NATIVE(unicodedata_decimal) {
  uint32_t c;
  if (char_get(t, args[0], "decimal", 1, &c) < 0) return V_NULL;
  int n = is_assigned(self, c) ? unicode_decimal(c) : -1;
  if (is_old(self) && is_assigned(self, c)) unicodedata_old_decimal(c, &n);
  return n < 0 ? or_default(t, args[1], "not a decimal") : v_from_smi(n);
}

static NATIVE(unicodedata_digit) {
  uint32_t c;
  if (char_get(t, args[0], "digit", 1, &c) < 0) return V_NULL;
  int n = unicode_digit(c);
  return n < 0 ? or_default(t, args[1], "not a digit") : v_from_smi(n);
}

static NATIVE(unicodedata_numeric) {
  uint32_t c;
  double n;
  if (char_get(t, args[0], "numeric", 1, &c) < 0) return V_NULL;
  return is_assigned(self, c) && unicode_numeric(c, &n) ? float_new(t, n) : or_default(t, args[1], "not a numeric character");
}

// --- Names ------------------------------------------------------------------------------------------------------------------------

static NATIVE(unicodedata_name) {
  uint32_t c;
  char name[UNICODE_NAME_MAX];
  if (char_get(t, args[0], "name", 1, &c) < 0) return V_NULL;
  return is_assigned(self, c) && unicode_name(c, name) ? str_from_cstr(t, name) : or_default(t, args[1], "no such name");
}

static Value undefined(Thread *t, const char *name) { return raise_error(t, &exc_KeyError, "undefined character name '%s'", name); }

// 3.2 knew neither aliases nor sequences: a name is good only if it is the character's own (an ideograph's may have another 0).
static bool is_own_name(uint32_t c, const char *name) {
  static const char ideograph[] = "CJK UNIFIED IDEOGRAPH-";
  char own[UNICODE_NAME_MAX];
  if (strncmp(name, ideograph, sizeof ideograph - 1) == 0) return true;
  return unicode_name(c, own) && strcasecmp(own, name) == 0;
}

static Value lookup(Thread *t, Value self, const char *name, size_t n) {
  uint32_t c;
  char upper[UNICODE_NAME_MAX + 1];
  if (n > UNICODE_NAME_MAX) return raise_error(t, &exc_KeyError, "name too long");
  bool found = unicode_by_name(name, n, &c);
  for (size_t i = 0; i <= n; i++) upper[i] = (char)(i < n ? toupper((unsigned char)name[i]) : 0);
  if (is_old(self)) return found && is_assigned(self, c) && is_own_name(c, upper) ? str_from_char(t, c) : undefined(t, name);
  if (found) return str_from_char(t, c);
  const UnicodeSequence *sequence = strlen(upper) == n ? unicodedata_sequence(upper) : NULL;
  if (!sequence) return undefined(t, name);
  int64_t length = 0;
  while (length < UNICODE_SEQUENCE_MAX && sequence->characters[length]) length++;
  return str_from_ucs4(t, sequence->characters, length);
}

static NATIVE(unicodedata_lookup) {
  if (v_is_str(args[0])) {
    size_t n;
    const char *name = str_utf8(t, args[0], &n);
    return name ? lookup(t, self, name, n) : V_NULL;
  }
  BufferView view;
  char name[UNICODE_NAME_MAX + 1];
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  size_t n = (size_t)view.len;
  if (n && n <= UNICODE_NAME_MAX) memcpy(name, view.data, n);
  name[n <= UNICODE_NAME_MAX ? n : 0] = '\0';
  buffer_release(t, &view);
  return lookup(t, self, name, n);
}

// --- Normalization ----------------------------------------------------------------------------------------------------------------

static int form_get(Thread *t, const char *function, Value self, const Value *args, NormalForm *form) {
  for (int i = 0; i < 2; i++) {
    if (v_is_str(args[i])) continue;
    if (v_is_none(args[i])) raise_type_error(t, "%s() argument %d must be str, not None", function, i + 1);
    else raise_type_error(t, "%s() argument %d must be str, not %.50T", function, i + 1, args[i]);
    return -1;
  }
  *form = (NormalForm){.old = is_old(self)};
  if (str_equals_cstr(args[0], "NFC")) form->compose = true;
  else if (str_equals_cstr(args[0], "NFKC")) form->compose = form->compatible = true;
  else if (str_equals_cstr(args[0], "NFKD")) form->compatible = true;
  else if (!str_equals_cstr(args[0], "NFD") && str_length(v_str(args[1]))) {
    raise_value_error(t, "invalid normalization form");
    return -1;
  }
  return 0;
}

static NATIVE(unicodedata_normalize) {
  NormalForm form;
  return form_get(t, "normalize", self, args, &form) < 0 ? V_NULL : unicode_normalize(t, args[1], form);
}

static NATIVE(unicodedata_is_normalized) {
  NormalForm form;
  if (form_get(t, "is_normalized", self, args, &form) < 0) return V_NULL;
  Value normal = unicode_normalize(t, args[1], form);
  if (v_is_null(normal)) return V_NULL;
  bool same = v_is(normal, args[1]);
  v_drop(t, normal);
  return v_from_bool(same);
}

// --- The module -------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"decimal($self, chr, default=<unrepresentable>, /)", unicodedata_decimal, "The decimal digit that a character stands for.", 0},
    {"digit($self, chr, default=<unrepresentable>, /)", unicodedata_digit, "The digit that a character stands for.", 0},
    {"numeric($self, chr, default=<unrepresentable>, /)", unicodedata_numeric, "The number that a character stands for, a float.", 0},
    {"category($self, chr, /)", unicodedata_category, "The general category of a character.", 0},
    {"bidirectional($self, chr, /)", unicodedata_bidirectional, "The bidirectional class of a character; '' if it has none.", 0},
    {"combining($self, chr, /)", unicodedata_combining, "The canonical combining class of a character.", 0},
    {"mirrored($self, chr, /)", unicodedata_mirrored, "1 if a character is mirrored in bidirectional text, else 0.", 0},
    {"east_asian_width($self, chr, /)", unicodedata_east_asian_width, "The East Asian width of a character.", 0},
    {"decomposition($self, chr, /)", unicodedata_decomposition, "The decomposition mapping of a character as code points; '' if there is none.", 0},
    {"is_normalized($self, form, unistr, /)", unicodedata_is_normalized, "Whether a string is in a normal form: 'NFC', 'NFKC', 'NFD' or 'NFKD'.", 0},
    {"normalize($self, form, unistr, /)", unicodedata_normalize, "A string in a normal form: 'NFC', 'NFKC', 'NFD' or 'NFKD'.", 0},
    {"name($self, chr, default=<unrepresentable>, /)", unicodedata_name, "The name of a character.", 0},
    {"lookup($self, name, /)", unicodedata_lookup, "The character, or sequence of characters, of that name.", 0},
    {0},
};

static void ucd_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Ucd *)o)->version);
  heap_free_object(t, o);
}
static const MemberDef ucd_members[] = {{"unidata_version", MEMBER_VALUE, offsetof(Ucd, version), true, NULL}, {0}};
static const TypeSpec spec_ucd = {
    .name = "unicodedata.UCD",
    .size = sizeof(Ucd),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = ucd_dealloc},
    .methods = functions,
    .members = ucd_members,
};

static Value old_database(Thread *t) {
  Value v = type_generic_alloc(t, &type_ucd, 0);
  if (v_is_null(v)) return V_NULL;
  ((Ucd *)v_obj(v))->version = str_from_cstr(t, "3.2.0");
  return v;
}

static int unicodedata_exec(Thread *t, Value m) {
  if (!type_ready(t, &type_ucd, &spec_ucd, 0) || module_add_type(t, m, &type_ucd) < 0) return -1;
  return module_add_str(t, m, "unidata_version", "14.0.0") < 0 ? -1 : module_add(t, m, "ucd_3_2_0", old_database(t));
}

const ModuleDef module_unicodedata = {
    .name = "unicodedata",
    .doc = "Properties of characters, names and normal forms: the Unicode character database, version 14.0.0, on libunistring.",
    .functions = functions,
    .exec = unicodedata_exec,
};
