// Inline caches: looking at what a site meets and rewriting it.
#include "vm/specialise.h"

#include <string.h>

#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/module.h"
#include "objects/module_layout.h"
#include "objects/names.h"
#include "objects/str.h"
#include "objects/type_lookup.h"
#include "objects/type_slots.h"

enum { PAYLOAD_LIMIT = 1 << 24 };

// A bit per shape: cache words may name it. A class that is written to before anybody cached what its instances have, as mocks do by the dozen,
// need not be looked for in all code. Set by any thread before its word is stored, cleared with the world stopped.
static a64 cached_shapes[SHAPE_LIMIT / 64];

static bool has_shape_guard(CacheKind kind) { return kind != CACHE_NONE && kind != CACHE_MODULE && kind < CACHE_GLOBAL ? true : kind == CACHE_INIT; }

static void note_cached(uint32_t shape) {
  a64 *word = &cached_shapes[shape / 64];
  uint64_t bit = (uint64_t)1 << shape % 64;
  if (!(a64_load_rlx(word) & bit)) a64_fetch_or_acqrel(word, bit);
}

static void note_guards(uint32_t guard, uint64_t payload, CacheKind kind) {
  if (has_shape_guard(kind)) note_cached(guard);
  if (kind == CACHE_ADD) note_cached((uint32_t)payload);
}

// What a look at an object has found: the op and the word of a site for objects with the guard's shape. guard 0: nothing that can be cached.
typedef struct Found { ExecOp op; uint32_t guard; uint64_t payload; CacheKind kind; } Found;

static Found found(ExecOp op, uint32_t guard, uint64_t payload, CacheKind kind) {
  return (Found){op, payload < PAYLOAD_LIMIT ? guard : 0, payload, kind};
}
static const Found nothing_found;

// The cache word is published before the op that reads it (memory.md 5).
static void rewrite(const Inst *ip, ExecOp op, uint32_t guard, uint64_t payload, CacheKind kind) {
  if (payload >= PAYLOAD_LIMIT || guard == 0) return;
  Inst *site = (Inst *)(uintptr_t)ip;
  note_guards(guard, payload, kind);
  a64_store_rel(&site[1].cache, CACHE_WORD(guard, payload, kind));
  a16_store_rel(&site->op, (uint16_t)op);
}

static void rewrite_found(const Inst *ip, Found f) { rewrite(ip, f.op, f.guard, f.payload, f.kind); }

// What an attribute name means on an object's class. `index` of the class's array, made now so that a later write to the name flushes us.
typedef struct Meaning { Type *type; int32_t index; AttrKind kind; } Meaning;

static bool find_meaning(Thread *t, Type *type, Value name, Meaning *m) {
  m->type = type;
  m->index = type_attr_index(t, type, name);
  if (m->index < 0) return false;
  // From here on no safepoint: a flush cannot come between look and store.
  TypeAttrs *a = aptr_load_acq(&type->attrs);
  m->kind = a->items[m->index].kind;
  return true;
}

static bool is_data_kind(AttrKind kind) { return kind == ATTR_PROPERTY || kind == ATTR_SLOT || kind == ATTR_DATA; }

// Whether instances with this shape surely lack, or have in a known slot, an attribute of their own. *slot -1: lack.
static bool own_slot(uint32_t shape, Type *type, Value name, int32_t *slot) {
  *slot = -1;
  if (shape_layout(shape)) {
    *slot = shape_find_slot(shape, name);
    return true;
  }
  return type->ext_offset == 0;
}

// The member descriptor of a __slots__ name: its byte offset, 0 if it is not of that kind.
static uint32_t member_offset(Thread *t, const Meaning *m) {
  Value v = class_attr_value(t, m->type, (uint32_t)m->index);
  uint32_t offset = 0;
  if (!v_is_null(v) && v_is_exact(v, SHAPE_MEMBER_DESCRIPTOR)) {
    MemberDescriptor *d = v_member_descriptor(v);
    if (!d->def && d->offset > 0 && type_is_subtype(m->type, d->type)) offset = (uint32_t)d->offset;
  }
  v_drop(t, v);
  return offset;
}

static Found own_slot_found(uint32_t shape, int32_t slot, ExecOp near, ExecOp far) {
  uint32_t offset = shape_slot_offset(shape, slot);
  if (offset) return found(near, shape, offset, CACHE_SLOT);
  return far != X_COUNT ? found(far, shape, (uint64_t)slot, CACHE_FAR_SLOT) : nothing_found;
}

