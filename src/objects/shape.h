// Hidden-class shapes: which slot of an instance holds which attribute.
//
// Every class has a root shape; adding attribute k to an instance moves it from shape to shape along a tree of transitions, so that
// instances built the same way share a shape. Slot i of a shape means one name for ever. The first `inline_slots` slots lie in the
// instance, right after its ext word; later ones in an overflow array that ext points to. A shape without a layout and a type with an ext
// word is *dict mode*: ext is 0 (no dict made yet) or a Dict's address | 1.
//
// Layouts are immutable but for their transitions and the key table they share with their ancestors: both only grow, under the shape lock,
// each entry written before it is published (release), so all queries here are lock-free. They live as long as their class.
#ifndef WEFT_OBJECTS_SHAPE_H
#define WEFT_OBJECTS_SHAPE_H

#include "objects/type.h"

enum {
  SHAPE_SLOT_LIMIT = 128,      // attributes an instance may have outside dict mode
  SHAPE_CLASS_LIMIT = 1024,    // shapes a class may have
  SHAPE_CHILD_LIMIT = 64,      // transitions out of one shape
};

// Names in slot order with a hash index. Shared by the shapes of a chain: a shape sees the first `count` names only.
typedef struct KeyTable {
  a32 used;
  uint32_t capacity;           // of names; the index has 2 * capacity entries
  uint8_t *index;              // slot + 1; 0: empty
  Value names[];               // interned, owned
} KeyTable;

typedef struct ShapeChild { Value name; uint32_t id; } ShapeChild;
typedef struct ShapeChildren { a32 count; uint32_t capacity; ShapeChild items[]; } ShapeChildren;

typedef struct ShapeLayout {
  uint32_t id, parent;         // parent 0: a root
  uint16_t count;              // attributes
  uint16_t inline_slots;
  uint32_t ext_offset;         // inline slots follow the ext word
  KeyTable *keys;              // NULL in a root
  aptr children;               // ShapeChildren *
  struct ShapeLayout *next;    // of the class
} ShapeLayout;

static inline ShapeLayout *shape_layout(uint32_t shape) { return shape_table[shape].layout; }
static inline bool shape_is_dict_mode(uint32_t shape) { return shape_table[shape].flags & SHAPE_DICT_MODE; }

static inline uint32_t name_pointer_hash(Value name) { return (uint32_t)((name.w >> 4) * 0x9E3779B97F4A7C15u >> 32); }

// Slot of an interned name, or -1: no such attribute in this shape (or not a hidden-class shape).
static inline int32_t shape_find_slot(uint32_t shape, Value name) {
  const ShapeLayout *l = shape_layout(shape);
  if (!l || l->count == 0) return -1;
  const KeyTable *keys = l->keys;
  uint32_t mask = 2 * keys->capacity - 1;
  for (uint32_t i = name_pointer_hash(name) & mask;; i = (i + 1) & mask) {
    uint8_t entry = a8_load_acq((const a8 *)(const void *)&keys->index[i]);
    if (entry == 0) return -1;
    if (v_is(keys->names[entry - 1], name)) return entry - 1 < l->count ? entry - 1 : -1;
  }
}

// The name in a slot, borrowed.
static inline Value shape_slot_name(uint32_t shape, int32_t slot) { return shape_layout(shape)->keys->names[slot]; }

// Byte offset of an inline slot from the object's start; 0 if the slot lies in the overflow array. A cache may keep it with the shape id.
static inline uint32_t shape_slot_offset(uint32_t shape, int32_t slot) {
  const ShapeLayout *l = shape_layout(shape);
  return slot < l->inline_slots ? l->ext_offset + 8 + 8 * (uint32_t)slot : 0;
}

// The shape reached by adding `name` (interned, not in the shape) to `shape`: its slot is the old count. Makes it if need be. 0: the
// limits are reached or memory is short (no exception set): the instance must go to dict mode.
uint32_t shape_transition(Thread *t, uint32_t shape, Value name);

// Roots: fills in type->shape, dict_shape and class_shape of a class whose sizes and slots are final. False: out of memory or ids, with an
// exception set.
bool shape_init_class(Thread *t, Type *type);
// The class object's own shape; metatype is its type.
bool shape_init_class_object(Thread *t, Type *type, Type *metatype);
// After slots or flags of the class changed: copies dealloc, traverse, clear and the flag bits into all its shapes. World stopped, or the
// class not yet published.
void shape_refresh_class(Type *type);
// Frees the layouts of a dying class and empties its entries in the shape table.
void shape_free_class(Thread *t, Type *type);
// Around shape_flush_hook: marks every shape whose caches depend on `type` (instance shapes of it and its subclasses, the class objects'
// own shapes, for a metaclass the shapes of its classes), and takes the marks away again. World stopped.
void shape_mark_flushing(Type *type);
void shape_unmark_flushing(void);
static inline bool shape_is_flushing(uint32_t shape) { return shape_table[shape].flags & SHAPE_FLUSHING; }

#endif
