// _sre: the engine below the library's re. The re compiler makes code, this module checks it and wraps it in a Pattern.
#include "gc/heap.h"
#include "modules/sre.h"
#include "objects/buffer.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/unicode.h"

#define FN(name) static Value sre_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static int read_code(Thread *t, Pattern *p, Value list) {
  p->code_size = (size_t)list_length(v_list(list));
  p->code = heap_alloc(t, p->code_size ? p->code_size * sizeof *p->code : 1);
  if (!p->code) {
    raise_no_memory(t);
    return -1;
  }
  for (size_t i = 0; i < p->code_size; i++) {
    Value item = list_get(t, v_list(list), (int64_t)i);
    uint64_t word = UINT64_MAX;
    if (!v_is_null(item) && v_is_int(item) && !int_as_u64(item, &word)) word = UINT64_MAX;
    v_drop(t, item);
    if (word > UINT32_MAX) {
      raise_overflow(t, "regular expression code size limit exceeded");
      return -1;
    }
    p->code[i] = (uint32_t)word;
  }
  return 0;
}

static int make_program(Thread *t, Pattern *p) {
  SreNotes notes = {0};
  int status = -1;
  if (p->groups >= 0 && p->groups <= SRE_MAXGROUPS && sre_code_is_valid(t, p->code, p->code_size, p->groups, &notes))
    status = sre_program_make(t, &p->program, p->code, p->code_size, &notes);
  else if (!error_pending(t))
    raise_error(t, &exc_RuntimeError, "invalid SRE code");
  if (notes.places) heap_free(t, notes.places);
  return status;
}

FN(compile) {
  UNUSED;
  int flags = number_as_int(t, args[1]);
  if (flags == -1 && error_pending(t)) return V_NULL;
  if (!v_is_list(args[2])) return raise_type_error(t, "compile() argument 'code' must be list, not %K", args[2]);
  int64_t groups = number_as_i64(t, args[3]);
  if (groups == -1 && error_pending(t)) return V_NULL;
  if (!v_is_dict(args[4])) return raise_type_error(t, "compile() argument 'groupindex' must be dict, not %K", args[4]);
  if (!v_is_tuple(args[5])) return raise_type_error(t, "compile() argument 'indexgroup' must be tuple, not %K", args[5]);
  bool bytes_like = !v_is_none(args[0]) && !v_is_str(args[0]);
  if (bytes_like && !buffer_is_supported(args[0])) return raise_type_error(t, "expected string or bytes-like object, got '%.200T'", args[0]);
  Value v = type_generic_alloc(t, &type_sre_pattern, 0);
  if (v_is_null(v)) return V_NULL;
  Pattern *p = v_pattern(v);
  p->groups = groups;
  p->flags = flags;
  p->is_bytes = v_is_none(args[0]) ? -1 : bytes_like;
  p->pattern = v_own(t, args[0]);
  p->groupindex = v_own(t, args[4]);
  p->indexgroup = v_own(t, args[5]);
  if (read_code(t, p, args[2]) == 0 && make_program(t, p) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

FN(getcodesize) { UNUSED; return v_from_smi(sizeof(uint32_t)); }

// A character argument. False: exception.
static bool as_character(Thread *t, Value v, uint32_t *c) {
  int n = number_as_int(t, v);
  *c = (uint32_t)n;
  return n != -1 || !error_pending(t);
}

FN(ascii_iscased) {
  UNUSED;
  uint32_t c;
  return as_character(t, args[0], &c) ? v_from_bool(c < 128 && (c | 32) - 'a' < 26) : V_NULL;
}
FN(ascii_tolower) {
  UNUSED;
  uint32_t c;
  return as_character(t, args[0], &c) ? v_from_smi((int32_t)sre_lower_ascii(c)) : V_NULL;
}
FN(unicode_iscased) {
  UNUSED;
  uint32_t c;
  if (!as_character(t, args[0], &c)) return V_NULL;
  uint32_t upper[3];   // of which the first counts, as for U+FB05, whose capital is ST
  unicode_to_upper(c, upper);
  return v_from_bool(unicode_simple_lower(c) != c || upper[0] != c);
}
FN(unicode_tolower) {
  UNUSED;
  uint32_t c;
  return as_character(t, args[0], &c) ? v_from_smi((int32_t)unicode_simple_lower(c)) : V_NULL;
}

static const NativeDef functions[] = {
    {"compile($module, /, pattern, flags, code, groups, groupindex, indexgroup)", sre_compile, NULL, 0},
    {"getcodesize($module, /)", sre_getcodesize, NULL, 0},
    {"ascii_iscased($module, character, /)", sre_ascii_iscased, NULL, 0},
    {"unicode_iscased($module, character, /)", sre_unicode_iscased, NULL, 0},
    {"ascii_tolower($module, character, /)", sre_ascii_tolower, NULL, 0},
    {"unicode_tolower($module, character, /)", sre_unicode_tolower, NULL, 0},
    {0},
};

static int sre_exec(Thread *t, Value m) {
  return !sre_types_init(t) || module_add_int(t, m, "MAGIC", SRE_MAGIC) < 0 || module_add_int(t, m, "CODESIZE", sizeof(uint32_t)) < 0 ||
                 module_add_int(t, m, "MAXREPEAT", SRE_MAXREPEAT) < 0 || module_add_int(t, m, "MAXGROUPS", SRE_MAXGROUPS) < 0
             ? -1
             : 0;
}

const ModuleDef module__sre = {.name = "_sre", .functions = functions, .exec = sre_exec};
