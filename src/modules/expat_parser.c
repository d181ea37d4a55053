// The parser object of pyexpat: making one, feeding it, its attributes.
#include "modules/expat_parser.h"

#include <limits.h>
#include <string.h>

#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_xmlparser;
Value expat_error;

// --- Making ----------------------------------------------------------------------------------------------------------------------------------

static Parser *parser_alloc(Thread *t, Value intern) {
  enum { BUFFER = 8192 };
  Value v = type_generic_alloc(t, &type_xmlparser, 0);
  if (v_is_null(v)) return NULL;
  Parser *p = v_parser(v);
  p->root = p;
  p->buffer_size = BUFFER;
  p->intern = v_is_null(intern) ? V_NULL : v_own(t, intern);
  return p;
}

static Value prepared(Thread *t, Parser *p) {
  if (!p->xml) {
    v_drop(t, v_steal_obj(p));
    return raise_no_memory(t);
  }
  expat.XML_SetUserData(p->xml, p);
  expat.XML_SetUnknownEncodingHandler(p->xml, parser_unknown_encoding, p);
  return v_steal_obj(p);
}

Value parser_create(Thread *t, const char *encoding, const char *separator, Value intern) {
  Parser *p = parser_alloc(t, intern);
  if (!p) return V_NULL;
  p->xml = expat_create(encoding, separator);
  return prepared(t, p);
}

static void parser_dealloc(Thread *t, Object *o) {
  Parser *p = (Parser *)o;
  if (p->xml) expat.XML_ParserFree(p->xml);
  if (p->buffer) heap_free(t, p->buffer);
  for (int i = 0; i < HANDLERS; i++) v_drop(t, p->handlers[i]);
  v_drop(t, p->intern);
  v_drop(t, p->parent);
  heap_free_object(t, o);
}

static void parser_traverse(Object *o, GcVisit visit, void *arg) {
  Parser *p = (Parser *)o;
  for (int i = 0; i < HANDLERS; i++) gc_visit_value(p->handlers[i], visit, arg);
  gc_visit_value(p->intern, visit, arg);
  gc_visit_value(p->parent, visit, arg);
}

static void parser_clear(Thread *t, Object *o) {
  Parser *p = (Parser *)o;
  for (int i = 0; i < HANDLERS; i++) parser_set_handler(t, p, i, V_NULL);
}

// --- Feeding ---------------------------------------------------------------------------------------------------------------------------------

static int set_named(Thread *t, Value object, const char *name, Value owned) {
  Value key = str_intern_cstr(t, name);
  int rc = v_is_null(key) || v_is_null(owned) ? -1 : object_setattr(t, object, key, owned);
  v_drop(t, owned);
  return rc;
}

// Raises ExpatError for what libexpat found.
static Value raise_expat(Thread *t, Parser *p, enum XML_Error code) {
  XML_Size line = expat.XML_GetCurrentLineNumber(p->xml), column = expat.XML_GetCurrentColumnNumber(p->xml);
  Value message = str_from_format(t, "%s: line %zu, column %zu", expat.XML_ErrorString(code), (size_t)line, (size_t)column);
  Value exc = v_is_null(message) ? V_NULL : object_call1(t, expat_error, message);
  if (!v_is_null(exc) && set_named(t, exc, "code", v_from_smi(code)) == 0 && set_named(t, exc, "offset", int_from_u64(t, column)) == 0 &&
      set_named(t, exc, "lineno", int_from_u64(t, line)) == 0)
    raise_object(t, exc);
  v_drop(t, exc);
  v_drop(t, message);
  return V_NULL;
}

// The result of Parse and ParseFile, after libexpat has answered.
static Value parsed(Thread *t, Parser *p, int status) {
  if (error_pending(t)) return V_NULL;
  if (status == XML_STATUS_ERROR) return raise_expat(t, p, expat.XML_GetErrorCode(p->xml));
  return parser_flush(t, p) < 0 ? V_NULL : v_from_smi(status);
}

// Enters to parse. False: a callback of this very parser asks for it.
static bool start_parsing(Thread *t, Parser *p) {
  parser_enter(t, p);
  if (!p->is_parsing) {
    p->is_parsing = true;
    return true;
  }
  parser_leave(p);
  raise_error(t, &exc_RuntimeError, "the parser is at work");
  return false;
}
static void end_parsing(Parser *p) {
  p->is_parsing = false;
  parser_leave(p);
}

