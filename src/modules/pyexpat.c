// The module pyexpat: XML parsers on libexpat, which xml.parsers.expat is another name of. The parser is in expat_parser.c, its callbacks in
// expat_handlers.c.
#include "modules/expat_parser.h"
#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Functions ---------------------------------------------------------------------------------------------------------------------------------

static NATIVE(module_parser_create) {
  const char *encoding, *separator;
  if (module_optional_text(t, args[0], "ParserCreate() argument 'encoding'", &encoding) < 0 ||
      module_optional_text(t, args[1], "ParserCreate() argument 'namespace_separator'", &separator) < 0)
    return V_NULL;
  if (separator && separator[0] && separator[1])
    return raise_value_error(t, "namespace_separator must be at most one character, omitted, or None");
  Value intern = v_is_absent(args[2]) ? dict_new(t) : v_is_none(args[2]) ? V_NULL : v_own(t, args[2]), parser = V_NULL;
  if (v_is_absent(args[2]) && v_is_null(intern)) return V_NULL;
  if (!v_is_null(intern) && !v_has_flag(intern, TYPE_DICT)) raise_type_error(t, "intern must be a dictionary");
  else parser = parser_create(t, encoding, separator, intern);
  v_drop(t, intern);
  return parser;
}

static NATIVE(module_error_string) {
  int64_t code = number_as_i64(t, args[0]);
  if (code == -1 && error_pending(t)) return V_NULL;
  const char *text = expat.XML_ErrorString((enum XML_Error)code);
  return text ? str_from_cstr(t, text) : V_NONE;
}

static const NativeDef functions[] = {
    {"ParserCreate($module, /, encoding=None, namespace_separator=None,\n             intern=<unrepresentable>)", module_parser_create,
     "A new parser. namespace_separator: namespaces are processed, and this stands between a name and its namespace. intern: dict of the names met so far.", 0},
    {"ErrorString($module, code, /)", module_error_string, "What an error number means.", 0},
    {0},
};

// --- Constants ---------------------------------------------------------------------------------------------------------------------------------

#define ERROR_NAMES(X)                                                                                                                  \
  X(NO_MEMORY) X(SYNTAX) X(NO_ELEMENTS) X(INVALID_TOKEN) X(UNCLOSED_TOKEN) X(PARTIAL_CHAR) X(TAG_MISMATCH) X(DUPLICATE_ATTRIBUTE)        \
  X(JUNK_AFTER_DOC_ELEMENT) X(PARAM_ENTITY_REF) X(UNDEFINED_ENTITY) X(RECURSIVE_ENTITY_REF) X(ASYNC_ENTITY) X(BAD_CHAR_REF)             \
  X(BINARY_ENTITY_REF) X(ATTRIBUTE_EXTERNAL_ENTITY_REF) X(MISPLACED_XML_PI) X(UNKNOWN_ENCODING) X(INCORRECT_ENCODING)                   \
  X(UNCLOSED_CDATA_SECTION) X(EXTERNAL_ENTITY_HANDLING) X(NOT_STANDALONE) X(UNEXPECTED_STATE) X(ENTITY_DECLARED_IN_PE)                  \
  X(FEATURE_REQUIRES_XML_DTD) X(CANT_CHANGE_FEATURE_ONCE_PARSING) X(UNBOUND_PREFIX) X(UNDECLARING_PREFIX) X(INCOMPLETE_PE) X(XML_DECL)   \
  X(TEXT_DECL) X(PUBLICID) X(SUSPENDED) X(NOT_SUSPENDED) X(ABORTED) X(FINISHED) X(SUSPEND_PE) X(RESERVED_PREFIX_XML)                    \
  X(RESERVED_PREFIX_XMLNS) X(RESERVED_NAMESPACE_URI) X(INVALID_ARGUMENT) X(NO_BUFFER) X(AMPLIFICATION_LIMIT_BREACH)
typedef struct Constant { const char *name; int value; } Constant;
#define ERROR_CONSTANT(name) {"XML_ERROR_" #name, XML_ERROR_##name},
static const Constant errors[] = {ERROR_NAMES(ERROR_CONSTANT) {0}};
#define CONSTANT(name) {#name, name}
static const Constant models[] = {
    CONSTANT(XML_CTYPE_EMPTY), CONSTANT(XML_CTYPE_ANY), CONSTANT(XML_CTYPE_MIXED), CONSTANT(XML_CTYPE_NAME), CONSTANT(XML_CTYPE_CHOICE),
    CONSTANT(XML_CTYPE_SEQ), CONSTANT(XML_CQUANT_NONE), CONSTANT(XML_CQUANT_OPT), CONSTANT(XML_CQUANT_REP), CONSTANT(XML_CQUANT_PLUS), {0},
};