// Whether C.name is what stands in the class's array, so that no __get__ has a say.
static bool is_itself(Thread *t, const Meaning *m) {
  if (m->kind == ATTR_PLAIN || m->kind == ATTR_FUNCTION || m->kind == ATTR_NATIVE) return true;
  if (m->kind != ATTR_NONDATA || m->type->flags & TYPE_HEAP) return false;
  Value v = class_attr_value(t, m->type, (uint32_t)m->index);   // which stays: builtin types do not change
  bool wrapper = !v_is_null(v) && v_is_exact(v, SHAPE_WRAPPER_DESCRIPTOR);
  v_drop(t, v);
  return wrapper;
}

// The number of the entry for `name` in the dict of an object in dict mode; -1.
static int64_t own_entry(Thread *t, Value obj, uint32_t shape, Type *type, Value name) {
  if (shape_layout(shape) || !type->ext_offset || type->flags & TYPE_TYPE || shape == SHAPE_MODULE) return -1;
  Value d = instance_dict_ref(t, v_obj(obj), type);
  uint32_t table;
  int64_t index = v_is_null(d) ? -1 : dict_find_cached(v_dict(d), name, &table);
  v_drop(t, d);
  return index;
}

// Module attributes: by entry of the module's dict.
static bool module_entry(Value module, Value name, uint32_t *table, int64_t *index) {
  *index = dict_find_cached(v_dict(module_dict(module)), name, table);
  return *index >= 0;
}

static bool metatype_is_plain(Thread *t, Type *metatype, Value name) {
  Meaning m;
  return metatype->slots.getattro == type_type.slots.getattro && find_meaning(t, metatype, name, &m) && !is_data_kind(m.kind);
}

// Of instances whose class reads attributes in the ordinary way.
static Found find_load(Thread *t, uint32_t shape, Type *type, Value name) {
  Meaning m;
  if (type->slots.getattro != object_generic_getattr || !find_meaning(t, type, name, &m)) return nothing_found;
  if (m.kind == ATTR_SLOT) {
    uint32_t offset = member_offset(t, &m);
    return offset ? found(X_LOAD_ATTR_SLOT, shape, offset, CACHE_SLOT) : found(X_LOAD_ATTR_DATA, shape, (uint64_t)m.index, CACHE_DATA);
  }
  if (m.kind == ATTR_DATA) return found(X_LOAD_ATTR_DATA, shape, (uint64_t)m.index, CACHE_DATA);
  if (m.kind == ATTR_PROPERTY) return found(X_LOAD_ATTR_PROPERTY, shape, (uint64_t)m.index, CACHE_PROPERTY);
  int32_t slot;
  if (!own_slot(shape, type, name, &slot)) return nothing_found;
  if (slot >= 0) return own_slot_found(shape, slot, X_LOAD_ATTR_SLOT, X_LOAD_ATTR_FAR);
  return m.kind == ATTR_PLAIN ? found(X_LOAD_ATTR_CLASS, shape, (uint64_t)m.index, CACHE_CLASS_ATTR) : nothing_found;
}

void specialise_load_attr(Thread *t, Exec *e, const Inst *ip, Value obj, Value name) {
  (void)e;
  if (!v_is_ptr(obj)) return;
  uint32_t shape = a32_load_acq(&v_obj(obj)->shape);
  Type *type = shape_table[shape].type;
  if (shape == SHAPE_MODULE) {
    uint32_t table;
    int64_t index;
    Meaning m;
    if (find_meaning(t, type, name, &m) && !is_data_kind(m.kind) && module_entry(obj, name, &table, &index))
      rewrite(ip, X_LOAD_ATTR_MODULE, table, (uint64_t)index, CACHE_MODULE);
    return;
  }
  Meaning m;
  int64_t entry = own_entry(t, obj, shape, type, name);   // may pass a safepoint, so before its meaning is looked up
  if (type->flags & TYPE_TYPE) {
    if (!metatype_is_plain(t, type, name) || !find_meaning(t, v_as_type(obj), name, &m)) return;
    if (is_itself(t, &m)) rewrite(ip, X_LOAD_ATTR_TYPE, shape, (uint64_t)m.index, CACHE_TYPE_ATTR);
    return;
  }
  Found f = find_load(t, shape, type, name);
  if (f.guard) rewrite_found(ip, f);
  else if (entry >= 0 && type->slots.getattro == object_generic_getattr && find_meaning(t, type, name, &m) && !is_data_kind(m.kind))
    rewrite(ip, X_LOAD_ATTR_DICT, shape, (uint64_t)entry, CACHE_DICT);
}

