// TreeBuilder: a tree made of the calls start, data, end, comment and pi. The parser makes them too, by the functions of etree.h.
//
// Text is collected until something else comes. What the parser finds is kept as UTF-8 in one buffer and becomes one str; what programs hand
// to data() is kept as it is, and joined when the element is asked for it.
#include "modules/etree.h"

#include <string.h>

#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_tree_builder;

// All under the builder's lock. Values are owned; V_NULL: none.
typedef struct Builder {
  Object ob;
  Value root;                     // the outermost element
  Value current;                  // the innermost open one; V_NULL: none is open
  Value last;                     // what was opened or closed last, ...
  Value last_for_tail;            // ... and the same if it was closed: where text goes to
  Value data;                     // text that programs gave: one value, or a list of them
  char *text;                     // text behind that, which the parser gave
  size_t text_length, text_capacity;
  Value *stack;                   // the open elements around the current one, outermost first; V_NULL around the outermost
  size_t depth, capacity;
  Value element_factory, factories[ETREE_FACTORIES];
  bool inserts[ETREE_FACTORIES];  // whether what these make becomes part of the tree
  Value report;                   // append of the queue of events
  Value events[BUILDER_EVENTS];   // the names that they are reported by; V_NULL: not reported
} Builder;
static Builder *v_builder(Value v) { return (Builder *)v_obj(v); }

// --- Making ------------------------------------------------------------------------------------------------------------------------------------

// The factories that the module was told of serve where the call names none. `given`: V_ABSENT or None for none.
static void set_factories(Thread *t, Builder *b, const Value *given, const bool *inserts) {
  Value old[ETREE_FACTORIES + 1], factories[ETREE_FACTORIES], element = v_is_absent_or_none(given[0]) ? V_NULL : v_own(t, given[0]);
  for (int i = 0; i < ETREE_FACTORIES; i++) factories[i] = v_is_absent_or_none(given[i + 1]) ? etree_factory(i, t) : v_own(t, given[i + 1]);
  CRITICAL_BEGIN(t, b);
  old[ETREE_FACTORIES] = b->element_factory;
  b->element_factory = element;
  for (int i = 0; i < ETREE_FACTORIES; i++) {
    old[i] = b->factories[i];
    b->factories[i] = factories[i];
    b->inserts[i] = !v_is_null(factories[i]) && inserts[i];
  }
  CRITICAL_END(t);
  for (int i = 0; i <= ETREE_FACTORIES; i++) v_drop(t, old[i]);
}

static int builder_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[5];
  bool inserts[ETREE_FACTORIES];
  if (native_bind(t, &binder, "TreeBuilder(element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, insert_pis=False)", args,
                  nargs, kwnames, bound) < 0)
    return -1;
  for (int i = 0; i < ETREE_FACTORIES; i++) {
    int on = v_is_absent(bound[3 + i]) ? 0 : object_is_true(t, bound[3 + i]);
    if (on < 0) return -1;
    inserts[i] = on;
  }
  set_factories(t, v_builder(self), bound, inserts);
  return 0;
}

Value builder_new(Thread *t) {
  Value v = type_generic_alloc(t, &type_tree_builder, 0);
  if (!v_is_null(v)) set_factories(t, v_builder(v), (Value[]){V_NONE, V_NONE, V_NONE}, (bool[]){false, false});
  return v;
}

#define BUILDER_VALUES(X, b)                                                                                                                  \
  X((b)->root) X((b)->current) X((b)->last) X((b)->last_for_tail) X((b)->data) X((b)->element_factory) X((b)->report)                         \
  for (int i_ = 0; i_ < ETREE_FACTORIES; i_++) X((b)->factories[i_])                                                                          \
  for (int i_ = 0; i_ < BUILDER_EVENTS; i_++) X((b)->events[i_])

static void builder_traverse(Object *o, GcVisit visit, void *arg) {
  Builder *b = (Builder *)o;
#define VISIT(field) gc_visit_value(field, visit, arg);
  BUILDER_VALUES(VISIT, b)
  for (size_t i = 0; i < b->depth; i++) VISIT(b->stack[i])
#undef VISIT
}

