// XMLParser: libexpat's callbacks turned into calls of a target. A plain TreeBuilder is called directly, any other object by its methods.
//
// Locking: whoever feeds a parser, or sets it up, holds its lock, callbacks included; a thread that comes meanwhile waits. Within a callback
// the parser cannot be fed. `target` and `entity` are replaced under the object's lock besides, so that they can be read without the other.
#include <limits.h>
#include <string.h>

#include "modules/etree.h"
#include "modules/expat_library.h"
#include "modules/module_help.h"
#include "modules/owned_lock.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_etree_parser;

// The methods of a target.
#define TARGET_METHODS(X) X(start_ns) X(end_ns) X(start) X(data) X(end) X(comment) X(pi) X(close) X(doctype)
#define TARGET_INDEX(name) TARGET_##name,
enum { TARGET_METHODS(TARGET_INDEX) TARGET_COUNT };

// Names that the document has used so far, one str each.
typedef struct Name { uint64_t hash; char *text; Value value; } Name;   // text NULL: a free place
typedef struct NameTable { Name *places; size_t count, capacity; } NameTable;   // capacity: a power of 2, at least twice the count

typedef struct TreeParser {
  Object ob;
  OwnedLock lock;
  XML_Parser xml;                // NULL before __init__
  Value target, entity;          // owned; V_NULL before __init__
  bool is_plain;                 // the target is a TreeBuilder and of no subclass
  Value methods[TARGET_COUNT];   // the target's, owned; V_NULL: it has none
  NameTable names;
  uint32_t events;               // callbacks so far
  bool is_parsing;
} TreeParser;
static TreeParser *v_parser(Value v) { return (TreeParser *)v_obj(v); }
// The thread that parses: whom callbacks run in.
static Thread *parser_thread(const TreeParser *p) { return (Thread *)aptr_load_rlx(&p->lock.owner); }

// --- Names -------------------------------------------------------------------------------------------------------------------------------------

static Value text_value(Thread *t, const XML_Char *s) { return str_from_utf8(t, s, strlen(s)); }

// A name as elements have it: "uri}local" gets its opening brace.
static Value universal_name(Thread *t, const XML_Char *s, size_t n) {
  return memchr(s, '}', n) ? str_from_format(t, "{%s", s) : str_from_utf8(t, s, n);
}

static Name *name_place(const NameTable *names, uint64_t hash, const char *s) {
  for (size_t i = hash;; i++) {
    Name *place = &names->places[i & (names->capacity - 1)];
    if (!place->text || (place->hash == hash && strcmp(place->text, s) == 0)) return place;
  }
}

static int names_grow(Thread *t, NameTable *names) {
  NameTable bigger = {.count = names->count, .capacity = names->capacity ? names->capacity * 2 : 64};
  bigger.places = heap_calloc(t, bigger.capacity * sizeof(Name));
  if (!bigger.places) return raise_no_memory(t), -1;
  for (size_t i = 0; i < names->capacity; i++)
    if (names->places[i].text) *name_place(&bigger, names->places[i].hash, names->places[i].text) = names->places[i];
  if (names->places) heap_free(t, names->places);
  *names = bigger;
  return 0;
}

static void names_free(Thread *t, NameTable *names) {
  for (size_t i = 0; i < names->capacity; i++) {
    if (!names->places[i].text) continue;
    heap_free(t, names->places[i].text);
    v_drop(t, names->places[i].value);
  }
  if (names->places) heap_free(t, names->places);
  *names = (NameTable){0};
}