static void rewrite_native(const Inst *ip, ExecOp op, const NativeDescriptor *d) {
  Inst *site = (Inst *)(uintptr_t)ip;
  a64_store_rel(&site[1].cache, cache_native_word(d));
  a16_store_rel(&site->op, (uint16_t)op);
}

// A builtin type's own method.
static bool load_native(Thread *t, const Inst *ip, const Meaning *m, uint32_t shape) {
  Value v = class_attr_value(t, m->type, (uint32_t)m->index);
  if (v_is_null(v)) return false;
  const NativeDescriptor *d = (const NativeDescriptor *)v_obj(v);
  bool fits = v_is_exact(v, SHAPE_METHOD_DESCRIPTOR) && d->shape == shape && d->type == m->type;
  if (fits) rewrite_native(ip, X_LOAD_METHOD_NATIVE, d);
  v_drop(t, v);
  return fits;
}

// ip: the site, which is rewritten if the method is a builtin type's; NULL: there is none to rewrite.
static Found find_method(Thread *t, const Inst *ip, uint32_t shape, Type *type, Value name) {
  Meaning m;
  int32_t slot;
  if (type->slots.getattro != object_generic_getattr || !find_meaning(t, type, name, &m) || is_data_kind(m.kind) || !own_slot(shape, type, name, &slot))
    return nothing_found;
  if (slot >= 0) return own_slot_found(shape, slot, X_LOAD_METHOD_SLOT, X_COUNT);
  if (ip && m.kind == ATTR_NATIVE && load_native(t, ip, &m, shape)) return nothing_found;
  if (m.kind == ATTR_STATICMETHOD) return found(X_LOAD_METHOD_STATICMETHOD, shape, (uint64_t)m.index, CACHE_STATICMETHOD);
  return m.kind == ATTR_FUNCTION || m.kind == ATTR_NATIVE ? found(X_LOAD_METHOD_CLASS, shape, (uint64_t)m.index, CACHE_METHOD) : nothing_found;
}

void specialise_load_method(Thread *t, Exec *e, const Inst *ip, Value obj, Value name) {
  (void)e;
  if (!v_is_ptr(obj)) return;
  uint32_t shape = a32_load_acq(&v_obj(obj)->shape);
  Type *type = shape_table[shape].type;
  Meaning m;
  if (shape == SHAPE_MODULE) {
    uint32_t table;
    int64_t index;
    if (find_meaning(t, type, name, &m) && !is_data_kind(m.kind) && module_entry(obj, name, &table, &index))
      rewrite(ip, X_LOAD_METHOD_MODULE, table, (uint64_t)index, CACHE_MODULE);
    return;
  }
  if (type->flags & TYPE_TYPE) {
    if (!metatype_is_plain(t, type, name) || !find_meaning(t, v_as_type(obj), name, &m)) return;
    if (is_itself(t, &m)) rewrite(ip, X_LOAD_METHOD_TYPE, shape, (uint64_t)m.index, CACHE_TYPE_ATTR);
    else if (m.kind == ATTR_CLASSMETHOD) rewrite(ip, X_LOAD_METHOD_CLASSMETHOD, shape, (uint64_t)m.index, CACHE_CLASSMETHOD);
    else if (m.kind == ATTR_STATICMETHOD) rewrite(ip, X_LOAD_METHOD_STATICMETHOD, shape, (uint64_t)m.index, CACHE_STATICMETHOD);
    return;
  }
  rewrite_found(ip, find_method(t, ip, shape, type, name));
}

static bool lives_for_ever(Value name) { return v_is_str_exact(name) && str_is_interned(v_str(name)) && object_is_immortal(v_obj(name)); }

// Whether object.__setattr__ may be called for instances of a class with a __setattr__ in Python.
static bool may_set_past_override(const Type *type) {
  while (type->flags & TYPE_HEAP) {
    if (type->slots.setattro != slot_generic_setattro && type->slots.setattro != object_generic_setattr) return false;
    type = type->base;
  }
  return type == &type_object;
}

