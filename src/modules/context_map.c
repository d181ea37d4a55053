// The persistent tree behind contexts.
#include "modules/context_map.h"

#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/tuple.h"

typedef struct Node {
  Object ob;
  Value var, value;     // owned
  Value left, right;    // nodes, or None: serials below, serials above; owned
  int64_t size;         // nodes in this subtree
} Node;

static Type type_context_node;

// The smaller side of a node holds at least a DELTA-th of the larger; RATIO decides between one rotation and two.
enum { DELTA = 3, RATIO = 2 };

static inline Node *node_of(Value v) { return (Node *)v_obj(v); }
static inline uint64_t serial_of(Value var) { return v_context_var(var)->serial; }
int64_t context_map_length(Value map) { return v_is_none(map) ? 0 : node_of(map)->size; }
static inline int64_t weight(Value map) { return context_map_length(map) + 1; }

// --- Making -----------------------------------------------------------------------------------------------------------------------------------
// Subtrees are stolen, V_NULL among them means that a step before failed; var and value are borrowed.

static Value make(Thread *t, Value var, Value value, Value left, Value right) {
  Value v = v_is_null(left) || v_is_null(right) ? V_NULL : type_context_node.slots.alloc(t, &type_context_node, 0);
  if (v_is_null(v)) {
    v_drop(t, left);
    v_drop(t, right);
    return V_NULL;
  }
  Node *n = node_of(v);
  n->var = v_own(t, var);
  n->value = v_own(t, value);
  n->left = left;
  n->right = right;
  n->size = weight(left) + context_map_length(right);
  return v;
}

// The right side has become too heavy. Steals both sides.
static Value rotate_left(Thread *t, Value var, Value value, Value left, Value right) {
  const Node *r = node_of(right);
  Value result;
  if (weight(r->left) < RATIO * weight(r->right)) {
    Value low = make(t, var, value, left, v_own(t, r->left));
    result = make(t, r->var, r->value, low, v_own(t, r->right));
  } else {
    const Node *middle = node_of(r->left);
    Value low = make(t, var, value, left, v_own(t, middle->left));
    Value high = make(t, r->var, r->value, v_own(t, middle->right), v_own(t, r->right));
    result = make(t, middle->var, middle->value, low, high);
  }
  v_drop(t, right);
  return result;
}

static Value rotate_right(Thread *t, Value var, Value value, Value left, Value right) {
  const Node *l = node_of(left);
  Value result;
  if (weight(l->right) < RATIO * weight(l->left)) {
    Value high = make(t, var, value, v_own(t, l->right), right);
    result = make(t, l->var, l->value, v_own(t, l->left), high);
  } else {
    const Node *middle = node_of(l->right);
    Value high = make(t, var, value, v_own(t, middle->right), right);
    Value low = make(t, l->var, l->value, v_own(t, l->left), v_own(t, middle->left));
    result = make(t, middle->var, middle->value, low, high);
  }
  v_drop(t, left);
  return result;
}

static Value make_balanced(Thread *t, Value var, Value value, Value left, Value right) {
  if (v_is_null(left) || v_is_null(right)) return make(t, var, value, left, right);
  if (context_map_length(left) + context_map_length(right) > 1) {
    if (weight(right) > DELTA * weight(left)) return rotate_left(t, var, value, left, right);
    if (weight(left) > DELTA * weight(right)) return rotate_right(t, var, value, left, right);
  }
  return make(t, var, value, left, right);
}

// --- Operations -------------------------------------------------------------------------------------------------------------------------------

Value context_map_get(Value map, Value var) {
  uint64_t serial = serial_of(var);
  while (!v_is_none(map)) {
    const Node *n = node_of(map);
    uint64_t here = serial_of(n->var);
    if (here == serial) return n->value;
    map = serial < here ? n->left : n->right;
  }
  return V_NULL;
}

