// Inline caches: what a site has learned stands in the word behind its instruction, and the instruction's op says how to read it.
//
//   cache word: guard 32 | payload 24 | kind 8
//     guard     the shape of the object, or the id of a dict's table; 0 never matches
//     payload   byte offset of a slot, index of a slot, of an entry, of an attribute in the class's resolved array, or a shape
//     kind      which body the word is for: an op and its word can disagree for a moment when another thread rewrites the site
// CACHE_NATIVE words hold, above the kind, the address of a builtin type's method descriptor, which is immortal. The guard is the object's
// being exactly of that type: the type's attributes never change, so no flush concerns these words.
// A site starts with the generic op. Its executions, and later its misses, are counted in Exec.heat; at 2, 4, 8 ... 128 of them the site is
// looked at again, and after 255 it stays as it is: shared code becomes read-only.
#ifndef WEFT_VM_SPECIALISE_H
#define WEFT_VM_SPECIALISE_H

#include "objects/instance.h"
#include "objects/native.h"
#include "vm/exec.h"

typedef enum CacheKind {
  CACHE_NONE, CACHE_SLOT, CACHE_FAR_SLOT, CACHE_CLASS_ATTR, CACHE_PROPERTY, CACHE_TYPE_ATTR, CACHE_MODULE, CACHE_METHOD, CACHE_CLASSMETHOD,
  CACHE_ADD, CACHE_DATA, CACHE_DICT, CACHE_STATICMETHOD, CACHE_GLOBAL, CACHE_ABSENT, CACHE_BUILTIN, CACHE_INIT, CACHE_NATIVE,
} CacheKind;

#define CACHE_WORD(guard, payload, kind) ((uint64_t)(guard) << 32 | (uint64_t)(payload) << 8 | (uint64_t)(kind))
// Acquire: a shape or an index in the word leads to what was published before it.
static inline uint64_t cache_load(const Inst *word) { return a64_load_acq(&word->cache); }
static inline uint32_t cache_payload(uint64_t w) { return (uint32_t)w >> 8; }
// Guard and kind in one compare: w with its payload taken out.
static inline bool cache_matches(uint64_t w, uint32_t guard, CacheKind kind) {
  return likely((w & 0xFFFFFFFF000000FFu) == ((uint64_t)guard << 32 | (uint64_t)kind));
}

// The class that the guard stands for. The object's own may be another one by now: threads assign __class__.
static inline Type *cache_class(uint64_t w) { return shape_table[w >> 32].type; }

enum { MEGA_HEAT = 16 };   // misses of a site after which its objects' shapes enter the thread's table
uint64_t mega_learn(Thread *t, Value obj, Value name, int use, MegaEntry *m);

// The descriptor of a CACHE_NATIVE word.
static inline NativeDescriptor *cache_native(uint64_t w) { return (NativeDescriptor *)(uintptr_t)(w >> 8); }
static inline uint64_t cache_native_word(const NativeDescriptor *d) { return (uint64_t)(uintptr_t)d << 8 | CACHE_NATIVE; }

// MEGA_OBJECT_STORE: as object.__setattr__ stores, whatever __setattr__ the class has.
// Sites that meet several shapes look into a table of their thread, by shape and name. Its words are as those of sites.
typedef enum MegaUse { MEGA_LOAD, MEGA_METHOD = 2, MEGA_STORE = 4, MEGA_OBJECT_STORE = 6 } MegaUse;   // told apart by bits that a name's word has clear
static inline uint64_t mega_key(Value name, MegaUse use) { return name.w + use; }
static inline MegaEntry *mega_entry(Thread *t, uint32_t shape, uint64_t key) {
  return &t->vm->mega[((key >> 4) + key + shape * 0x9E5u) % MEGA_ENTRIES];
}
// A word of kind CACHE_NONE says that there is nothing to learn; should that change, the generic way goes on being right.
// The word for the object; 0: none, and if the site has missed often it is learned now.
static inline uint64_t mega_find(Thread *t, Exec *e, const Inst *ip, Value obj, Value name, MegaUse use) {
  if (!v_is_ptr(obj)) return 0;
  uint32_t shape = object_shape(v_obj(obj));
  MegaEntry *m = mega_entry(t, shape, mega_key(name, use));
  if (m->key == mega_key(name, use) && m->word >> 32 == shape) return (uint8_t)m->word == CACHE_NONE ? 0 : m->word;
  return a8_load_rlx((a8 *)&e->heat[ip - e->insts]) >= MEGA_HEAT ? mega_learn(t, obj, name, use, m) : 0;
}

// Counts a miss; true when the site should be looked at.
static inline bool site_is_due(Exec *e, const Inst *ip) {
  uint8_t *heat = &e->heat[ip - e->insts];
  unsigned h = a8_load_rlx((a8 *)heat);
  if (h == 255) return false;
  h++;
  a8_store_rlx((a8 *)heat, (uint8_t)h);
  return (h & (h - 1)) == 0 && h != 1;
}

// The value of entry `index` of a class's resolved attributes, as v_load_keep returns it; V_NULL: miss.
static inline Value class_attr_value(Thread *t, Type *type, uint32_t index) {
  TypeAttrs *a = aptr_load_acq(&type->attrs);
  return v_load_keep(t, &type->attrs, a, &a->items[index].value);
}

// Look at the object at hand and rewrite the site if it can be cached. They raise nothing and run no Python code.
void specialise_load_attr(Thread *t, Exec *e, const Inst *ip, Value obj, Value name);
void specialise_load_method(Thread *t, Exec *e, const Inst *ip, Value obj, Value name);
void specialise_store_attr(Thread *t, Exec *e, const Inst *ip, Value obj, Value name);
void specialise_load_global(Thread *t, Frame *f, const Inst *ip, Value name);
// args, n: as the callee gets them.
void specialise_call(Thread *t, Exec *e, const Inst *ip, Value callee, const Ref *args, size_t n);

// Whether the globals of f's function name the builtins that it sees: they may name others by now. `word` is a cache for this alone.
bool site_keeps_builtins(Thread *t, const Frame *f, const Inst *word);

// Registers the hook that zeroes caches when a class changes.
void specialise_init(void);

#endif