static Value parser_name(Thread *t, TreeParser *p, const XML_Char *s) {
  NameTable *names = &p->names;
  size_t n = strlen(s);
  uint64_t hash = (uint64_t)hash_bytes(s, n);
  if (names->count * 2 >= names->capacity && names_grow(t, names) < 0) return V_NULL;
  Name *place = name_place(names, hash, s);
  if (place->text) return v_own(t, place->value);
  Value v = universal_name(t, s, n);
  char *copy = v_is_null(v) ? NULL : heap_alloc(t, n + 1);
  if (!copy) {
    if (!v_is_null(v)) raise_no_memory(t);
    v_drop(t, v);
    return V_NULL;
  }
  memcpy(copy, s, n + 1);
  *place = (Name){hash, copy, v_own(t, v)};
  names->count++;
  return v;
}

// --- Errors ------------------------------------------------------------------------------------------------------------------------------------

static int set_attribute(Thread *t, Value object, Value name, Value owned) {
  int rc = v_is_null(owned) ? -1 : object_setattr(t, object, name, owned);
  v_drop(t, owned);
  return rc;
}

// Raises ParseError. message: V_NULL for libexpat's own.
static void raise_parse_error(Thread *t, TreeParser *p, enum XML_Error code, Value message) {
  XML_Size line = expat.XML_GetCurrentLineNumber(p->xml), column = expat.XML_GetCurrentColumnNumber(p->xml);
  Value what = v_is_null(message) ? str_from_cstr(t, expat.XML_ErrorString(code)) : v_own(t, message);
  Value text = v_is_null(what) ? V_NULL : str_from_format(t, "%U: line %zu, column %zu", what, (size_t)line, (size_t)column);
  Value exc = v_is_null(text) ? V_NULL : object_call1(t, etree_parse_error, text);
  if (!v_is_null(exc) && set_attribute(t, exc, etree_names.code, v_from_smi(code)) == 0 &&
      set_attribute(t, exc, etree_names.position, tuple_from_stolen(t, (Value[]){int_from_u64(t, line), int_from_u64(t, column)}, 2)) == 0)
    raise_object(t, exc);
  v_drop(t, exc);
  v_drop(t, text);
  v_drop(t, what);
}

// --- Callbacks: what libexpat finds ------------------------------------------------------------------------------------------------------------
// An exception stays pending, and the callbacks that come after it do nothing.

// Whether a callback has something to do. A long document lets others work now and then.
static bool is_wanted(Thread *t, TreeParser *p) {
  if (error_pending(t)) return false;
  return ++p->events % 1024 != 0 || safepoint(t) == 0;
}

// Calls a method of the target, if it has that, with n arguments, which are given up.
static void call_target(Thread *t, TreeParser *p, int method, Value *args, size_t n) {
  bool complete = true;
  for (size_t i = 0; i < n; i++) complete = complete && !v_is_null(args[i]);
  if (complete && !v_is_null(p->methods[method])) v_drop(t, object_call(t, p->methods[method], args, n, V_NULL));
  for (size_t i = 0; i < n; i++) v_drop(t, args[i]);
}
static bool has_method(const TreeParser *p, int method) { return !v_is_null(p->methods[method]); }

static Value attributes(Thread *t, TreeParser *p, const XML_Char **pairs) {
  Value dict = dict_new(t);
  for (; !v_is_null(dict) && pairs[0] && pairs[1]; pairs += 2) {
    Value name = parser_name(t, p, pairs[0]), value = v_is_null(name) ? V_NULL : text_value(t, pairs[1]);
    if (v_is_null(value) || dict_set(t, v_dict(dict), name, value) < 0) v_clear(t, &dict);
    v_drop(t, name);
    v_drop(t, value);
  }
  return dict;
}

static void XMLCALL on_start(void *user, const XML_Char *element, const XML_Char **pairs) {
  TreeParser *p = user;
  Thread *t = parser_thread(p);
  if (!is_wanted(t, p)) return;
  Value tag = parser_name(t, p, element);
  if (v_is_null(tag)) return;
  if (!p->is_plain) {
    call_target(t, p, TARGET_start, (Value[]){tag, attributes(t, p, pairs)}, 2);
    return;
  }
  Value attrib = pairs[0] ? attributes(t, p, pairs) : V_NULL;
  if (!error_pending(t)) v_drop(t, builder_start(t, p->target, tag, attrib));
  v_drop(t, attrib);
  v_drop(t, tag);
}