Value context_map_with(Thread *t, Value map, Value var, Value value) {
  if (v_is_none(map)) return make(t, var, value, V_NONE, V_NONE);
  const Node *n = node_of(map);
  uint64_t here = serial_of(n->var), serial = serial_of(var);
  if (serial == here) return make(t, var, value, v_own(t, n->left), v_own(t, n->right));
  if (serial < here) return make_balanced(t, n->var, n->value, context_map_with(t, n->left, var, value), v_own(t, n->right));
  return make_balanced(t, n->var, n->value, v_own(t, n->left), context_map_with(t, n->right, var, value));
}

// One tree of two, every serial of the first being below those of the second. Both are borrowed.
static Value glue(Thread *t, Value left, Value right) {
  if (v_is_none(left)) return v_own(t, right);
  if (v_is_none(right)) return v_own(t, left);
  const Node *edge = node_of(right);
  while (!v_is_none(edge->left)) edge = node_of(edge->left);
  return make_balanced(t, edge->var, edge->value, v_own(t, left), context_map_without(t, right, edge->var));
}

Value context_map_without(Thread *t, Value map, Value var) {
  if (v_is_none(map)) return V_NONE;
  const Node *n = node_of(map);
  uint64_t here = serial_of(n->var), serial = serial_of(var);
  if (serial == here) return glue(t, n->left, n->right);
  if (serial < here) return make_balanced(t, n->var, n->value, context_map_without(t, n->left, var), v_own(t, n->right));
  return make_balanced(t, n->var, n->value, v_own(t, n->left), context_map_without(t, n->right, var));
}

static int append_all(Thread *t, List *list, Value map, ContextMapPart part) {
  for (; !v_is_none(map); map = node_of(map)->right) {
    const Node *n = node_of(map);
    if (append_all(t, list, n->left, part) < 0) return -1;
    Value item = part == CONTEXT_KEYS ? v_own(t, n->var) : part == CONTEXT_VALUES ? v_own(t, n->value) : tuple_pack(t, 2, n->var, n->value);
    if (v_is_null(item) || list_append_steal(t, list, item) < 0) return -1;
  }
  return 0;
}

Value context_map_list(Thread *t, Value map, ContextMapPart part) {
  Value list = list_new(t, context_map_length(map));
  if (!v_is_null(list) && append_all(t, v_list(list), map, part) < 0) v_clear(t, &list);
  return list;
}

static int all_in(Thread *t, Value map, Value other) {
  for (; !v_is_none(map); map = node_of(map)->right) {
    const Node *n = node_of(map);
    Value value = context_map_get(other, n->var);
    int same = v_is_null(value) ? 0 : object_equal(t, n->value, value);
    if (same == 1) same = all_in(t, n->left, other);
    if (same != 1) return same;
  }
  return 1;
}

int context_map_equal(Thread *t, Value a, Value b) {
  return v_is(a, b) ? 1 : context_map_length(a) == context_map_length(b) ? all_in(t, a, b) : 0;
}

// --- The type of nodes ------------------------------------------------------------------------------------------------------------------------

static void node_dealloc(Thread *t, Object *o) {
  Node *n = (Node *)o;
  v_drop(t, n->var);
  v_drop(t, n->value);
  v_drop(t, n->left);
  v_drop(t, n->right);
  heap_free_object(t, o);
}

static void node_traverse(Object *o, GcVisit visit, void *arg) {
  Node *n = (Node *)o;
  gc_visit_value(n->var, visit, arg);
  gc_visit_value(n->value, visit, arg);
  gc_visit_value(n->left, visit, arg);
  gc_visit_value(n->right, visit, arg);
}

static const TypeSpec spec_context_node = {
    .name = "_contextvars._map_node",
    .size = sizeof(Node),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = node_dealloc, .traverse = node_traverse},
};

bool context_map_init(Thread *t) { return type_ready(t, &type_context_node, &spec_context_node, 0); }