static void builder_clear(Thread *t, Object *o) {
  Builder *b = (Builder *)o;
#define CLEAR(field) v_clear(t, &(field));
  BUILDER_VALUES(CLEAR, b)
  while (b->depth) v_drop(t, b->stack[--b->depth]);
#undef CLEAR
}

static void builder_dealloc(Thread *t, Object *o) {
  Builder *b = (Builder *)o;
  builder_clear(t, o);
  if (b->stack) heap_free(t, b->stack);
  if (b->text) heap_free(t, b->text);
  heap_free_object(t, o);
}

// --- Text --------------------------------------------------------------------------------------------------------------------------------------

int builder_text(Thread *t, Value builder, const char *utf8, size_t n) {
  Builder *b = v_builder(builder);
  int rc = 0;
  CRITICAL_BEGIN(t, b);
  if (!v_is_null(b->last)) {
    if (b->text_capacity - b->text_length < n) {
      size_t capacity = (b->text_length + n) * 2 + 64;
      char *text = heap_realloc(t, b->text, capacity);
      if (text) b->text = text, b->text_capacity = capacity;
      else rc = -1;
    }
    if (rc == 0) {
      memcpy(b->text + b->text_length, utf8, n);
      b->text_length += n;
    }
  }
  CRITICAL_END(t);
  return rc < 0 ? (raise_no_memory(t), -1) : 0;
}

// data and then v (both stolen): one value, or a list of several. V_NULL with an exception.
static Value collected(Thread *t, Value data, Value v) {
  if (v_is_null(v) || v_is_null(data)) {
    if (v_is_null(v)) v_clear(t, &data);
    return v_is_null(v) ? data : v;
  }
  if (!v_is_list_exact(data)) return list_from_stolen(t, (Value[]){data, v}, 2);
  if (list_append_steal(t, v_list(data), v) < 0) v_clear(t, &data);
  return data;
}

// The parser's text as a str; the buffer, which is taken away meanwhile, is empty then. V_NULL with an exception; None: there is no text.
static Value take_text(Thread *t, Builder *b) {
  char *text = NULL;
  size_t length, capacity;
  CRITICAL_BEGIN(t, b);
  length = b->text_length, capacity = b->text_capacity;
  if (length) {
    text = b->text;
    b->text = NULL;
    b->text_length = b->text_capacity = 0;
  }
  CRITICAL_END(t);
  if (!text) return V_NONE;
  Value v = str_from_utf8(t, text, length);
  CRITICAL_BEGIN(t, b);
  if (!b->text) {
    b->text = text, b->text_capacity = capacity;
    text = NULL;
  }
  CRITICAL_END(t);
  if (text) heap_free(t, text);
  return v;
}

// Takes out what has been collected: 1 (*out owned), 0 there is nothing, -1.
static int take_data(Thread *t, Builder *b, Value *out) {
  Value text = take_text(t, b);
  CRITICAL_BEGIN(t, b);
  *out = b->data;
  b->data = V_NULL;
  CRITICAL_END(t);
  if (!v_is(text, V_NONE)) *out = collected(t, *out, text);
  else if (v_is_null(*out)) return 0;
  return v_is_null(*out) ? -1 : 1;
}

static void put_data(Thread *t, Builder *b, Value owned) { locked_field_set(t, &b->ob, &b->data, owned); }

Value builder_data(Thread *t, Value builder, Value data) {
  Builder *b = v_builder(builder);
  Value before, last = locked_field(t, &b->ob, &b->last);
  int has_data = take_data(t, b, &before);
  if (has_data == 0 && v_is_null(last)) return V_NONE;   // text in front of the document
  v_drop(t, last);
  if (has_data < 0) return V_NULL;
  Value all = collected(t, has_data ? before : V_NULL, v_own(t, data));
  if (v_is_null(all)) return V_NULL;
  put_data(t, b, all);
  return V_NONE;
}