static void XMLCALL on_end(void *user, const XML_Char *element) {
  TreeParser *p = user;
  Thread *t = parser_thread(p);
  if (!is_wanted(t, p)) return;
  if (p->is_plain) v_drop(t, builder_end(t, p->target));
  else if (has_method(p, TARGET_end)) call_target(t, p, TARGET_end, (Value[]){parser_name(t, p, element)}, 1);
}

static void XMLCALL on_text(void *user, const XML_Char *s, int n) {
  TreeParser *p = user;
  Thread *t = parser_thread(p);
  if (!is_wanted(t, p)) return;
  if (p->is_plain) builder_text(t, p->target, s, (size_t)n);
  else if (has_method(p, TARGET_data)) call_target(t, p, TARGET_data, (Value[]){str_from_utf8(t, s, (size_t)n)}, 1);
}

// "&name;": an entity that libexpat does not know, or whatever no other callback takes.
static void XMLCALL on_default(void *user, const XML_Char *s, int n) {
  enum { SHOWN = 100 };
  TreeParser *p = user;
  Thread *t = parser_thread(p);
  if (n < 2 || s[0] != '&' || !is_wanted(t, p)) return;
  Value key = str_from_utf8(t, s + 1, (size_t)n - 2), value;
  int found = v_is_null(key) ? -1 : dict_get(t, v_dict(p->entity), key, &value);
  if (found > 0) {
    if (p->is_plain) v_drop(t, builder_data(t, p->target, value));
    else if (has_method(p, TARGET_data)) call_target(t, p, TARGET_data, (Value[]){v_own(t, value)}, 1);
    v_drop(t, value);
  } else if (found == 0) {
    Value message = str_decode_replace(t, s, n < SHOWN ? (size_t)n : SHOWN), full = v_is_null(message) ? V_NULL : str_from_format(t, "undefined entity %U", message);
    if (!v_is_null(full)) raise_parse_error(t, p, XML_ERROR_UNDEFINED_ENTITY, full);
    v_drop(t, full);
    v_drop(t, message);
  }
  v_drop(t, key);
}

static void XMLCALL on_start_ns(void *user, const XML_Char *prefix, const XML_Char *uri) {
  TreeParser *p = user;
  Thread *t = parser_thread(p);
  if (!is_wanted(t, p) || !(p->is_plain ? builder_wants_start_ns(t, p->target) : has_method(p, TARGET_start_ns))) return;
  Value values[] = {text_value(t, prefix ? prefix : ""), text_value(t, uri ? uri : "")};
  if (!p->is_plain) {
    call_target(t, p, TARGET_start_ns, values, 2);
    return;
  }
  if (!error_pending(t)) builder_start_ns(t, p->target, values[0], values[1]);
  for (int i = 0; i < 2; i++) v_drop(t, values[i]);
}

static void XMLCALL on_end_ns(void *user, const XML_Char *prefix) {
  TreeParser *p = user;
  Thread *t = parser_thread(p);
  if (!is_wanted(t, p)) return;
  if (p->is_plain) builder_end_ns(t, p->target);
  else if (has_method(p, TARGET_end_ns)) call_target(t, p, TARGET_end_ns, (Value[]){text_value(t, prefix ? prefix : "")}, 1);
}

static void XMLCALL on_comment(void *user, const XML_Char *s) {
  TreeParser *p = user;
  Thread *t = parser_thread(p);
  if (!is_wanted(t, p) || !(p->is_plain || has_method(p, TARGET_comment))) return;
  Value text = text_value(t, s);
  if (!p->is_plain) {
    call_target(t, p, TARGET_comment, (Value[]){text}, 1);
    return;
  }
  if (!v_is_null(text)) v_drop(t, builder_comment(t, p->target, text));
  v_drop(t, text);
}