static Value parse_bytes(Thread *t, Parser *p, const char *data, size_t n, bool is_text, bool is_final) {
  enum { CHUNK = 1 << 20 };
  if (!start_parsing(t, p)) return V_NULL;
  int status = XML_STATUS_OK;
  if (is_text) expat.XML_SetEncoding(p->xml, "utf-8");
  for (; n > CHUNK && status != XML_STATUS_ERROR && !error_pending(t); n -= CHUNK) {
    status = expat.XML_Parse(p->xml, data, CHUNK, 0);
    data += CHUNK;
  }
  if (status != XML_STATUS_ERROR && !error_pending(t)) status = expat.XML_Parse(p->xml, data, (int)n, is_final);
  Value result = parsed(t, p, status);
  end_parsing(p);
  return result;
}

static NATIVE(parser_parse) {
  int is_final = v_is_absent(args[1]) ? 0 : object_is_true(t, args[1]);
  if (is_final < 0) return V_NULL;
  if (v_is_str(args[0])) {
    size_t n;
    const char *data = str_utf8(t, args[0], &n);
    return data ? parse_bytes(t, v_parser(self), data, n, true, is_final) : V_NULL;
  }
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  Value result = parse_bytes(t, v_parser(self), view.data, (size_t)view.len, false, is_final);
  buffer_release(t, &view);
  return result;
}

enum { FILE_CHUNK = 2048 };

// Reads a piece of a file into libexpat's buffer: its length, or -1.
static int read_piece(Thread *t, Value read, void *out) {
  Value size = v_from_smi(FILE_CHUNK), data = object_call1(t, read, size);
  if (v_is_null(data)) return -1;
  BufferView view;
  int n = -1;
  if (!v_has_flag(data, TYPE_BYTES) && !v_has_flag(data, TYPE_BYTEARRAY)) {
    raise_type_error(t, "read() did not return a bytes object (type=%.400T)", data);
  } else if (buffer_get(t, data, &view, BUFFER_SIMPLE) == 0) {
    if (view.len > FILE_CHUNK) raise_value_error(t, "read() returned too much data: %d bytes requested, %zd returned", FILE_CHUNK, (size_t)view.len);
    else memcpy(out, view.data, (size_t)(n = (int)view.len));
    buffer_release(t, &view);
  }
  v_drop(t, data);
  return n;
}

static Value parse_reading(Thread *t, Parser *p, Value read) {
  for (;;) {
    void *buffer = expat.XML_GetBuffer(p->xml, FILE_CHUNK);
    if (!buffer) return expat.XML_GetErrorCode(p->xml) == XML_ERROR_NO_MEMORY ? raise_no_memory(t) : raise_expat(t, p, expat.XML_GetErrorCode(p->xml));
    int n = read_piece(t, read, buffer);
    if (n < 0) return V_NULL;
    int status = expat.XML_ParseBuffer(p->xml, n, n == 0);
    if (error_pending(t)) return V_NULL;
    if (status == XML_STATUS_ERROR || n == 0) return parsed(t, p, status);
  }
}

static NATIVE(parser_parse_file) {
  Value read, name = str_intern_cstr(t, "read");
  int found = v_is_null(name) ? -1 : object_lookup_attr(t, args[0], name, &read);
  if (found < 0) return V_NULL;
  if (!found) return raise_type_error(t, "argument must have 'read' attribute");
  Value result = V_NULL;
  if (start_parsing(t, v_parser(self))) {
    result = parse_reading(t, v_parser(self), read);
    end_parsing(v_parser(self));
  }
  v_drop(t, read);
  return result;
}

// --- Other methods -----------------------------------------------------------------------------------------------------------------------------

static NATIVE(parser_set_base) {
  if (!v_is_str(args[0])) return raise_type_error(t, "SetBase() argument must be str, not %K", args[0]);
  const char *base = str_utf8(t, args[0], NULL);
  if (!base) return V_NULL;
  parser_enter(t, v_parser(self));
  int status = expat.XML_SetBase(v_parser(self)->xml, base);
  parser_leave(v_parser(self));
  return status == XML_STATUS_ERROR ? raise_no_memory(t) : V_NONE;
}