// Adds text to an attribute of whatever a factory has made.
static int add_to_attribute(Thread *t, Value element, Value name, Value data) {
  Value before = object_getattr(t, element, name), text = v_is_null(before) ? V_NULL : str_join(t, str_empty, data);
  if (!v_is_null(text) && !v_is_none(before)) {
    Value sum = number_binary(t, before, text, OP_ADD);
    v_drop(t, text);
    text = sum;
  }
  int rc = v_is_null(text) ? -1 : object_setattr(t, element, name, text);
  v_drop(t, before);
  v_drop(t, text);
  return rc;
}

// What has been collected becomes an element's text or tail. 0, -1 (it waits on).
static int flush(Thread *t, Builder *b) {
  Value data, element;
  bool is_tail;
  int has_data = take_data(t, b, &data);
  if (has_data <= 0) return has_data;
  CRITICAL_BEGIN(t, b);
  is_tail = !v_is_null(b->last_for_tail);
  element = v_own(t, is_tail ? b->last_for_tail : b->last);
  CRITICAL_END(t);
  int done = !v_is_null(element) && v_is_element_exact(element) ? element_add_text(t, v_element(element), is_tail, data) : 0;
  if (done == 0 && !v_is_null(element)) done = add_to_attribute(t, element, is_tail ? etree_names.tail : etree_names.text, data);
  if (done == 0) v_drop(t, data);
  else if (done < 0) put_data(t, b, data);
  v_drop(t, element);
  return done < 0 ? -1 : 0;
}

// --- Events ------------------------------------------------------------------------------------------------------------------------------------

void builder_report_to(Thread *t, Value builder, Value append) {
  Builder *b = v_builder(builder);
  Value old[BUILDER_EVENTS + 1], mine = v_own(t, append);
  CRITICAL_BEGIN(t, b);
  for (int i = 0; i < BUILDER_EVENTS; i++) {
    old[i] = b->events[i];
    b->events[i] = V_NULL;
  }
  old[BUILDER_EVENTS] = b->report;
  b->report = mine;
  CRITICAL_END(t);
  for (int i = 0; i <= BUILDER_EVENTS; i++) v_drop(t, old[i]);
}

void builder_report(Thread *t, Value builder, BuilderEvent event, Value name) {
  locked_field_set(t, v_obj(builder), &v_builder(builder)->events[event], v_own(t, name));
}

// Reports (name of the event, what). 0, -1.
static int report(Thread *t, Builder *b, BuilderEvent event, Value what) {
  Value append = V_NULL, name = V_NULL;
  CRITICAL_BEGIN(t, b);
  if (!v_is_null(b->events[event])) append = v_own(t, b->report), name = v_own(t, b->events[event]);
  CRITICAL_END(t);
  if (v_is_null(append)) return 0;
  Value pair = tuple_pack(t, 2, name, what), done = v_is_null(pair) ? V_NULL : object_call1(t, append, pair);
  v_drop(t, pair);
  v_drop(t, name);
  v_drop(t, append);
  v_drop(t, done);
  return v_is_null(done) ? -1 : 0;
}

static bool is_reported(Thread *t, Builder *b, BuilderEvent event) {
  bool is;
  CRITICAL_BEGIN(t, b);
  is = !v_is_null(b->events[event]);
  CRITICAL_END(t);
  return is;
}
bool builder_wants_start_ns(Thread *t, Value builder) { return is_reported(t, v_builder(builder), EVENT_START_NS); }
bool builder_wants_pi(Thread *t, Value builder) {
  bool inserts;
  CRITICAL_BEGIN(t, v_builder(builder));
  inserts = v_builder(builder)->inserts[FACTORY_PI];
  CRITICAL_END(t);
  return inserts || is_reported(t, v_builder(builder), EVENT_PI);
}