static void XMLCALL on_pi(void *user, const XML_Char *name, const XML_Char *data) {
  TreeParser *p = user;
  Thread *t = parser_thread(p);
  if (!is_wanted(t, p) || !(p->is_plain ? builder_wants_pi(t, p->target) : has_method(p, TARGET_pi))) return;
  Value values[] = {text_value(t, name), text_value(t, data)};
  if (!p->is_plain) {
    call_target(t, p, TARGET_pi, values, 2);
    return;
  }
  if (!error_pending(t)) v_drop(t, builder_pi(t, p->target, values[0], values[1]));
  for (int i = 0; i < 2; i++) v_drop(t, values[i]);
}

// Once upon a time the parser's own method doctype() was called.
static void warn_of_doctype(Thread *t, TreeParser *p) {
  Value method;
  if (object_lookup_attr(t, v_from_obj(p), etree_names.doctype, &method) <= 0) return;
  v_drop(t, method);
  warn(t, &exc_RuntimeWarning, 1, "The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target.");
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id, UNUSED_OK int internal) {
  TreeParser *p = user;
  Thread *t = parser_thread(p);
  if (!is_wanted(t, p)) return;
  if (!has_method(p, TARGET_doctype)) {
    warn_of_doctype(t, p);
    return;
  }
  Value values[] = {parser_name(t, p, name), public_id ? text_value(t, public_id) : V_NONE, system_id ? text_value(t, system_id) : V_NONE};
  call_target(t, p, TARGET_doctype, values, 3);
}

static int on_unknown_encoding(void *user, const XML_Char *encoding, XML_Encoding *info) {
  Thread *t = parser_thread(user);
  return error_pending(t) ? XML_STATUS_ERROR : expat_describe_encoding(t, encoding, info);
}

// --- Setting up --------------------------------------------------------------------------------------------------------------------------------

static void connect_namespaces(TreeParser *p) {
  expat.XML_SetStartNamespaceDeclHandler(p->xml, on_start_ns);
  expat.XML_SetEndNamespaceDeclHandler(p->xml, on_end_ns);
}

static void connect(TreeParser *p) {
  expat.XML_SetUserData(p->xml, p);
  if (has_method(p, TARGET_start_ns) || has_method(p, TARGET_end_ns)) connect_namespaces(p);
  expat.XML_SetStartElementHandler(p->xml, on_start);
  expat.XML_SetEndElementHandler(p->xml, on_end);
  expat.XML_SetDefaultHandlerExpand(p->xml, on_default);
  expat.XML_SetCharacterDataHandler(p->xml, on_text);
  if (has_method(p, TARGET_comment)) expat.XML_SetCommentHandler(p->xml, on_comment);
  if (has_method(p, TARGET_pi)) expat.XML_SetProcessingInstructionHandler(p->xml, on_pi);
  expat.XML_SetStartDoctypeDeclHandler(p->xml, on_doctype);
  expat.XML_SetUnknownEncodingHandler(p->xml, on_unknown_encoding, p);
}

// What a parser is made of, before it is one.
typedef struct Parts { XML_Parser xml; Value target, entity, methods[TARGET_COUNT]; } Parts;

static int parts_make(Thread *t, Parts *parts, Value target, const char *encoding) {
  const Value names[] = {
#define TARGET_NAME(name) etree_names.name,
      TARGET_METHODS(TARGET_NAME)};
  parts->entity = dict_new(t);
  parts->target = v_is_absent_or_none(target) ? builder_new(t) : v_own(t, target);
  if (v_is_null(parts->entity) || v_is_null(parts->target)) return -1;
  if (!(parts->xml = expat_create(encoding, "}"))) return raise_no_memory(t), -1;
  for (int i = 0; i < TARGET_COUNT; i++)
    if (object_lookup_attr(t, parts->target, names[i], &parts->methods[i]) < 0) return -1;
  return 0;
}

