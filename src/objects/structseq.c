// structseq: tuple types with named fields, some of which are only attributes (os.stat_result, time.struct_time).
//
// An instance is a Tuple whose length is the number of visible fields; the hidden ones follow in the same block. Fields without a name take
// a place in the sequence but are no attributes.
#include <stdlib.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct StructSeqType {
  Type type;              // first: instances find the rest through their type
  TypeSpec spec;
  MemberDef *members;     // the named fields, in order
  int nfields, nvisible, nunnamed;
} StructSeqType;

static StructSeqType *info_of(const Object *o) { return (StructSeqType *)object_type(o); }

// --- Slots --------------------------------------------------------------------------------------------------------------------------------

static void structseq_dealloc(Thread *t, Object *o) {
  Tuple *u = (Tuple *)o;
  for (int i = info_of(o)->nfields; i-- > 0;) v_drop(t, u->items[i]);
  heap_free_object(t, o);
}

static void structseq_traverse(Object *o, GcVisit visit, void *arg) {
  Tuple *u = (Tuple *)o;
  for (int i = 0; i < info_of(o)->nfields; i++) gc_visit_value(u->items[i], visit, arg);
}

static Value structseq_repr(Thread *t, Value self) {
  StructSeqType *info = info_of(v_obj(self));
  StrBuilder b;
  strb_init(&b, t);
  bool ok = strb_str(&b, info->type.name) && strb_char(&b, '(');
  for (int i = 0; ok && i < info->nvisible; i++) {
    if (i > 0) strb_ascii(&b, ", ", 2);
    strb_cstr(&b, info->members[i].name);
    strb_char(&b, '=');
    Value text = object_repr(t, v_tuple(self)->items[i]);
    ok = !v_is_null(text) && strb_str(&b, text);
    v_drop(t, text);
  }
  if (!ok) {
    strb_discard(&b);
    return V_NULL;
  }
  strb_char(&b, ')');
  return strb_finish(&b);
}

static Value alloc_instance(Thread *t, StructSeqType *info) {
  Object *o = heap_new_object(t, info->type.shape, sizeof(Tuple) + (size_t)info->nfields * sizeof(Value));
  if (!o) return raise_no_memory(t);
  ((Tuple *)o)->length = info->nvisible;
  return v_from_obj(o);
}

static bool length_is_wrong(Thread *t, StructSeqType *info, int64_t n) {
  long long given = n, least = info->nvisible, most = info->nfields;
  if (least == most) {
    if (given != least) raise_type_error(t, "%N() takes a %lld-sequence (%lld-sequence given)", &info->type, least, given);
  } else if (given < least) {
    raise_type_error(t, "%N() takes an at least %lld-sequence (%lld-sequence given)", &info->type, least, given);
  } else if (given > most) {
    raise_type_error(t, "%N() takes an at most %lld-sequence (%lld-sequence given)", &info->type, most, given);
  }
  return error_pending(t);
}

static Value structseq_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "structseq(sequence, dict={})", args, nargs, kwnames, bound) < 0) return V_NULL;
  StructSeqType *info = (StructSeqType *)type;
  Value dict = v_is_absent(bound[1]) ? V_NULL : bound[1];
  if (!v_is_null(dict) && !v_is_dict(dict)) return raise_type_error(t, "%N() takes a dict as second arg, if any", type);
  Value items = list_copy_of(t, bound[0], "constructor requires a sequence");
  if (v_is_null(items)) return items;
  int64_t n = list_length(v_list(items));
  Value self = length_is_wrong(t, info, n) ? V_NULL : alloc_instance(t, info);
  bool ok = !v_is_null(self);
  for (int i = 0; ok && i < info->nfields; i++) {
    Value *slot = &v_tuple(self)->items[i];
    if (i < n) {
      *slot = list_get(t, v_list(items), i);
    } else if (v_is_null(dict)) {
      *slot = V_NONE;
    } else {
      int r = dict_get_cstr(t, v_dict(dict), info->members[i - info->nunnamed].name, slot);
      if (r == 0) *slot = V_NONE;
      ok = r >= 0;
    }
  }
  v_drop(t, items);
  if (ok) return self;
  v_drop(t, self);
  return V_NULL;
}