int builder_start_ns(Thread *t, Value builder, Value prefix, Value uri) {
  Value pair = tuple_pack(t, 2, prefix, uri);
  int rc = v_is_null(pair) ? -1 : report(t, v_builder(builder), EVENT_START_NS, pair);
  v_drop(t, pair);
  return rc;
}
int builder_end_ns(Thread *t, Value builder) { return report(t, v_builder(builder), EVENT_END_NS, V_NONE); }

// --- Elements ----------------------------------------------------------------------------------------------------------------------------------

static Value make_element(Thread *t, Builder *b, Value tag, Value attrib) {
  Value factory = locked_field(t, &b->ob, &b->element_factory), v;
  if (v_is_null(factory)) return element_new(t, tag, attrib);
  Value dict = v_is_null(attrib) ? dict_new(t) : v_own(t, attrib);
  v = v_is_null(dict) ? V_NULL : object_call2(t, factory, tag, dict);
  v_drop(t, dict);
  v_drop(t, factory);
  return v;
}

// A factory may have made anything; parents that are no elements are asked to append it.
static int add_child(Thread *t, Value parent, Value child) {
  if (v_is_element_exact(parent)) return element_append(t, v_element(parent), child);
  Value done = object_call_method1(t, parent, etree_names.append, child);
  v_drop(t, done);
  return v_is_null(done) ? -1 : 0;
}

// Puts a new element into the innermost one, or makes it the root. 0, -1.
static int place(Thread *t, Builder *b, Value element) {
  Value parent = V_NULL, mine = v_own(t, element);
  bool is_second = false;
  CRITICAL_BEGIN(t, b);
  if (!v_is_null(b->current)) {
    parent = v_own(t, b->current);
  } else if (v_is_null(b->root)) {
    b->root = mine;
    mine = V_NULL;
  } else {
    is_second = true;
  }
  CRITICAL_END(t);
  v_drop(t, mine);
  if (is_second) {
    Value message = str_from_cstr(t, "multiple elements on top level");
    if (!v_is_null(message)) raise_value(t, v_as_type(etree_parse_error), message);
    v_drop(t, message);
    return -1;
  }
  int rc = v_is_null(parent) ? 0 : add_child(t, parent, element);
  v_drop(t, parent);
  return rc;
}

// The element is the innermost one from now on. 0, -1 MemoryError.
static int open_element(Thread *t, Builder *b, Value element) {
  Value last = v_own(t, element), current = v_own(t, element), old;
  int rc = 0;
  CRITICAL_BEGIN(t, b);
  if (b->depth == b->capacity) {
    size_t capacity = b->capacity ? b->capacity * 2 : 16;
    Value *stack = heap_realloc(t, b->stack, capacity * sizeof(Value));
    if (stack) b->stack = stack, b->capacity = capacity;
    else rc = -1;
  }
  if (rc == 0) {
    b->stack[b->depth++] = b->current;
    b->current = current;
    old = b->last;
    b->last = last;
    current = V_NULL;
  } else {
    old = last;
  }
  CRITICAL_END(t);
  v_drop(t, old);
  v_drop(t, current);
  return rc < 0 ? (raise_no_memory(t), -1) : 0;
}

Value builder_start(Thread *t, Value builder, Value tag, Value attrib) {
  Builder *b = v_builder(builder);
  if (flush(t, b) < 0) return V_NULL;
  Value element = make_element(t, b, tag, attrib);
  if (v_is_null(element)) return V_NULL;
  locked_field_set(t, &b->ob, &b->last_for_tail, V_NULL);
  if (place(t, b, element) == 0 && open_element(t, b, element) == 0 && report(t, b, EVENT_START, element) == 0) return element;
  v_drop(t, element);
  return V_NULL;
}

Value builder_end(Thread *t, Value builder) {
  Builder *b = v_builder(builder);
  if (flush(t, b) < 0) return V_NULL;
  Value closed = V_NULL, old[2] = {V_NULL, V_NULL};
  CRITICAL_BEGIN(t, b);
  if (b->depth) {
    old[0] = b->last, old[1] = b->last_for_tail;
    b->last = b->current;
    b->last_for_tail = v_own(t, b->current);
    closed = v_own(t, b->current);
    b->current = b->stack[--b->depth];
  }
  CRITICAL_END(t);
  for (int i = 0; i < 2; i++) v_drop(t, old[i]);
  if (v_is_null(closed)) return raise_error(t, &exc_IndexError, "pop from empty stack");
  if (report(t, b, EVENT_END, closed) == 0) return closed;
  v_drop(t, closed);
  return V_NULL;
}