static NATIVE(parser_get_base) {
  parser_enter(t, v_parser(self));
  const char *base = expat.XML_GetBase(v_parser(self)->xml);
  Value v = base ? str_from_utf8(t, base, strlen(base)) : V_NONE;
  parser_leave(v_parser(self));
  return v;
}

static NATIVE(parser_get_input_context) {
  Parser *p = v_parser(self);
  parser_enter(t, p);
  Value v = V_NONE;
  if (p->in_callback) {
    int offset, size;
    const char *buffer = expat.XML_GetInputContext(p->xml, &offset, &size);
    if (buffer) v = bytes_from(t, buffer + offset, (size_t)(size - offset));
  }
  parser_leave(p);
  return v;
}

// A parser for an external entity, with the handlers of the one that met it.
static Value make_child(Thread *t, Parser *parent, const char *context, const char *encoding) {
  Parser *p = parser_alloc(t, parent->intern);
  if (!p) return V_NULL;
  p->root = parent->root;
  p->parent = v_own_obj(t, parent);
  p->buffer_size = parent->buffer_size;
  p->ordered_attributes = parent->ordered_attributes;
  p->specified_attributes = parent->specified_attributes;
  p->namespace_prefixes = parent->namespace_prefixes;
  p->xml = expat.XML_ExternalEntityParserCreate(parent->xml, context, encoding);
  Value v = prepared(t, p);
  if (v_is_null(v)) return V_NULL;
  if (parent->buffer && !(p->buffer = heap_alloc(t, (size_t)p->buffer_size))) {
    v_drop(t, v);
    return raise_no_memory(t);
  }
  for (int i = 0; i < HANDLERS; i++)
    if (!v_is_null(parent->handlers[i])) parser_set_handler(t, p, i, v_own(t, parent->handlers[i]));
  return v;
}

static NATIVE(parser_external_entity_parser_create) {
  const char *context = NULL, *encoding = NULL;
  if (!v_is_none(args[0])) {
    if (!v_is_str(args[0])) return raise_type_error(t, "ExternalEntityParserCreate() argument 1 must be str or None, not %K", args[0]);
    if (!(context = str_utf8(t, args[0], NULL))) return V_NULL;
  }
  if (!v_is_absent(args[1])) {
    if (!v_is_str(args[1])) return raise_type_error(t, "ExternalEntityParserCreate() argument 2 must be str, not %K", args[1]);
    if (!(encoding = str_utf8(t, args[1], NULL))) return V_NULL;
  }
  parser_enter(t, v_parser(self));
  Value v = make_child(t, v_parser(self), context, encoding);
  parser_leave(v_parser(self));
  return v;
}

static NATIVE(parser_set_param_entity_parsing) {
  int flag = number_as_int(t, args[0]);
  if (flag == -1 && error_pending(t)) return V_NULL;
  parser_enter(t, v_parser(self));
  int result = expat.XML_SetParamEntityParsing(v_parser(self)->xml, (enum XML_ParamEntityParsing)flag);
  parser_leave(v_parser(self));
  return v_from_smi(result);
}

static NATIVE(parser_use_foreign_dtd) {
  int flag = v_is_absent(args[0]) ? 1 : object_is_true(t, args[0]);
  if (flag < 0) return V_NULL;
  parser_enter(t, v_parser(self));
  enum XML_Error code = expat.XML_UseForeignDTD(v_parser(self)->xml, flag ? XML_TRUE : XML_FALSE);
  Value v = code == XML_ERROR_NONE ? V_NONE : raise_expat(t, v_parser(self), code);
  parser_leave(v_parser(self));
  return v;
}

// --- Attributes --------------------------------------------------------------------------------------------------------------------------------

static int deleted(Thread *t) { return raise_error(t, &exc_RuntimeError, "Cannot delete attribute"), -1; }

// The closure is the handler's index.
static int handler_index(void *closure) { return (int)(uintptr_t)closure; }

static Value handler_get(Thread *t, Value self, void *closure) {
  Parser *p = v_parser(self);
  parser_enter(t, p);
  Value v = p->handlers[handler_index(closure)];
  v = v_is_null(v) ? V_NONE : v_own(t, v);
  parser_leave(p);
  return v;
}