static void parts_free(Thread *t, Parts *parts) {
  if (parts->xml) expat.XML_ParserFree(parts->xml);
  v_drop(t, parts->target);
  v_drop(t, parts->entity);
  for (int i = 0; i < TARGET_COUNT; i++) v_drop(t, parts->methods[i]);
}

static bool refuse_if_parsing(Thread *t, TreeParser *p) {
  if (p->is_parsing) raise_error(t, &exc_RuntimeError, "the parser is at work");
  return p->is_parsing;
}

// Puts the parts in place; those that were there are in *parts then.
static int parser_install(Thread *t, TreeParser *p, Parts *parts) {
  owned_lock_enter(t, &p->lock);
  bool free_to_go = !refuse_if_parsing(t, p);
  if (free_to_go) {
    Parts old = {.xml = p->xml};
    CRITICAL_BEGIN(t, p);
    old.target = p->target, old.entity = p->entity;
    p->target = parts->target, p->entity = parts->entity;
    CRITICAL_END(t);
    p->xml = parts->xml;
    memcpy(old.methods, p->methods, sizeof old.methods);
    memcpy(p->methods, parts->methods, sizeof old.methods);
    p->is_plain = v_type(p->target) == &type_tree_builder;
    connect(p);
    *parts = old;
  }
  owned_lock_leave(&p->lock);
  return free_to_go ? 0 : -1;
}

static int parser_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2];
  const char *encoding;
  Parts parts = {0};
  if (native_bind(t, &binder, "XMLParser(*, target=None, encoding=None)", args, nargs, kwnames, bound) < 0) return -1;
  if (module_optional_text(t, bound[1], "XMLParser() argument 'encoding'", &encoding) < 0) return -1;
  int rc = parts_make(t, &parts, bound[0], encoding);
  if (rc == 0) rc = parser_install(t, v_parser(self), &parts);
  parts_free(t, &parts);
  return rc;
}

static void parser_traverse(Object *o, GcVisit visit, void *arg) {
  TreeParser *p = (TreeParser *)o;
  gc_visit_value(p->target, visit, arg);
  gc_visit_value(p->entity, visit, arg);
  for (int i = 0; i < TARGET_COUNT; i++) gc_visit_value(p->methods[i], visit, arg);
}

static void parser_clear(Thread *t, Object *o) {
  TreeParser *p = (TreeParser *)o;
  Parts parts = {.xml = p->xml, .target = p->target, .entity = p->entity};
  memcpy(parts.methods, p->methods, sizeof parts.methods);
  memset(p->methods, 0, sizeof p->methods);
  p->xml = NULL;
  p->target = p->entity = V_NULL;
  parts_free(t, &parts);
}

static void parser_dealloc(Thread *t, Object *o) {
  parser_clear(t, o);
  names_free(t, &((TreeParser *)o)->names);
  heap_free_object(t, o);
}

// --- Feeding -----------------------------------------------------------------------------------------------------------------------------------

// Enters to parse; false with an exception.
static bool start_parsing(Thread *t, TreeParser *p) {
  owned_lock_enter(t, &p->lock);
  if (!p->xml) raise_value_error(t, "XMLParser.__init__() wasn't called");
  else if (!refuse_if_parsing(t, p)) return p->is_parsing = true;
  owned_lock_leave(&p->lock);
  return false;
}
static void end_parsing(TreeParser *p) {
  p->is_parsing = false;
  owned_lock_leave(&p->lock);
}

// While parsing. 0, -1.
static int parse(Thread *t, TreeParser *p, const char *data, size_t n, bool is_final) {
  if (n > INT_MAX) return raise_overflow(t, "size does not fit in an int"), -1;
  enum XML_Status status = expat.XML_Parse(p->xml, data, (int)n, is_final);
  if (error_pending(t)) return -1;
  if (status != XML_STATUS_ERROR) return 0;
  raise_parse_error(t, p, expat.XML_GetErrorCode(p->xml), V_NULL);
  return -1;
}