// A comment or a processing instruction made by its factory, or `plain` (stolen) where there is none.
static Value special(Thread *t, Builder *b, EtreeFactory which, BuilderEvent event, const Value *args, size_t nargs, Value plain) {
  Value factory, parent = V_NULL;
  CRITICAL_BEGIN(t, b);
  factory = v_own(t, b->factories[which]);
  if (b->inserts[which]) parent = v_own(t, b->current);
  CRITICAL_END(t);
  Value v = v_is_null(factory) ? v_own(t, plain) : object_call(t, factory, args, nargs, V_NULL);
  int rc = v_is_null(v) ? -1 : 0;
  if (rc == 0 && !v_is_null(factory) && !v_is_null(parent)) {
    rc = add_child(t, parent, v);
    if (rc == 0) locked_field_set(t, &b->ob, &b->last_for_tail, v_own(t, v));
  }
  if (rc == 0) rc = report(t, b, event, v);
  v_drop(t, factory);
  v_drop(t, parent);
  v_drop(t, plain);
  if (rc < 0) v_clear(t, &v);
  return v;
}

Value builder_comment(Thread *t, Value builder, Value text) {
  if (flush(t, v_builder(builder)) < 0) return V_NULL;
  return special(t, v_builder(builder), FACTORY_COMMENT, EVENT_COMMENT, &text, 1, v_own(t, text));
}

Value builder_pi(Thread *t, Value builder, Value target, Value text) {
  if (flush(t, v_builder(builder)) < 0) return V_NULL;
  Value pair = tuple_pack(t, 2, target, text);
  return v_is_null(pair) ? V_NULL : special(t, v_builder(builder), FACTORY_PI, EVENT_PI, (Value[]){target, text}, 2, pair);
}

Value builder_close(Thread *t, Value builder) {
  Value root = locked_field(t, v_obj(builder), &v_builder(builder)->root);
  return v_is_null(root) ? V_NONE : root;
}

// --- The type ----------------------------------------------------------------------------------------------------------------------------------

static NATIVE(method_data) { return builder_data(t, self, args[0]); }
static NATIVE(method_start) {
  if (!v_is_dict(args[1])) return raise_type_error(t, "start() argument 2 must be dict, not %K", args[1]);
  return builder_start(t, self, args[0], args[1]);
}
static NATIVE(method_end) { return builder_end(t, self); }
static NATIVE(method_comment) { return builder_comment(t, self, args[0]); }
static NATIVE(method_pi) { return builder_pi(t, self, args[0], v_is_absent(args[1]) ? V_NONE : args[1]); }
static NATIVE(method_close) { return builder_close(t, self); }

static const NativeDef builder_methods[] = {
    {"data($self, data, /)", method_data, NULL, 0},
    {"start($self, tag, attrs, /)", method_start, NULL, 0},
    {"end($self, tag, /)", method_end, NULL, 0},
    {"comment($self, text, /)", method_comment, NULL, 0},
    {"pi($self, target, text=None, /)", method_pi, NULL, 0},
    {"close($self, /)", method_close, NULL, 0},
    {0},
};

static const TypeSpec spec_tree_builder = {
    .name = "xml.etree.ElementTree.TreeBuilder",
    .size = sizeof(Builder),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.new = module_empty_new, .init = builder_init, .dealloc = builder_dealloc, .traverse = builder_traverse, .clear = builder_clear},
    .methods = builder_methods,
};

bool builder_type_init(Thread *t) {
  return type_tree_builder.flags & TYPE_READY || type_ready(t, &type_tree_builder, &spec_tree_builder, 0);
}