static int handler_set(Thread *t, Value self, Value value, void *closure) {
  Parser *p = v_parser(self);
  int handler = handler_index(closure), rc = 0;
  if (v_is_null(value)) return deleted(t);
  parser_enter(t, p);
  // Text that waits is for the handler that was set when it came.
  if (handler == HANDLER_CharacterData) rc = parser_flush(t, p);
  if (rc == 0 || !error_pending(t)) {
    parser_set_handler(t, p, handler, v_is_none(value) ? V_NULL : v_own(t, value));
    rc = 0;
  }
  parser_leave(p);
  return rc;
}

// Numbers that libexpat knows.
typedef enum Place { PLACE_CODE, PLACE_LINE, PLACE_COLUMN, PLACE_INDEX } Place;
static Value place_get(Thread *t, Value self, void *closure) {
  XML_Parser xml = v_parser(self)->xml;
  int64_t n;
  parser_enter(t, v_parser(self));
  switch ((Place)(uintptr_t)closure) {
    case PLACE_CODE: n = expat.XML_GetErrorCode(xml); break;
    case PLACE_LINE: n = (int64_t)expat.XML_GetCurrentLineNumber(xml); break;
    case PLACE_COLUMN: n = (int64_t)expat.XML_GetCurrentColumnNumber(xml); break;
    default: n = expat.XML_GetCurrentByteIndex(xml); break;
  }
  parser_leave(v_parser(self));
  return int_from_i64(t, n);
}

static Value buffer_used_get(Thread *t, Value self, UNUSED_OK void *closure) {
  parser_enter(t, v_parser(self));
  int n = v_parser(self)->buffer_used;
  parser_leave(v_parser(self));
  return v_from_smi(n);
}

static Value buffer_size_get(Thread *t, Value self, UNUSED_OK void *closure) {
  parser_enter(t, v_parser(self));
  int n = v_parser(self)->buffer_size;
  parser_leave(v_parser(self));
  return v_from_smi(n);
}

// Another buffer, of `size` bytes, or none if that is 0; what was in the old one is passed on. 0, -1.
static int replace_buffer(Thread *t, Parser *p, int size) {
  char *buffer = size ? heap_alloc(t, (size_t)size) : NULL;
  if (size && !buffer) return raise_no_memory(t), -1;
  int rc = p->buffer ? parser_flush(t, p) : 0;
  if (rc < 0 && error_pending(t)) {
    if (buffer) heap_free(t, buffer);
    return -1;
  }
  if (p->buffer) heap_free(t, p->buffer);
  p->buffer = buffer;
  p->buffer_used = 0;
  return 0;
}

static int buffer_size_set(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  Parser *p = v_parser(self);
  int64_t n;
  if (v_is_null(value)) return deleted(t);
  if (!v_is_int(value)) return raise_type_error(t, "buffer_size must be an integer"), -1;
  if (!int_as_i64(value, &n)) return raise_overflow(t, "Python int too large to convert to C long"), -1;
  if (n <= 0) return raise_value_error(t, "buffer_size must be greater than zero"), -1;
  if (n > INT_MAX) return raise_value_error(t, "buffer_size must not be greater than %d", INT_MAX), -1;
  parser_enter(t, p);
  int rc = 0;
  if (n != p->buffer_size) {
    if (p->buffer) rc = replace_buffer(t, p, (int)n);
    if (rc == 0) p->buffer_size = (int)n;
  }
  parser_leave(p);
  return rc;
}

static Value buffer_text_get(Thread *t, Value self, UNUSED_OK void *closure) {
  parser_enter(t, v_parser(self));
  bool on = v_parser(self)->buffer;
  parser_leave(v_parser(self));
  return v_from_bool(on);
}

static int buffer_text_set(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  Parser *p = v_parser(self);
  if (v_is_null(value)) return deleted(t);
  int on = object_is_true(t, value), rc = 0;
  if (on < 0) return -1;
  parser_enter(t, p);
  if (on != (p->buffer != NULL)) rc = replace_buffer(t, p, on ? p->buffer_size : 0);
  parser_leave(p);
  return rc;
}

typedef enum Switch { SWITCH_ORDERED, SWITCH_SPECIFIED, SWITCH_PREFIXES } Switch;
static bool *switch_field(Value self, void *closure) {
  Parser *p = v_parser(self);
  switch ((Switch)(uintptr_t)closure) {
    case SWITCH_ORDERED: return &p->ordered_attributes;
    case SWITCH_SPECIFIED: return &p->specified_attributes;
    default: return &p->namespace_prefixes;
  }
}