static Value structseq_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  StructSeqType *info = info_of(v_obj(self));
  Value *items = v_tuple(self)->items, result = V_NULL;
  Value visible = tuple_from(t, items, (size_t)info->nvisible), hidden = V_NULL, call = V_NULL;
  if (!v_is_null(visible)) hidden = dict_new(t);
  bool ok = !v_is_null(hidden);
  for (int i = info->nvisible; ok && i < info->nfields; i++) {
    ok = dict_set_cstr(t, v_dict(hidden), info->members[i - info->nunnamed].name, items[i]) == 0;
  }
  if (ok) call = tuple_pack(t, 2, visible, hidden);
  if (!v_is_null(call)) result = tuple_pack(t, 2, v_from_obj(&info->type), call);
  v_drop(t, visible);
  v_drop(t, hidden);
  v_drop(t, call);
  return result;
}

static const NativeDef structseq_methods[] = {
    {"__reduce__($self, /)", structseq_reduce, NULL, NATIVE_NO_SIGNATURE},
    {0},
};

// --- Making types ---------------------------------------------------------------------------------------------------------------------------

static bool add_attribute(Thread *t, StructSeqType *info, Value name, Value stolen) {
  return !v_is_null(stolen) && dict_set_steal(t, v_dict(info->type.dict), name, stolen) == 0;
}

static Value match_args(Thread *t, const StructSeqDef *def) {
  Value names = list_new(t, def->visible);
  for (int i = 0; !v_is_null(names) && i < def->visible; i++) {
    if (!*def->fields[i].name) continue;
    Value name = str_intern_cstr(t, def->fields[i].name);
    if (v_is_null(name) || list_append_steal(t, v_list(names), name) < 0) {
      v_drop(t, names);
      return V_NULL;
    }
  }
  if (v_is_null(names)) return names;
  Value result = list_to_tuple(t, v_list(names));
  v_drop(t, names);
  return result;
}

static void fill_members(StructSeqType *info, const StructSeqDef *def) {
  MemberDef *m = info->members;
  for (int i = 0; i < info->nfields; i++) {
    const StructSeqField *f = &def->fields[i];
    if (!*f->name) continue;
    *m++ = (MemberDef){f->name, MEMBER_VALUE, (uint32_t)(offsetof(Tuple, items) + (size_t)i * sizeof(Value)), true, f->doc};
  }
}

Type *structseq_new_type(Thread *t, const StructSeqDef *def) {
  int nfields = 0, nunnamed = 0;
  for (; def->fields[nfields].name; nfields++) nunnamed += !*def->fields[nfields].name;
  StructSeqType *info = aligned_alloc(16, (sizeof *info + 15) & ~(size_t)15);
  MemberDef *members = calloc((size_t)nfields + 1, sizeof *members);
  if (!info || !members) {
    free(info);
    free(members);
    raise_no_memory(t);
    return NULL;
  }
  memset(info, 0, sizeof *info);
  info->members = members;
  info->nfields = nfields;
  info->nvisible = def->visible;
  info->nunnamed = nunnamed;
  fill_members(info, def);
  info->spec = (TypeSpec){
      .name = def->name,
      .base = &type_tuple,
      .size = sizeof(Tuple),
      .item_size = sizeof(Value),
      .flags = TYPE_IMMUTABLE | TYPE_VARSIZE,
      .slots = {.repr = structseq_repr, .new = structseq_type_new, .dealloc = structseq_dealloc, .traverse = structseq_traverse},
      .methods = structseq_methods,
      .members = members,
      .doc = def->doc,
  };
  // Type objects are immortal: on failure the half-made one is left to the exit of the program, which is what follows.
  if (!type_ready(t, &info->type, &info->spec, 0)) return NULL;
  if (!add_attribute(t, info, N(n_sequence_fields), v_from_smi(def->visible)) || !add_attribute(t, info, N(n_fields), v_from_smi(nfields)) ||
      !add_attribute(t, info, N(n_unnamed_fields), v_from_smi(nunnamed)) || !add_attribute(t, info, N(__match_args__), match_args(t, def))) {
    return NULL;
  }
  return &info->type;
}

Value structseq_new(Thread *t, Type *type, const Value *stolen, size_t n) {
  StructSeqType *info = (StructSeqType *)type;
  Value self = alloc_instance(t, info);
  for (size_t i = 0; i < n; i++)
    if (v_is_null(stolen[i])) v_clear(t, &self);
  for (size_t i = 0; i < n; i++) {
    if (v_is_null(self) || i >= (size_t)info->nfields) v_drop(t, stolen[i]);
    else v_tuple(self)->items[i] = stolen[i];
  }
  for (size_t i = n; !v_is_null(self) && i < (size_t)info->nfields; i++) v_tuple(self)->items[i] = V_NONE;
  return self;
}
