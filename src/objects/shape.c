// Hidden-class shapes: roots, transitions and the key tables that chains of shapes share.
#include "objects/shape.h"

#include "objects/error_state.h"
#include "objects/type_family.h"
#include "threading/mutex.h"

_Static_assert((int)SHAPE_FIXED_END <= (int)SHAPE_FIRST_FREE, "fixed shape ids end before those of classes begin");

static Mutex shape_lock = MUTEX_INIT;   // raw: transitions, key tables, lists of layouts

// ---- key tables ------------------------------------------------------------------------------------------------------------------

static void key_index_insert(KeyTable *keys, uint32_t slot) {
  uint32_t mask = 2 * keys->capacity - 1;
  uint32_t i = name_pointer_hash(keys->names[slot]) & mask;
  while (keys->index[i]) i = (i + 1) & mask;
  a8_store_rel((a8 *)(void *)&keys->index[i], (uint8_t)(slot + 1));
}

// A table with room for more than `count` names that starts with the first `count` of `from`.
static KeyTable *key_table_new(Thread *t, KeyTable *from, uint32_t count) {
  uint32_t capacity = 4;
  while (capacity < count + 1) capacity *= 2;
  size_t size = sizeof(KeyTable) + capacity * sizeof(Value) + 2 * capacity;
  KeyTable *keys = heap_calloc(t, size);
  if (!keys) return NULL;
  keys->capacity = capacity;
  keys->index = (uint8_t *)&keys->names[capacity];
  for (uint32_t i = 0; i < count; i++) {
    keys->names[i] = v_own(t, from->names[i]);
    key_index_insert(keys, i);
  }
  a32_store_rlx(&keys->used, count);
  return keys;
}

static void key_table_free(Thread *t, KeyTable *keys) {
  for (uint32_t i = 0; i < a32_load_rlx(&keys->used); i++) v_drop(t, keys->names[i]);
  heap_free(t, keys);
}

// The table for a child of `l` that adds `name`: the parent's own when the parent is its tip and there is room, else a new one. Readers
// need no lock: an entry is complete before its index word is published, and a full table is left to those who use it.
static KeyTable *key_table_extend(Thread *t, const ShapeLayout *l, Value name) {
  KeyTable *keys = l->keys;
  if (!keys || a32_load_rlx(&keys->used) != l->count || l->count == keys->capacity) {
    keys = key_table_new(t, l->keys, l->count);
    if (!keys) return NULL;
  }
  keys->names[l->count] = v_own(t, name);
  key_index_insert(keys, l->count);
  a32_store_rel(&keys->used, l->count + 1u);
  return keys;
}

// ---- layouts ---------------------------------------------------------------------------------------------------------------------

static void fill_shape(uint32_t id, Type *type, ShapeLayout *layout, uint32_t size) {
  Shape *s = &shape_table[id];
  s->type = type;
  s->layout = layout;
  s->size = size;
  s->dealloc = type->slots.dealloc;
  s->traverse = type->slots.traverse;
  s->clear = type->slots.clear;
  s->flags = (type->flags & TYPE_HAS_FINALIZER ? SHAPE_HAS_FINALIZER : 0) | (type->flags & TYPE_WEAKREF ? SHAPE_WEAKREFABLE : 0);
}

static ShapeLayout *layout_new(Thread *t, Type *type) {
  ShapeLayout *l = heap_calloc(t, sizeof *l);
  if (!l) return NULL;
  l->id = shape_new();
  if (!l->id) {
    heap_free(t, l);
    return NULL;
  }
  l->inline_slots = type->inline_slots;
  l->ext_offset = type->ext_offset;
  l->next = type->layouts;
  type->layouts = l;
  type->shape_count++;
  fill_shape(l->id, type, l, type->size);
  return l;
}

static uint32_t find_child(const ShapeLayout *l, Value name) {
  const ShapeChildren *c = aptr_load_acq(&l->children);
  if (!c) return 0;
  uint32_t n = a32_load_acq(&c->count);
  for (uint32_t i = 0; i < n; i++)
    if (v_is(c->items[i].name, name)) return c->items[i].id;
  return 0;
}

// Publishes one more transition; the list is replaced when full. Shape lock held.
static bool add_child(Thread *t, ShapeLayout *l, Value name, uint32_t id) {
  ShapeChildren *c = aptr_load_rlx(&l->children);
  uint32_t n = c ? a32_load_rlx(&c->count) : 0;
  if (!c || n == c->capacity) {
    uint32_t capacity = n ? 2 * n : 1;
    ShapeChildren *grown = heap_calloc(t, sizeof *grown + capacity * sizeof(ShapeChild));
    if (!grown) return false;
    grown->capacity = capacity;
    if (n) memcpy(grown->items, c->items, n * sizeof(ShapeChild));
    a32_store_rlx(&grown->count, n);
    aptr_store_rel(&l->children, grown);
    if (c) heap_retire(t, (Object *)shape_table[l->id].type, c);
    c = grown;
  }
  c->items[n] = (ShapeChild){name, id};   // the child's key table owns the name
  a32_store_rel(&c->count, n + 1);
  return true;
}

