// What the files of _elementtree share: elements, the builder of trees, and what the module keeps.
//
// Locking: the fields of an element, and its array of children, are read and changed under the element's lock; the same holds for builders
// and iterators. Python code never runs under such a lock, nor is anything dropped there: what an operation needs is taken out (owned) first,
// and what it finds later may have been changed by others meanwhile, by Python code that it called among them.
#ifndef WEFT_MODULES_ETREE_H
#define WEFT_MODULES_ETREE_H

#include "objects/locked_field.h"
#include "objects/text_native.h"

extern Type type_element, type_element_iterator, type_tree_builder, type_etree_parser;

// --- Elements (etree_element.c) ------------------------------------------------------------------------------------------------------------

enum { ELEMENT_TEXT_PIECES = 1, ELEMENT_TAIL_PIECES = 2 };   // Object.aux: that field is a list of strs that nobody has asked for yet
typedef struct Element {
  Object ob;
  Value tag;                 // all owned, never null
  Value text, tail;
  Value attrib;              // dict; V_NULL: empty, not made yet
  Value *children;           // owned, elements all; NULL if there is no room
  uint32_t length, capacity;
} Element;
#define ELEMENT_MAX_CHILDREN UINT32_MAX

static inline Element *v_element(Value v) { return (Element *)v_obj(v); }
static inline bool v_is_element_exact(Value v) { return v_type(v) == &type_element; }
static inline bool v_is_element(Value v) { return v_is_element_exact(v) || type_is_subtype(v_type(v), &type_element); }

// An element. `tag` is borrowed, `attrib` a dict that it shares from now on (borrowed; V_NULL: none).
Value element_new(Thread *t, Value tag, Value attrib);
int element_append(Thread *t, Element *e, Value child);                  // borrowed. 0, -1: not an element, no memory
Value element_child(Thread *t, Element *e, int64_t i);                   // owned; V_NULL: there is none, nothing raised
static inline Value element_tag(Thread *t, Element *e) { return locked_field(t, &e->ob, &e->tag); }
Value element_text(Thread *t, Element *e);                               // owned; V_NULL: the pieces cannot be joined
Value element_tail(Thread *t, Element *e);
// Text that a builder has collected (stolen): a list of pieces, or any value. 1 it is the element's now, or was added to pieces that wait
// there; 0 the field holds something already, nothing was taken; -1 an exception.
int element_add_text(Thread *t, Element *e, bool is_tail, Value data);
int64_t element_length(Thread *t, Element *e);
bool element_types_init(Thread *t);
NATIVE(element_sub_element);                                             // the function SubElement, raw

// What is wrong with a value that should be an element: raises TypeError, -1.
int element_refuse(Thread *t, Value v);
// A sequence as a list of the caller's own; TypeError for whatever cannot be iterated.
Value element_sequence(Thread *t, Value v);

// --- Children (etree_children.c) -----------------------------------------------------------------------------------------------------------

Value element_getitem(Thread *t, Value self, Value key);
int element_setitem(Thread *t, Value self, Value key, Value value);
NATIVE(element_insert);
NATIVE(element_remove);
NATIVE(element_append_method);
NATIVE(element_extend);
// Room for `extra` more children, the element's lock held. 0, -1 (nothing raised).
int element_reserve_locked(Thread *t, Element *e, uint64_t extra);

// --- Searching (etree_find.c, etree_iterate.c) ------------------------------------------------------------------------------------------------

NATIVE(element_find);
NATIVE(element_findtext);
NATIVE(element_findall);
NATIVE(element_iterfind);
NATIVE(element_iter);
NATIVE(element_itertext);
bool element_iterator_init(Thread *t);

// --- Copies and states (etree_copy.c) -----------------------------------------------------------------------------------------------------------

NATIVE(element_copy);
NATIVE(element_deepcopy);
NATIVE(element_getstate);
NATIVE(element_setstate);

// --- Builders (etree_builder.c) -------------------------------------------------------------------------------------------------------------------

// Calls of the parser, which the builder's methods are too. Arguments are borrowed, results owned.
Value builder_start(Thread *t, Value builder, Value tag, Value attrib /* dict; V_NULL: none */);
Value builder_end(Thread *t, Value builder);
int builder_text(Thread *t, Value builder, const char *utf8, size_t n);  // 0, -1
Value builder_data(Thread *t, Value builder, Value data);
Value builder_comment(Thread *t, Value builder, Value text);
Value builder_pi(Thread *t, Value builder, Value target, Value text);
int builder_start_ns(Thread *t, Value builder, Value prefix, Value uri);
int builder_end_ns(Thread *t, Value builder);
Value builder_close(Thread *t, Value builder);
// What the builder reports, and whom: the append method of a queue gets (name, value).
typedef enum BuilderEvent { EVENT_START, EVENT_END, EVENT_START_NS, EVENT_END_NS, EVENT_COMMENT, EVENT_PI, BUILDER_EVENTS } BuilderEvent;
void builder_report_to(Thread *t, Value builder, Value append);          // borrowed; no events from now on
void builder_report(Thread *t, Value builder, BuilderEvent event, Value name);
bool builder_wants_pi(Thread *t, Value builder);
bool builder_wants_start_ns(Thread *t, Value builder);
Value builder_new(Thread *t);
bool builder_type_init(Thread *t);

// --- The parser (etree_parser.c) ------------------------------------------------------------------------------------------------------------------

bool etree_parser_type_init(Thread *t);

// --- The module (_elementtree.c) ------------------------------------------------------------------------------------------------------------------

#define ETREE_NAMES(X)                                                                                                                      \
  X(find) X(findtext) X(findall) X(iterfind) X(append) X(read) X(doctype) X(code) X(position) X(attrib) X(tag) X(text) X(tail) X(_children) \
  X(start_ns) X(end_ns) X(start) X(data) X(end) X(comment) X(pi) X(close)
#define ETREE_NAME_FIELD(name) Value name;
extern struct EtreeNames { ETREE_NAMES(ETREE_NAME_FIELD) } etree_names;   // interned, constant

extern Value etree_parse_error;       // the class ParseError; constant once the module was imported
Value etree_deepcopy(Thread *t, Value v, Value memo);                     // copy.deepcopy(v, memo)
// A function of the module ElementPath, called.
Value etree_call_path(Thread *t, Value name, const Value *args, size_t nargs);
typedef enum EtreeFactory { FACTORY_COMMENT, FACTORY_PI, ETREE_FACTORIES } EtreeFactory;
Value etree_factory(EtreeFactory which, Thread *t);                       // owned; V_NULL: none is set

#endif