// Names for messages, and both ways between messages and numbers.
static int fill_errors(Thread *t, Value m) {
  Value codes = dict_new(t), messages = dict_new(t);
  int rc = v_is_null(codes) || v_is_null(messages) ? -1 : 0;
  for (const Constant *c = errors; rc == 0 && c->name; c++) {
    Value number = v_from_smi(c->value), text = str_from_cstr(t, expat.XML_ErrorString((enum XML_Error)c->value));
    if (v_is_null(text) || dict_set(t, v_dict(codes), text, number) < 0 || dict_set(t, v_dict(messages), number, text) < 0 ||
        module_add(t, m, c->name, v_own(t, text)) < 0)
      rc = -1;
    v_drop(t, text);
  }
  if (rc == 0) rc = module_add(t, m, "codes", v_own(t, codes));
  if (rc == 0) rc = module_add(t, m, "messages", v_own(t, messages));
  v_drop(t, codes);
  v_drop(t, messages);
  return rc;
}

static int fill_models(Thread *t, Value m) {
  for (const Constant *c = models; c->name; c++)
    if (module_add_int(t, m, c->name, c->value) < 0) return -1;
  return 0;
}

// pyexpat.NAME, a module that is in sys.modules too.
static int add_submodule(Thread *t, Value parent, const char *name, const char *doc, int (*fill)(Thread *t, Value m)) {
  Value full = str_from_format(t, "pyexpat.%s", name), m = v_is_null(full) ? V_NULL : module_new(t, full), modules = module_sys_modules_hook(t);
  int rc = -1;
  if (!v_is_null(m) && !v_is_null(modules) && module_add_str(t, m, "__doc__", doc) == 0 && fill(t, m) == 0 && dict_set(t, v_dict(modules), full, m) == 0)
    rc = module_add(t, parent, name, v_own(t, m));
  v_drop(t, full);
  v_drop(t, m);
  v_drop(t, modules);
  return rc;
}

static Value feature_list(Thread *t) {
  Value list = list_new(t, 0);
  for (const XML_Feature *f = expat.XML_GetFeatureList(); !v_is_null(list) && f->feature != XML_FEATURE_END; f++) {
    Value pair = tuple_from_stolen(t, (Value[]){str_from_cstr(t, f->name), int_from_i64(t, f->value)}, 2);
    if (list_append_steal(t, v_list(list), pair) < 0) v_clear(t, &list);
  }
  return list;
}

static int add_versions(Thread *t, Value m) {
  XML_Expat_Version v = expat.XML_ExpatVersionInfo();
  Value info = tuple_pack(t, 3, v_from_smi(v.major), v_from_smi(v.minor), v_from_smi(v.micro));
  return module_add_str(t, m, "EXPAT_VERSION", expat.XML_ExpatVersion()) < 0 || module_add(t, m, "version_info", info) < 0 ||
                 module_add_str(t, m, "native_encoding", "UTF-8") < 0
             ? -1
             : 0;
}

static int pyexpat_exec(Thread *t, Value m) {
  if (expat_load(t) < 0 || !parser_type_init(t)) return -1;
  if (module_add_exception(t, m, &expat_error, "xml.parsers.expat", "ExpatError", &exc_Exception, NULL) < 0 ||
      module_add(t, m, "error", v_own(t, expat_error)) < 0 || module_add(t, m, "XMLParserType", v_from_obj(&type_xmlparser)) < 0 || add_versions(t, m) < 0 ||
      module_add(t, m, "features", feature_list(t)) < 0)
    return -1;
  if (module_add_int(t, m, "XML_PARAM_ENTITY_PARSING_NEVER", XML_PARAM_ENTITY_PARSING_NEVER) < 0 ||
      module_add_int(t, m, "XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE", XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE) < 0 ||
      module_add_int(t, m, "XML_PARAM_ENTITY_PARSING_ALWAYS", XML_PARAM_ENTITY_PARSING_ALWAYS) < 0)
    return -1;
  return add_submodule(t, m, "errors", "What can be wrong with a document: names of messages.", fill_errors) < 0
             ? -1
             : add_submodule(t, m, "model", "Numbers in the content models of element declarations.", fill_models);
}

const ModuleDef module_pyexpat = {.name = "pyexpat", .doc = "XML parsers on the library Expat.", .functions = functions, .exec = pyexpat_exec};