// Str is fed as UTF-8, whatever the document says of its encoding.
static int parse_str(Thread *t, TreeParser *p, Value text) {
  size_t n;
  const char *data = str_utf8(t, text, &n);
  if (!data) return -1;
  expat.XML_SetEncoding(p->xml, "utf-8");
  return parse(t, p, data, n, false);
}
static int parse_buffer(Thread *t, TreeParser *p, Value v) {
  BufferView view;
  if (buffer_get(t, v, &view, BUFFER_SIMPLE) < 0) return -1;
  int rc = parse(t, p, view.data, (size_t)view.len, false);
  buffer_release(t, &view);
  return rc;
}

static NATIVE(parser_feed) {
  TreeParser *p = v_parser(self);
  if (!start_parsing(t, p)) return V_NULL;
  int rc = v_is_str(args[0]) ? parse_str(t, p, args[0]) : parse_buffer(t, p, args[0]);
  end_parsing(p);
  return rc < 0 ? V_NULL : V_NONE;
}

static NATIVE(parser_close) {
  TreeParser *p = v_parser(self);
  if (!start_parsing(t, p)) return V_NULL;
  Value result = V_NULL, close = V_NULL;
  if (parse(t, p, "", 0, true) == 0) {
    if (p->is_plain) result = builder_close(t, p->target);
    else if (has_method(p, TARGET_close)) close = v_own(t, p->methods[TARGET_close]);
    else result = V_NONE;
  }
  end_parsing(p);
  if (!v_is_null(close)) result = object_call0(t, close);
  v_drop(t, close);
  return result;
}

// A piece of a file as bytes (owned): None at the end; V_NULL with an exception.
static Value read_piece(Thread *t, Value read) {
  enum { PIECE = 64 * 1024 };
  Value v = object_call1(t, read, v_from_smi(PIECE)), bytes;
  if (v_is_null(v)) return V_NULL;
  if (v_is_str_exact(v) && v_str(v)->length > 0) {
    bytes = str_encode(t, v, "utf-8", "surrogatepass");
    v_drop(t, v);
    return bytes;
  }
  if (v_is_exact(v, SHAPE_BYTES) && v_bytes(v)->length > 0) return v;
  v_drop(t, v);
  return V_NONE;
}

static int parse_file(Thread *t, TreeParser *p, Value read) {
  for (;;) {
    Value piece = read_piece(t, read);
    if (v_is_null(piece)) return -1;
    if (v_is_none(piece)) return parse(t, p, "", 0, true);
    int rc = parse(t, p, v_bytes(piece)->data, (size_t)v_bytes(piece)->length, false);
    v_drop(t, piece);
    if (rc < 0) return -1;
  }
}

static NATIVE(parser_parse_whole) {
  TreeParser *p = v_parser(self);
  Value result = V_NULL;
  if (!start_parsing(t, p)) return V_NULL;
  Value read = object_getattr(t, args[0], etree_names.read);
  if (!v_is_null(read) && parse_file(t, p, read) == 0) result = p->is_plain ? builder_close(t, p->target) : V_NONE;
  end_parsing(p);
  v_drop(t, read);
  return result;
}

// --- Events ------------------------------------------------------------------------------------------------------------------------------------

static const char *const event_names[BUILDER_EVENTS] = {
    [EVENT_START] = "start", [EVENT_END] = "end", [EVENT_START_NS] = "start-ns",
    [EVENT_END_NS] = "end-ns", [EVENT_COMMENT] = "comment", [EVENT_PI] = "pi",
};

