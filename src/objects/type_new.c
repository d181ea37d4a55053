// Class creation: what type.__new__ does, from the choice of the metaclass to __init_subclass__.
#include "objects/type_new.h"

#include "code/code.h"
#include "code/opcode.h"
#include "objects/bytes.h"
#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/function.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/mro.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/property.h"
#include "objects/shape.h"
#include "objects/str.h"
#include "objects/super.h"
#include "objects/tuple.h"
#include "objects/type_attributes.h"
#include "objects/type_lookup.h"
#include "objects/type_slots.h"
#include "threading/stw.h"

Value (*type_caller_globals_hook)(Thread *t);

// What is known of the class while it is made. All Values owned but for the arguments.
typedef struct ClassMaker {
  Type *metatype, *base;
  Value name, bases;          // bases: owned
  Value dict;                 // the copy that becomes the class's own
  Value slots;                // tuple of sorted, mangled member names, or V_NULL: no __slots__
  bool add_dict, add_weakref;
  Type *type;
} ClassMaker;

// ---- metaclass and bases ---------------------------------------------------------------------------------------------------------

Type *type_calculate_metaclass(Thread *t, Type *metatype, Value bases) {
  Type *winner = metatype;
  const Tuple *list = v_tuple(bases);
  for (int64_t i = 0; i < list->length; i++) {
    Type *candidate = v_type(list->items[i]);
    if (type_is_subtype(winner, candidate)) continue;
    if (type_is_subtype(candidate, winner)) {
      winner = candidate;
      continue;
    }
    raise_type_error(t, "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
    return NULL;
  }
  return winner;
}

static bool check_bases(Thread *t, Value bases) {
  const Tuple *list = v_tuple(bases);
  for (int64_t i = 0; i < list->length; i++) {
    if (v_is_type(list->items[i])) continue;
    Value entries;
    int r = object_lookup_attr(t, list->items[i], N(__mro_entries__), &entries);
    if (r < 0) return false;
    if (r == 0) continue;
    v_drop(t, entries);
    raise_type_error(t, "type() doesn't support MRO entry resolution; use types.new_class()");
    return false;
  }
  return true;
}

// ---- __slots__ -------------------------------------------------------------------------------------------------------------------

// A private name as the compiler mangles it inside the class.
static Value mangle(Thread *t, Value class_name, Value name) {
  const Str *n = v_str(name), *c = v_str(class_name);
  int64_t length = str_length(n), skip = 0;
  bool is_private = length > 2 && str_char(n, 0) == '_' && str_char(n, 1) == '_';
  bool is_special = length >= 2 && str_char(n, length - 1) == '_' && str_char(n, length - 2) == '_';
  if (!is_private || is_special) return name_canonical(t, name);
  for (int64_t i = 0; i < length; i++)
    if (str_char(n, i) == '.') return name_canonical(t, name);
  while (skip < str_length(c) && str_char(c, skip) == '_') skip++;
  if (skip == str_length(c)) return name_canonical(t, name);
  StrBuilder b;
  strb_init(&b, t);
  strb_char(&b, '_');
  strb_slice(&b, c, skip, str_length(c));
  strb_str(&b, name);
  Value mangled = strb_finish(&b);
  return v_is_null(mangled) ? V_NULL : str_intern(t, mangled);
}

static bool allowed_slot_name(Thread *t, Value slot) {
  if (!v_is_str(slot)) {
    raise_type_error(t, "__slots__ items must be strings, not '%.200T'", slot);
    return false;
  }
  if (!str_is_identifier(slot)) {
    raise_type_error(t, "__slots__ must be identifiers");
    return false;
  }
  return true;
}

static bool is_special_slot(Value slot) { return str_equals_cstr(slot, "__dict__") || str_equals_cstr(slot, "__weakref__"); }

// Notes "__dict__" and "__weakref__". -1: the class may not have it.
static int special_slot(Thread *t, ClassMaker *m, Value slot) {
  if (str_equals_cstr(slot, "__dict__")) {
    if (m->base->ext_offset || m->add_dict) {
      raise_type_error(t, "__dict__ slot disallowed: we already got one");
      return -1;
    }
    m->add_dict = true;
    return 0;
  }
  if (!str_equals_cstr(slot, "__weakref__")) return 0;
  if (m->base->flags & TYPE_WEAKREF || m->add_weakref) {
    raise_type_error(t, "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
    return -1;
  }
  m->add_weakref = true;
  return 0;
}

static int add_slot_name(Thread *t, ClassMaker *m, List *names, Value slot) {
  if (!v_is_str_exact(slot) && object_hash(t, slot) == -1) return -1;     // the dict is asked for it
  Value mangled = mangle(t, m->name, slot);
  if (v_is_null(mangled)) return -1;
  int r = list_append(t, names, mangled);
  // A class variable of the same name would hide the slot; __qualname__ and __classcell__ leave the namespace anyhow.
  if (r == 0 && !v_is(mangled, N(__qualname__)) && !v_is(mangled, N(__classcell__))) {
    int there = dict_contains(t, v_dict(m->dict), mangled);
    if (there > 0) raise_value_error(t, "%R in __slots__ conflicts with class variable", slot);
    if (there != 0) r = -1;
  }
  v_drop(t, mangled);
  return r;
}

// Instances of these have no room for members.
static bool refuses_members(const Type *base) { return base->flags & TYPE_TYPE || type_has_items(base); }

static int read_slots(Thread *t, ClassMaker *m, Value declared) {
  Value items = v_is_str(declared) ? tuple_pack(t, 1, declared) : object_to_tuple(t, declared);
  if (v_is_null(items)) return -1;
  Value names = V_NULL;
  int r = -1;
  if (v_tuple(items)->length > 0 && refuses_members(m->base)) {
    raise_type_error(t, "nonempty __slots__ not supported for subtype of '%N'", m->base);
    goto done;
  }
  names = list_new(t, v_tuple(items)->length);
  if (v_is_null(names)) goto done;
  // All of them must be names before one is compared with the class's variables.
  for (int64_t i = 0; i < v_tuple(items)->length; i++) {
    Value slot = v_tuple(items)->items[i];
    if (!allowed_slot_name(t, slot) || special_slot(t, m, slot) < 0) goto done;
  }
  for (int64_t i = 0; i < v_tuple(items)->length; i++) {
    Value slot = v_tuple(items)->items[i];
    if (!is_special_slot(slot) && add_slot_name(t, m, v_list(names), slot) < 0) goto done;
  }
  if (list_sort(t, v_list(names), V_NULL, false) < 0) goto done;
  m->slots = list_to_tuple(t, v_list(names));
  r = v_is_null(m->slots) ? -1 : 0;
done:
  v_drop(t, items);
  v_drop(t, names);
  return r;
}

// Without __slots__ a class has all it may have; with them, what other bases bring.
static int decide_layout(Thread *t, ClassMaker *m) {
  Value declared;
  int r = dict_get(t, v_dict(m->dict), N(__slots__), &declared);
  if (r < 0) return -1;
  bool may_add_dict = !m->base->ext_offset, may_add_weakref = !(m->base->flags & TYPE_WEAKREF);
  if (r == 0) {
    m->add_dict = may_add_dict;
    m->add_weakref = may_add_weakref && !type_has_items(m->base);
    return 0;
  }
  r = read_slots(t, m, declared);
  v_drop(t, declared);
  if (r < 0) return -1;
  const Tuple *bases = v_tuple(m->bases);
  for (int64_t i = 0; i < bases->length; i++) {
    const Type *other = v_as_type(bases->items[i]);
    if (other == m->base) continue;
    if (may_add_dict && other->ext_offset) m->add_dict = true;
    if (may_add_weakref && other->flags & TYPE_WEAKREF) m->add_weakref = true;
  }
  return 0;
}

// ---- layout ----------------------------------------------------------------------------------------------------------------------

enum { INLINE_DEFAULT = 4, INLINE_LIMIT = 30 };

// How many attributes a function stores on its first argument: `self.x = ...` in __init__ tells how large instances become.
static uint32_t count_stores(Value function) {
  const Code *code = v_code(v_function(function)->code);
  const Bytes *text = v_bytes(code->code);
  uint64_t seen[4] = {0};
  uint32_t count = 0, arg = 0;
  bool self_on_top = false;
  for (int64_t i = 0; i + 1 < text->length; i += 2) {
    uint8_t op = (uint8_t)text->data[i];
    arg = arg << 8 | (uint8_t)text->data[i + 1];
    if (op == OP_EXTENDED_ARG) continue;
    if (op == OP_STORE_ATTR && self_on_top && arg < 256 && !(seen[arg / 64] >> arg % 64 & 1)) {
      seen[arg / 64] |= (uint64_t)1 << arg % 64;
      count++;
    }
    self_on_top = op == OP_LOAD_FAST && arg == 0;
    i += 2 * opcode_caches[op];
    arg = 0;
  }
  return count;
}

static uint32_t estimate_attributes(Thread *t, const ClassMaker *m) {
  uint32_t n = 0;
  Value v;
  if (dict_get(t, v_dict(m->dict), N(__init__), &v) > 0) {
    if (v_is_exact(v, SHAPE_FUNCTION)) n = count_stores(v);
    v_drop(t, v);
  }
  if (dict_get(t, v_dict(m->dict), N(__annotations__), &v) > 0) {
    if (v_is_dict_exact(v) && (uint32_t)dict_length(v_dict(v)) > n) n = (uint32_t)dict_length(v_dict(v));
    v_drop(t, v);
  }
  return n > INLINE_LIMIT ? INLINE_LIMIT : n;
}

// Inline slots fill the block up to the allocator's step of 16 bytes.
static uint16_t round_inline(uint32_t before, uint32_t n) {
  if ((before + 8 * n) % 16) n++;
  return (uint16_t)(n ? n : 2);
}

static void lay_out(Thread *t, const ClassMaker *m, Type *type) {
  const Type *base = m->base;
  uint16_t members = v_is_null(m->slots) ? 0 : (uint16_t)v_tuple(m->slots)->length;
  type->member_slots = members;
  type->item_size = base->item_size;
  type->ext_offset = base->ext_offset;
  type->inline_slots = base->inline_slots;
  if (type->flags & TYPE_VARSIZE) {
    // The words at the end of the block: ext is the last, members stand before it, a base's nearer to the end.
    uint32_t taken = 8;
    for (const Type *c = base; c && c->flags & TYPE_HEAP; c = c->base) taken += 8u * c->member_slots;
    type->size = base->size;
    type->member_offset = -(int32_t)(taken + 8u * members);
    if (m->add_dict) type->ext_offset = EXT_AFTER_ITEMS;
    return;
  }
  uint32_t end = (base->size + 7) & ~7u;
  bool inline_at_end = base->inline_slots && end == base->ext_offset + 8 + 8u * base->inline_slots;
  type->member_offset = (int32_t)end;
  end += 8u * members;
  uint32_t expected = estimate_attributes(t, m);
  if (m->add_dict) {
    type->ext_offset = end;
    type->inline_slots = round_inline(end + 8, expected ? expected : INLINE_DEFAULT);
    end += 8 + 8u * type->inline_slots;
  } else if (inline_at_end && members == 0 && expected > 0) {
    // A derived __init__ usually adds to what the base's stores.
    uint32_t wanted = base->inline_slots + expected;
    if (wanted > INLINE_LIMIT) wanted = INLINE_LIMIT;
    if (wanted > base->inline_slots) type->inline_slots = round_inline(base->ext_offset + 8, wanted);
    end = base->ext_offset + 8 + 8u * type->inline_slots;
  }
  type->size = end;
}

enum { INHERITED_FLAGS = TYPE_INT | TYPE_LIST | TYPE_TUPLE | TYPE_STR | TYPE_BYTES | TYPE_DICT | TYPE_EXC | TYPE_TYPE | TYPE_FLOAT | TYPE_SET |
                         TYPE_BYTEARRAY | TYPE_MATCH_SELF | TYPE_VARSIZE | TYPE_WEAKREF | TYPE_HAS_EXT };

static uint32_t class_flags(const ClassMaker *m) {
  uint32_t flags = TYPE_HEAP | TYPE_BASETYPE | (m->base->flags & INHERITED_FLAGS);
  if (m->add_dict) flags |= TYPE_HAS_EXT;
  if (m->add_weakref) flags |= TYPE_WEAKREF;
  // What `match` takes for a sequence or a mapping: the first base along the MRO that says so.
  const Tuple *bases = v_tuple(m->bases);
  for (int64_t i = 0; i < bases->length && !(flags & (TYPE_SEQUENCE | TYPE_MAPPING)); i++)
    flags |= v_as_type(bases->items[i])->flags & (TYPE_SEQUENCE | TYPE_MAPPING);
  return flags;
}

// ---- the namespace ---------------------------------------------------------------------------------------------------------------

static int set_module(Thread *t, ClassMaker *m) {
  int there = dict_contains(t, v_dict(m->dict), N(__module__));
  if (there != 0) return there < 0 ? -1 : 0;
  Value globals = type_caller_globals_hook ? type_caller_globals_hook(t) : V_NULL;
  if (v_is_null(globals)) return 0;
  Value module;
  int r = dict_get(t, v_dict(globals), N(__name__), &module);
  return r <= 0 ? r : dict_set_steal(t, v_dict(m->dict), N(__module__), module);
}

static int take_qualname(Thread *t, ClassMaker *m) {
  Value qualname;
  int r = dict_pop(t, v_dict(m->dict), N(__qualname__), &qualname);
  if (r < 0) return -1;
  if (r == 0) qualname = v_own(t, m->name);
  if (!v_is_str(qualname)) {
    raise_type_error(t, "type __qualname__ must be a str, not %T", qualname);
    v_drop(t, qualname);
    return -1;
  }
  m->type->qualname = qualname;
  return 0;
}

static int wrap_function(Thread *t, ClassMaker *m, Value name, Value (*wrap)(Thread *, Value)) {
  Value f;
  int r = dict_get(t, v_dict(m->dict), name, &f);
  if (r <= 0) return r;
  if (v_is_exact(f, SHAPE_FUNCTION)) {
    Value wrapped = wrap(t, f);
    r = v_is_null(wrapped) ? -1 : dict_set_steal(t, v_dict(m->dict), name, wrapped);
  } else {
    r = 0;
  }
  v_drop(t, f);
  return r;
}

static int fill_classcell(Thread *t, ClassMaker *m) {
  Value cell;
  int r = dict_pop(t, v_dict(m->dict), N(__classcell__), &cell);
  if (r <= 0) return r;
  r = 0;
  if (v_is_exact(cell, SHAPE_CELL)) {
    cell_set(t, (Cell *)v_obj(cell), v_from_obj(m->type));
  } else {
    raise_type_error(t, "__classcell__ must be a nonlocal cell, not %.200R", v_from_obj(v_type(cell)));
    r = -1;
  }
  v_drop(t, cell);
  return r;
}

static int put(Thread *t, ClassMaker *m, Value name, Value stolen) {
  return v_is_null(stolen) ? -1 : dict_set_steal(t, v_dict(m->dict), name, stolen);
}

static int add_descriptors(Thread *t, ClassMaker *m) {
  for (int32_t i = 0; i < m->type->member_slots; i++) {
    Value name = v_tuple(m->slots)->items[i];
    if (put(t, m, name, slot_member_new(t, m->type, name, m->type->member_offset + 8 * i)) < 0) return -1;
  }
  if (m->add_dict && !dict_contains(t, v_dict(m->dict), N(__dict__)) &&
      put(t, m, N(__dict__), getset_descriptor_new(t, m->type, &type_instance_dict_getset)) < 0)
    return -1;
  if (m->add_weakref && !dict_contains(t, v_dict(m->dict), N(__weakref__)) &&
      put(t, m, N(__weakref__), getset_descriptor_new(t, m->type, &type_instance_weakref_getset)) < 0)
    return -1;
  return 0;
}

static int fill_namespace(Thread *t, ClassMaker *m) {
  if (set_module(t, m) < 0 || take_qualname(t, m) < 0) return -1;
  if (wrap_function(t, m, N(__new__), staticmethod_new) < 0 || wrap_function(t, m, N(__init_subclass__), classmethod_new) < 0 ||
      wrap_function(t, m, N(__class_getitem__), classmethod_new) < 0)
    return -1;
  if (fill_classcell(t, m) < 0 || add_descriptors(t, m) < 0) return -1;   // the cell first: a slot may have its name
  Value doc;
  if (dict_setdefault(t, v_dict(m->dict), N(__doc__), V_NONE, &doc) < 0) return -1;
  bool printable = !v_is_str(doc) || str_utf8(t, doc, NULL);
  v_drop(t, doc);
  if (!printable) return -1;
  // A class that compares by its own __eq__ and does not say how to hash cannot be hashed.
  int eq = dict_contains(t, v_dict(m->dict), N(__eq__)), hash = dict_contains(t, v_dict(m->dict), N(__hash__));
  if (eq < 0 || hash < 0) return -1;
  return eq && !hash ? dict_set(t, v_dict(m->dict), N(__hash__), V_NONE) : 0;
}

// ---- slots -----------------------------------------------------------------------------------------------------------------------

static void set_memory_slots(Type *type) {
  type->slots.dealloc = type_subtype_dealloc;
  type->slots.traverse = type_subtype_traverse;
  type->slots.clear = type_subtype_clear;
  if (!type->slots.alloc) type->slots.alloc = type_generic_alloc;
}

// With one base the class differs from it only by the dunders it defines.
static void fill_slots_from_single_base(Thread *t, Type *type) {
  type->slots = type->base->slots;
  int64_t pos = 0;
  Value name;
  while (dict_next(t, v_dict(type->dict), &pos, &name, NULL)) {
    // A namespace filled by a program may hold names that are not interned; the slot table knows names by identity.
    if (v_is_str_exact(name) && !str_is_interned(v_str(name))) name = str_intern(t, name);
    if (v_is_str_exact(name) && type_slot_effect(name)) type_refill_slots(t, type, name);
    v_drop(t, name);
  }
}

static void fill_slots(Thread *t, Type *type) {
  const Tuple *bases = v_tuple(type->bases), *mro = v_tuple(type->mro);
  bool plain_mro = bases->length == 1 && mro->length == v_tuple(type->base->mro)->length + 1;
  if (plain_mro) {
    fill_slots_from_single_base(t, type);
  } else {
    type_refill_slots(t, type, V_NULL);
    for (int64_t i = 1; i < mro->length; i++) {
      const TypeSlots *s = &v_as_type(mro->items[i])->slots;
      if (!type->slots.getbuffer) {
        type->slots.getbuffer = s->getbuffer;
        type->slots.releasebuffer = s->releasebuffer;
      }
    }
    type->slots.alloc = type->base->slots.alloc;
  }
  set_memory_slots(type);
  type->flags &= ~(uint32_t)TYPE_HAS_FINALIZER;
  if (type->slots.finalize) type->flags |= TYPE_HAS_FINALIZER;
}

// ---- the class object ------------------------------------------------------------------------------------------------------------

static Type *new_class_object(Thread *t, const ClassMaker *m) {
  Type *type = (Type *)heap_new_object(t, m->metatype->shape, m->metatype->size);   // a metaclass in C may keep more there
  if (!type) {
    raise_no_memory(t);
    return NULL;
  }
  a8_fetch_or_rel(&type->ob.flags, OBJ_SHARED);
  type->flags = class_flags(m);
  type->name = v_own(t, m->name);
  type->bases = v_own(t, m->bases);
  type->base = m->base;
  if (m->metatype->flags & TYPE_HEAP) type->metatype_ref = v_own_obj(t, m->metatype);
  return type;
}

// Slots, shapes and the entries in the bases' lists come about together, so that a write to a base either is seen here or finds the class.
static int join_bases_locked(Thread *t, ClassMaker *m) {
  Type *type = m->type;
  fill_slots(t, type);
  if (!shape_init_class(t, type) || !shape_init_class_object(t, type, m->metatype)) return -1;
  a32_store_rel(&type->ob.shape, type->class_shape);
  type->flags |= TYPE_READY;
  type_judge_mro(type);
  a64_store_rel(&type->version, type_next_version());
  const Tuple *bases = v_tuple(type->bases);
  for (int64_t i = 0; i < bases->length; i++)
    if (type_add_subclass_locked(t, v_as_type(bases->items[i]), type) < 0) return -1;
  return 0;
}

// Returns the MRO that the class had. An mro() in Python may have shown the class to others: what they read is not replaced under them.
static Value replace_mro_locked(Thread *t, Type *type, Value mro) {
  Value old = type->mro;
  if (!v_is_null(old)) stop_the_world(t);
  v_store_rel(&type->mro, mro);
  if (!v_is_null(old)) start_the_world(t);
  return old;
}

static int make_ready(Thread *t, ClassMaker *m) {
  for (;;) {
    Value before = v_own(t, m->type->mro), inputs = mro_inputs(t, m->type);
    Value mro = v_is_null(inputs) ? V_NULL : mro_resolve(t, m->type), useless = mro;
    bool holds = false;
    int r = -1;
    if (!v_is_null(mro)) {
      mutex_lock(t, &type_mutex);
      if (v_is(m->type->mro, before)) useless = replace_mro_locked(t, m->type, mro);   // else an mro() in Python has assigned __bases__
      holds = mro_inputs_hold(m->type, inputs);   // else a base's MRO changed meanwhile: once more
      r = holds ? join_bases_locked(t, m) : 0;
      mutex_unlock(&type_mutex);
    }
    v_drop(t, inputs);
    v_drop(t, before);
    v_drop(t, useless);
    if (holds || r < 0) return r;
  }
}

// ---- hooks in Python -------------------------------------------------------------------------------------------------------------

static void wrap_set_name_error(Thread *t, Value value, Value name, const Type *type) {
  Value cause = error_fetch(t);
  raise_error(t, &exc_RuntimeError, "Error calling __set_name__ on '%.100T' instance %R in '%.100N'", value, name, type);
  Value now = error_fetch(t);
  if (!v_is_null(now)) {
    exception_set_cause(t, now, cause);
    exception_set_context(t, now, cause);
    error_restore(t, now);
  }
  v_drop(t, cause);
}

static int call_set_names(Thread *t, Type *type) {
  Value copy = dict_copy(t, v_dict(type->dict));
  if (v_is_null(copy)) return -1;
  int64_t pos = 0;
  Value name, value;
  int result = 0;
  while (result == 0 && dict_next(t, v_dict(copy), &pos, &name, &value)) {
    Value hook;
    int r = object_lookup_special(t, value, N(__set_name__), &hook);
    if (r > 0) {
      Value got = object_call2(t, hook, v_from_obj(type), name);
      if (v_is_null(got)) wrap_set_name_error(t, value, name, type);
      result = v_is_null(got) ? -1 : 0;
      v_drop(t, got);
      v_drop(t, hook);
    } else if (r < 0) {
      result = -1;
    }
    v_drop(t, name);
    v_drop(t, value);
  }
  v_drop(t, copy);
  return result;
}

static int call_init_subclass(Thread *t, Type *type, const Value *kwargs, Value kwnames) {
  bool found;
  Value hook = type_lookup_mro_after(t, type, type, N(__init_subclass__), &found);
  if (!found) {   // an mro() that leaves the class itself out
    raise_type_error(t, "super(type, obj): obj must be an instance or subtype of type");
    return -1;
  }
  Value bound;
  if (v_is_null(hook)) {    // a metaclass's mro() has left out object: super's own is found then, as of any attribute that no class has
    bound = object_getattr(t, v_from_obj(&type_super), N(__init_subclass__));
  } else {
    Value (*get)(Thread *, Value, Value, Value) = v_type(hook)->slots.descr_get;
    bound = get ? get(t, hook, V_NULL, v_from_obj(type)) : v_own(t, hook);
    v_drop(t, hook);
  }
  if (v_is_null(bound)) return -1;
  Value r = object_call(t, bound, kwargs, 0, kwnames);
  v_drop(t, bound);
  if (v_is_null(r)) return -1;
  v_drop(t, r);
  return 0;
}

// ---- all together ----------------------------------------------------------------------------------------------------------------

static int make_class(Thread *t, ClassMaker *m, Value dict) {
  m->base = type_best_base(t, m->bases);
  if (!m->base) return -1;
  m->dict = dict_copy(t, v_dict(dict));
  if (v_is_null(m->dict) || decide_layout(t, m) < 0) return -1;
  m->type = new_class_object(t, m);
  if (!m->type) return -1;
  lay_out(t, m, m->type);
  if (fill_namespace(t, m) < 0) return -1;
  a8_fetch_or_rel(&v_obj(m->dict)->flags, OBJ_SHARED);
  m->type->dict = m->dict;
  m->type->ext = m->dict.w | 1;
  m->dict = V_NULL;
  if (make_ready(t, m) < 0) return -1;
  m->type->self_ref = v_own_obj(t, m->type);
  object_make_deferred(t, &m->type->ob);
  return 0;
}

Value type_new_class(Thread *t, Type *metatype, Value name, Value bases, Value dict, const Value *kwargs, Value kwnames) {
  ClassMaker m = {.metatype = metatype, .name = name};
  m.bases = v_tuple(bases)->length ? v_own(t, bases) : tuple_pack(t, 1, v_from_obj(&type_object));
  if (v_is_null(m.bases)) return V_NULL;
  int r = make_class(t, &m, dict);
  v_drop(t, m.bases);
  v_drop(t, m.dict);
  v_drop(t, m.slots);
  if (!m.type) return V_NULL;
  Value class = v_from_obj(m.type);
  if (r == 0) r = call_set_names(t, m.type);
  if (r == 0) r = call_init_subclass(t, m.type, kwargs, kwnames);
  if (r == 0) return class;
  v_drop(t, class);
  return V_NULL;
}

static bool check_new_arguments(Thread *t, const Value *args, size_t nargs) {
  static Type *const expected[] = {&type_str, &type_tuple, &type_dict};
  if (nargs != 3) {
    raise_type_error(t, "type.__new__() takes exactly 3 arguments (%zu given)", nargs);
    return false;
  }
  for (int i = 0; i < 3; i++) {
    if (type_is_subtype(v_type(args[i]), expected[i])) continue;
    raise_type_error(t, "type.__new__() argument %d must be %N, not %K", i + 1, expected[i], args[i]);
    return false;
  }
  return true;
}

static bool check_name(Thread *t, Value name) {
  const Str *s = v_str(name);
  for (int64_t i = 0; i < str_length(s); i++)
    if (str_char(s, i) == 0) {
      raise_value_error(t, "type name must not contain null characters");
      return false;
    }
  size_t size;
  return str_utf8(t, name, &size) != NULL;
}

Value type_type_new(Thread *t, Type *metatype, const Value *args, size_t nargs, Value kwnames) {
  if (!check_new_arguments(t, args, nargs) || !check_bases(t, args[1])) return V_NULL;
  Type *winner = type_calculate_metaclass(t, metatype, args[1]);
  if (!winner) return V_NULL;
  if (winner != metatype) {
    if (winner->slots.new != type_type_new) return winner->slots.new(t, winner, args, nargs, kwnames);
    metatype = winner;
  }
  if (!check_name(t, args[0])) return V_NULL;
  return type_new_class(t, metatype, args[0], args[1], args[2], args + 3, kwnames);
}

// ---- the end of a class ----------------------------------------------------------------------------------------------------------

void type_object_traverse(Object *o, GcVisit visit, void *arg) {
  const Type *type = (const Type *)o;
  gc_visit_value(type->dict, visit, arg);
  gc_visit_value(type->bases, visit, arg);
  gc_visit_value(type->mro, visit, arg);
  gc_visit_value(type->self_ref, visit, arg);
  gc_visit_value(type->metatype_ref, visit, arg);
}

void type_object_clear(Thread *t, Object *o) {
  Type *type = (Type *)o;
  if (!(type->flags & TYPE_HEAP)) return;
  if (!v_is_null(type->dict)) dict_clear(t, v_dict(type->dict));
  v_clear(t, &type->mro);
  v_clear(t, &type->self_ref);
}

void type_object_dealloc(Thread *t, Object *o) {
  Type *type = (Type *)o;
  if (!v_is_null(type->bases)) {
    const Tuple *bases = v_tuple(type->bases);
    for (int64_t i = 0; i < bases->length; i++) type_remove_subclass(t, v_as_type(bases->items[i]), type);
  }
  type_free_attrs(t, type);
  heap_free(t, type->subclasses);
  v_clear(t, &type->dict);
  v_clear(t, &type->bases);
  v_clear(t, &type->mro);
  v_clear(t, &type->name);
  v_clear(t, &type->qualname);
  shape_free_class(t, type);
  uint32_t own_shape = type->class_shape;
  Value metatype = type->metatype_ref;
  heap_free_object(t, o);
  shape_forget(own_shape);
  v_drop(t, metatype);
}