static Value switch_get(Thread *t, Value self, void *closure) {
  parser_enter(t, v_parser(self));
  bool on = *switch_field(self, closure);
  parser_leave(v_parser(self));
  return v_from_bool(on);
}

static int switch_set(Thread *t, Value self, Value value, void *closure) {
  if (v_is_null(value)) return deleted(t);
  int on = object_is_true(t, value);
  if (on < 0) return -1;
  parser_enter(t, v_parser(self));
  *switch_field(self, closure) = on;
  if ((Switch)(uintptr_t)closure == SWITCH_PREFIXES) expat.XML_SetReturnNSTriplet(v_parser(self)->xml, on);
  parser_leave(v_parser(self));
  return 0;
}

// --- The type --------------------------------------------------------------------------------------------------------------------------------------

static const NativeDef parser_methods[] = {
    {"Parse($self, data, isfinal=False, /)", parser_parse, "Reads more of the document. isfinal: the end of it.", NATIVE_TAKES_CLASS},
    {"ParseFile($self, file, /)", parser_parse_file, "Reads a whole document from a binary file.", NATIVE_TAKES_CLASS},
    {"SetBase($self, base, /)", parser_set_base, "The place that system identifiers are relative to; handlers are told of it.", 0},
    {"GetBase($self, /)", parser_get_base, "What SetBase was told.", 0},
    {"GetInputContext($self, /)", parser_get_input_context, "Within a handler: the bytes that are being read.", 0},
    {"ExternalEntityParserCreate($self, context, encoding=<unrepresentable>, /)", parser_external_entity_parser_create,
     "A parser for an external entity, of which a handler got the context.", NATIVE_TAKES_CLASS},
    {"SetParamEntityParsing($self, flag, /)", parser_set_param_entity_parsing,
     "Whether parameter entities, the external part of the DTD included, are read: one of the constants XML_PARAM_ENTITY_PARSING_*. Whether it could be set.", 0},
    {"UseForeignDTD($self, flag=True, /)", parser_use_foreign_dtd,
     "Pretend that the document has an external DTD part, which the handler for external entities may then provide.", NATIVE_TAKES_CLASS},
    {0},
};

#define PLACE(name, place) {name, place_get, NULL, NULL, (void *)(uintptr_t)(place)}
#define SWITCH(name, which) {name, switch_get, switch_set, NULL, (void *)(uintptr_t)(which)}
#define HANDLER(kind, attribute) {attribute, handler_get, handler_set, NULL, (void *)(uintptr_t)HANDLER_##kind},
static const GetSetDef parser_getset[] = {
    PLACE("ErrorCode", PLACE_CODE), PLACE("ErrorLineNumber", PLACE_LINE), PLACE("ErrorColumnNumber", PLACE_COLUMN),
    PLACE("ErrorByteIndex", PLACE_INDEX), PLACE("CurrentLineNumber", PLACE_LINE), PLACE("CurrentColumnNumber", PLACE_COLUMN),
    PLACE("CurrentByteIndex", PLACE_INDEX), {"buffer_size", buffer_size_get, buffer_size_set, NULL, NULL},
    {"buffer_text", buffer_text_get, buffer_text_set, NULL, NULL}, {"buffer_used", buffer_used_get, NULL, NULL, NULL},
    SWITCH("namespace_prefixes", SWITCH_PREFIXES), SWITCH("ordered_attributes", SWITCH_ORDERED), SWITCH("specified_attributes", SWITCH_SPECIFIED),
    EXPAT_HANDLERS(HANDLER) {0},
};
static const MemberDef parser_members[] = {{"intern", MEMBER_VALUE, offsetof(Parser, intern), true, NULL}, {0}};
static const TypeSpec spec_xmlparser = {
    .name = "pyexpat.xmlparser",
    .size = sizeof(Parser),
    .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE,
    .slots = {.dealloc = parser_dealloc, .traverse = parser_traverse, .clear = parser_clear},
    .methods = parser_methods,
    .getset = parser_getset,
    .members = parser_members,
    .doc = "Reads a document and calls handlers for what it finds.",
};

bool parser_type_init(Thread *t) {
  return type_xmlparser.flags & TYPE_READY || type_ready(t, &type_xmlparser, &spec_xmlparser, 0);
}