static Found find_store(Thread *t, uint32_t shape, Type *type, Value name, bool past_override) {
  Meaning m;
  if (past_override ? !may_set_past_override(type) : type->slots.setattro != object_generic_setattr) return nothing_found;
  if (!find_meaning(t, type, name, &m)) return nothing_found;
  if (m.kind == ATTR_SLOT) {
    uint32_t offset = member_offset(t, &m);
    return offset ? found(X_STORE_ATTR_SLOT, shape, offset, CACHE_SLOT) : nothing_found;
  }
  if (is_data_kind(m.kind) || !shape_layout(shape)) return nothing_found;
  int32_t slot = shape_find_slot(shape, name);
  if (slot >= 0) return own_slot_found(shape, slot, X_STORE_ATTR_SLOT, X_COUNT);
  uint32_t to = shape_transition(t, shape, name);
  return to ? found(X_STORE_ATTR_ADD, shape, to, CACHE_ADD) : nothing_found;
}

void specialise_store_attr(Thread *t, Exec *e, const Inst *ip, Value obj, Value name) {
  (void)e;
  if (!v_is_ptr(obj)) return;
  uint32_t shape = a32_load_acq(&v_obj(obj)->shape);
  rewrite_found(ip, find_store(t, shape, shape_table[shape].type, name, false));
}

uint64_t mega_learn(Thread *t, Value obj, Value name, int use, MegaEntry *m) {
  uint32_t shape = a32_load_acq(&v_obj(obj)->shape);
  Type *type = shape_table[shape].type;
  if (type->flags & TYPE_TYPE || shape == SHAPE_MODULE) return 0;
  if (use == MEGA_OBJECT_STORE && !lives_for_ever(name)) return 0;   // the key names it by its address
  Found f = use == MEGA_LOAD     ? find_load(t, shape, type, name)
            : use == MEGA_METHOD ? find_method(t, NULL, shape, type, name)
                                 : find_store(t, shape, type, name, use == MEGA_OBJECT_STORE);
  if (!f.guard) {
    *m = (MegaEntry){mega_key(name, (MegaUse)use), CACHE_WORD(shape, 0, CACHE_NONE)};
    return 0;
  }
  note_guards(f.guard, f.payload, f.kind);
  *m = (MegaEntry){mega_key(name, (MegaUse)use), CACHE_WORD(f.guard, f.payload, f.kind)};
  return m->word;
}

void specialise_load_global(Thread *t, Frame *f, const Inst *ip, Value name) {
  Value globals = frame_globals(f), builtins = frame_builtins(f);
  if (!v_is_dict_exact(globals) || !v_is_dict_exact(builtins)) return;
  uint32_t table, version;
  int64_t index = dict_find_cached(v_dict(globals), name, &table);
  if (index >= 0) {
    rewrite(ip, X_LOAD_GLOBAL_MODULE, table, (uint64_t)index, CACHE_GLOBAL);
    return;
  }
  if (index == -2) return;
  // Absent: the version is taken first, so that an insert after it is noticed; then the look-up is made again.
  version = dict_keys_version(t, v_dict(globals));
  if (!version || dict_find_cached(v_dict(globals), name, &table) != -1) return;
  index = dict_find_cached(v_dict(builtins), name, &table);
  if (index < 0 || index >= PAYLOAD_LIMIT) return;
  // Each word states one fact about the name, so any mixture of two threads' words is true.
  Inst *site = (Inst *)(uintptr_t)ip;
  a64_store_rel(&site[2].cache, CACHE_WORD(table, index, CACHE_BUILTIN));
  rewrite(ip, X_LOAD_GLOBAL_BUILTIN, version, 0, CACHE_ABSENT);
}

// globals['__builtins__'] as v_load_keep returns it; V_NULL: none, or not to be had without Python code.
static Value named_builtins(Thread *t, Dict *globals, const Inst *word) {
  uint64_t w = cache_load(word);
  Value v = (uint8_t)w == CACHE_GLOBAL ? dict_get_cached_inline(t, globals, (uint32_t)(w >> 32), cache_payload(w)) : V_NULL;
  if (likely(!v_is_null(v))) return v;
  uint32_t table;
  int64_t index = dict_find_cached(globals, N(__builtins__), &table);
  if (index < 0 || index >= PAYLOAD_LIMIT) return V_NULL;
  a64_store_rel(&((Inst *)(uintptr_t)word)->cache, CACHE_WORD(table, index, CACHE_GLOBAL));
  return dict_get_cached_inline(t, globals, table, index);
}

bool site_keeps_builtins(Thread *t, const Frame *f, const Inst *word) {
  const Function *function = frame_function(f);
  Value v = named_builtins(t, v_dict(function->globals), word);
  bool same = !v_is_null(v) && v_is_ptr(v) && v_is(v_is_exact(v, SHAPE_MODULE) ? module_dict(v) : v, function->builtins);
  v_drop(t, v);
  return same;
}