static uint32_t make_child_locked(Thread *t, uint32_t shape, Value name) {
  ShapeLayout *l = shape_layout(shape);
  uint32_t id = find_child(l, name);
  if (id) return id;
  Type *type = shape_table[shape].type;
  const ShapeChildren *siblings = aptr_load_rlx(&l->children);
  if (l->count >= SHAPE_SLOT_LIMIT || type->shape_count >= SHAPE_CLASS_LIMIT) return 0;
  if (siblings && a32_load_rlx(&siblings->count) >= SHAPE_CHILD_LIMIT) return 0;
  KeyTable *keys = key_table_extend(t, l, name);
  if (!keys) return 0;
  bool own_table = keys != l->keys;
  ShapeLayout *child = layout_new(t, type);
  if (!child) {
    // The name stays in a shared table, unused: no shape counts it, and the next attempt copies the table.
    if (own_table) key_table_free(t, keys);
    return 0;
  }
  child->parent = l->id;
  child->count = l->count + 1;
  child->keys = keys;
  return add_child(t, l, keys->names[l->count], child->id) ? child->id : 0;
}

uint32_t shape_transition(Thread *t, uint32_t shape, Value name) {
  const ShapeLayout *l = shape_layout(shape);
  if (!l) return 0;
  uint32_t id = find_child(l, name);
  if (likely(id)) return id;
  raw_mutex_lock(&shape_lock);
  id = make_child_locked(t, shape, name);
  raw_mutex_unlock(&shape_lock);
  return id;
}

// ---- classes ---------------------------------------------------------------------------------------------------------------------

bool shape_init_class(Thread *t, Type *type) {
  bool hidden = type->ext_offset && type->inline_slots;
  uint32_t dict_shape = shape_new();
  if (!dict_shape) goto failed;
  fill_shape(dict_shape, type, NULL, type->flags & TYPE_VARSIZE ? 0 : type->size);
  if (type->ext_offset) shape_table[dict_shape].flags |= SHAPE_DICT_MODE;
  type->dict_shape = dict_shape;
  type->shape = dict_shape;
  if (hidden) {
    raw_mutex_lock(&shape_lock);
    ShapeLayout *root = layout_new(t, type);
    raw_mutex_unlock(&shape_lock);
    if (!root) goto failed;
    type->shape = root->id;
  }
  return true;
failed:
  raise_no_memory(t);
  return false;
}

bool shape_init_class_object(Thread *t, Type *type, Type *metatype) {
  uint32_t id = shape_new();
  if (!id) {
    raise_no_memory(t);
    return false;
  }
  fill_shape(id, metatype, NULL, metatype->size);
  type->class_shape = id;
  return true;
}

static void refresh_shape(uint32_t id, Type *type) {
  if (!id) return;
  Shape *s = &shape_table[id];
  uint32_t kept = s->flags & (SHAPE_DICT_MODE | SHAPE_FLUSHING);
  fill_shape(id, type, s->layout, s->size);
  s->flags |= kept;
}

void shape_refresh_class(Type *type) {
  refresh_shape(type->shape, type);
  refresh_shape(type->dict_shape, type);
  for (ShapeLayout *l = type->layouts; l; l = l->next) refresh_shape(l->id, type);
}

// Key tables are shared along chains, so a child frees its table only where its parent has another one.
static bool owns_key_table(const ShapeLayout *l) {
  return l->keys && (!l->parent || shape_layout(l->parent)->keys != l->keys);
}

void shape_free_class(Thread *t, Type *type) {
  for (ShapeLayout *l = type->layouts; l; l = l->next)
    if (owns_key_table(l)) key_table_free(t, l->keys);
  while (type->layouts) {
    ShapeLayout *l = type->layouts;
    type->layouts = l->next;
    heap_free(t, aptr_load_rlx(&l->children));
    shape_forget(l->id);
    heap_free(t, l);
  }
  shape_forget(type->dict_shape);
}

// ---- flushing --------------------------------------------------------------------------------------------------------------------

static void mark_shape(uint32_t id) {
  if (id) shape_table[id].flags |= SHAPE_FLUSHING;
}

static void mark_class(Type *type) {
  mark_shape(type->shape);
  mark_shape(type->dict_shape);
  mark_shape(type->class_shape);
  for (ShapeLayout *l = type->layouts; l; l = l->next) mark_shape(l->id);
}

void shape_mark_flushing(Type *type) {
  for (Type *c = type_family_locked(type); c; c = c->walk_next) mark_class(c);
  if (!(type->flags & TYPE_TYPE)) return;
  for (uint32_t id = 1, end = shape_next(); id < end; id++)
    if (shape_table[id].type && type_is_subtype(shape_table[id].type, type)) mark_shape(id);
}

void shape_unmark_flushing(void) {
  for (uint32_t id = 1, end = shape_next(); id < end; id++) shape_table[id].flags &= ~(uint32_t)SHAPE_FLUSHING;
}