static int add_event(Thread *t, TreeParser *p, Value name) {
  const char *text = v_is_str(name) ? str_utf8(t, name, NULL) : v_has_flag(name, TYPE_BYTES) ? v_bytes(name)->data : NULL;
  if (!text) {
    error_clear(t);
    return raise_value_error(t, "invalid events sequence"), -1;
  }
  int event = 0;
  while (event < BUILDER_EVENTS && strcmp(text, event_names[event]) != 0) event++;
  if (event == BUILDER_EVENTS) return raise_value_error(t, "unknown event '%s'", text), -1;
  builder_report(t, p->target, event, name);
  if (event == EVENT_START_NS || event == EVENT_END_NS) connect_namespaces(p);
  else if (event == EVENT_COMMENT) expat.XML_SetCommentHandler(p->xml, on_comment);
  else if (event == EVENT_PI) expat.XML_SetProcessingInstructionHandler(p->xml, on_pi);
  return 0;
}

// The parser's lock is held.
static int set_events(Thread *t, TreeParser *p, Value queue, Value names) {
  if (!p->is_plain) return raise_type_error(t, "event handling only supported for ElementTree.TreeBuilder targets"), -1;
  Value append = object_getattr(t, queue, etree_names.append);
  if (v_is_null(append)) return -1;
  builder_report_to(t, p->target, append);
  v_drop(t, append);
  if (v_is_absent_or_none(names)) {
    Value end = str_intern_cstr(t, event_names[EVENT_END]);
    if (v_is_null(end)) return -1;
    builder_report(t, p->target, EVENT_END, end);
    return 0;
  }
  Value list = object_to_tuple_or(t, names, "events must be a sequence");
  int rc = v_is_null(list) ? -1 : 0;
  for (int64_t i = 0; rc == 0 && i < v_tuple(list)->length; i++) rc = add_event(t, p, v_tuple(list)->items[i]);
  v_drop(t, list);
  return rc;
}

static NATIVE(parser_set_events) {
  TreeParser *p = v_parser(self);
  if (!start_parsing(t, p)) return V_NULL;
  int rc = set_events(t, p, args[0], args[1]);
  end_parsing(p);
  return rc < 0 ? V_NULL : V_NONE;
}

// --- The type ----------------------------------------------------------------------------------------------------------------------------------

// The closure: where the field lies.
static Value field_get(Thread *t, Value self, void *closure) {
  Value v = locked_field(t, v_obj(self), (const Value *)(const void *)((const char *)v_obj(self) + (uintptr_t)closure));
  return v_is_null(v) ? V_NONE : v;
}

static Value version_get(Thread *t, UNUSED_OK Value self, UNUSED_OK void *closure) {
  XML_Expat_Version v = expat.XML_ExpatVersionInfo();
  return str_from_format(t, "Expat %d.%d.%d", v.major, v.minor, v.micro);
}

static const NativeDef parser_methods[] = {
    {"feed($self, data, /)", parser_feed, NULL, 0},
    {"close($self, /)", parser_close, NULL, 0},
    {"_parse_whole($self, file, /)", parser_parse_whole, NULL, 0},
    {"_setevents($self, events_queue, events_to_report=None, /)", parser_set_events, NULL, 0},
    {0},
};

static const GetSetDef parser_getset[] = {
    {"version", version_get, NULL, NULL, NULL},
    {0},
};
static const GetSetDef parser_computed[] = {
    {"entity", field_get, NULL, NULL, (void *)offsetof(TreeParser, entity)},
    {"target", field_get, NULL, NULL, (void *)offsetof(TreeParser, target)},
    {0},
};

static const TypeSpec spec_parser = {
    .name = "xml.etree.ElementTree.XMLParser",
    .size = sizeof(TreeParser),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.new = module_empty_new, .init = parser_init, .dealloc = parser_dealloc, .traverse = parser_traverse, .clear = parser_clear},
    .methods = parser_methods,
    .getset = parser_getset,
    .computed_members = parser_computed,
};

bool etree_parser_type_init(Thread *t) {
  return type_etree_parser.flags & TYPE_READY || type_ready(t, &type_etree_parser, &spec_parser, 0);
}