// A method of a builtin type that takes the n arguments behind self as they are.
static void specialise_native_method(const Inst *ip, Value callee, const Ref *args, size_t n) {
  const NativeDescriptor *d = (const NativeDescriptor *)v_obj(callee);
  if (a16_load_rlx(&ip->op) != X_CALL && n == (size_t)ip->b + 1 && d->shape && v_is_exact(ref_value(args[0]), d->shape) &&
      native_takes_directly(&d->binding, n - 1))
    rewrite_native(ip, d->shape == SHAPE_LIST && v_is(d->name, N(append)) ? X_CALL_LIST_APPEND : X_CALL_METHOD_NATIVE, d);
}

void specialise_call(Thread *t, Exec *e, const Inst *ip, Value callee, const Ref *args, size_t n) {
  if (e->traced || a16_load_rlx(&ip->op) == X_CALL_KW) return;
  if (v_is_exact(callee, SHAPE_METHOD_DESCRIPTOR)) {
    specialise_native_method(ip, callee, args, n);
    return;
  }
  if (v_is_exact(callee, SHAPE_BUILTIN)) {
    if (a16_load_rlx(&ip->op) == X_CALL && native_takes_directly(((const Native *)v_obj(callee))->binding, n))
      a16_store_rel(&((Inst *)(uintptr_t)ip)->op, X_CALL_NATIVE);
    return;
  }
  Type *type = v_as_type(callee);
  if (v_type(callee)->slots.call != type_type.slots.call || type->slots.new != type_object.slots.new || type->flags & TYPE_ABSTRACT) return;
  Meaning m;
  if (!find_meaning(t, type, N(__init__), &m) || m.kind != ATTR_FUNCTION) return;
  if (m.index >= PAYLOAD_LIMIT) return;
  Inst *site = (Inst *)(uintptr_t)ip;
  note_guards(object_shape(v_obj(callee)), (uint64_t)m.index, CACHE_INIT);
  a64_store_rel(&site[1].cache, CACHE_WORD(object_shape(v_obj(callee)), m.index, CACHE_INIT));
}

// --- Flushing -----------------------------------------------------------------------------------------------------------------------

// World stopped: words that name a shape marked for flushing become 0, which matches nothing.
static void flush_exec(Exec *e, void *arg) {
  (void)arg;
  for (uint32_t i = 0; i < e->count;) {
    unsigned op = a16_load_rlx(&e->insts[i].op), words = exec_op_words[op];
    if (words > 1 && exec_op_has_cache(op)) {
      uint64_t w = cache_load(&e->insts[i + 1]);
      uint32_t guard = (uint32_t)(w >> 32);
      CacheKind kind = (CacheKind)(w & 0xFF);
      bool stale = has_shape_guard(kind) && shape_is_flushing(guard);
      if (kind == CACHE_ADD) stale |= shape_is_flushing(cache_payload(w));
      // A module's attributes may be hidden by a data descriptor put on its class.
      if (kind == CACHE_MODULE) stale |= shape_is_flushing(SHAPE_MODULE);
      if (stale) a64_store_rlx(&e->insts[i + 1].cache, 0);
    }
    i += words;
  }
}

// Whether cache words may name a shape that is marked; takes note that none will.
static bool any_cached(void) {
  bool any = shape_is_flushing(SHAPE_MODULE);
  for (uint32_t i = 0, end = (shape_next() - 1) / 64; i <= end; i++) {
    uint64_t bits = a64_load_rlx(&cached_shapes[i]), left = bits;
    for (uint64_t rest = bits; rest; rest &= rest - 1) {
      int k = __builtin_ctzll(rest);
      if (shape_is_flushing(i * 64 + (uint32_t)k)) left &= ~((uint64_t)1 << k);
    }
    if (left == bits) continue;
    a64_store_rlx(&cached_shapes[i], left);
    any = true;
  }
  return any;
}

static void flush_mega(Thread *t, void *arg) {
  (void)arg;
  if (t->vm) memset(t->vm->mega, 0, sizeof t->vm->mega);
}

static void flush(Thread *t) {
  (void)t;
  if (!any_cached()) return;
  exec_each(flush_exec, NULL);
  thread_each(flush_mega, NULL);
}

void specialise_init(void) { shape_flush_hook = flush; }
