// Callbacks of libexpat: each makes Python values of what it is told and calls the handler that the program has set.
//
// An exception leaves the parser without handlers, so that the rest of the text is read in silence; Parse() then fails with it.
#include <string.h>

#include "modules/expat_parser.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Values --------------------------------------------------------------------------------------------------------------------------------

static Value text(Thread *t, const XML_Char *s) { return s ? str_from_utf8(t, s, strlen(s)) : V_NONE; }

// One str for all equal names.
static Value name(Thread *t, const Parser *p, const XML_Char *s) {
  Value v = text(t, s), known;
  if (v_is_null(p->intern) || v_is_null(v)) return v;
  int found = dict_setdefault(t, v_dict(p->intern), v, v, &known);
  v_drop(t, v);
  return found < 0 ? V_NULL : known;
}

// --- Calling -------------------------------------------------------------------------------------------------------------------------------

static int refuse_entity(UNUSED_OK XML_Parser parser, UNUSED_OK const XML_Char *context, UNUSED_OK const XML_Char *base,
                         UNUSED_OK const XML_Char *system_id, UNUSED_OK const XML_Char *public_id) {
  return XML_STATUS_ERROR;
}

static void fail(Thread *t, Parser *p) {
  for (int i = 0; i < HANDLERS; i++) {
    Value old = p->handlers[i];
    p->handlers[i] = V_NULL;
    parser_connect(p, i);
    v_drop(t, old);
  }
  expat.XML_SetExternalEntityRefHandler(p->xml, refuse_entity);
}

// Calls a handler with n arguments, which are given up. Owned; V_NULL: the exception is pending, and the parser has no handlers any more.
static Value call(Thread *t, Parser *p, int handler, Value *arguments, size_t n) {
  bool complete = true;
  Value result = V_NULL, f = v_own(t, p->handlers[handler]);
  for (size_t i = 0; i < n; i++) complete = complete && !v_is_null(arguments[i]);
  if (complete) {
    bool outer = p->in_callback;
    p->in_callback = true;
    result = object_call(t, f, arguments, n, V_NULL);
    p->in_callback = outer;
  }
  for (size_t i = 0; i < n; i++) v_drop(t, arguments[i]);
  if (v_is_null(result)) fail(t, p);
  v_drop(t, f);
  return result;
}

static int call_characters(Thread *t, Parser *p, const char *s, int n) {
  if (v_is_null(p->handlers[HANDLER_CharacterData])) return -1;
  Value result = call(t, p, HANDLER_CharacterData, (Value[]){str_from_utf8(t, s, (size_t)n)}, 1);
  v_drop(t, result);
  return v_is_null(result) ? -1 : 0;
}

int parser_flush(Thread *t, Parser *p) {
  if (!p->buffer || p->buffer_used == 0) return 0;
  int n = p->buffer_used;
  p->buffer_used = 0;
  return call_characters(t, p, p->buffer, n);
}

// Whether a callback has something to do: there is a handler, nothing has failed, and text that came before has been passed on.
static bool is_wanted(Thread *t, Parser *p, int handler) {
  return !v_is_null(p->handlers[handler]) && !error_pending(t) && parser_flush(t, p) == 0 && !v_is_null(p->handlers[handler]);
}

// void callback: the handler is called with values made by expressions in which t and p stand for the thread and the parser.
#define CALLBACK(kind, parameters, ...)                                              \
  static void XMLCALL on_##kind parameters {                                         \
    Parser *p = user;                                                                \
    Thread *t = parser_thread(p);                                                    \
    if (!is_wanted(t, p, HANDLER_##kind)) return;                                    \
    Value values[] = {__VA_ARGS__};                                                  \
    v_drop(t, call(t, p, HANDLER_##kind, values, sizeof values / sizeof *values));   \
  }
#define CALLBACK0(kind)                                                              \
  static void XMLCALL on_##kind(void *user) {                                        \
    Parser *p = user;                                                                \
    Thread *t = parser_thread(p);                                                    \
    if (is_wanted(t, p, HANDLER_##kind)) v_drop(t, call(t, p, HANDLER_##kind, NULL, 0)); \
  }

// --- The callbacks -------------------------------------------------------------------------------------------------------------------------

// Attributes as a dict, or as a list of names and values in turn. `n`: how many strs there are.
static Value attribute_dict(Thread *t, const Parser *p, const XML_Char **attributes, int n) {
  Value dict = dict_new(t);
  for (int i = 0; !v_is_null(dict) && i < n; i += 2) {
    Value key = name(t, p, attributes[i]), value = v_is_null(key) ? V_NULL : text(t, attributes[i + 1]);
    if (v_is_null(value) || dict_set(t, v_dict(dict), key, value) < 0) v_clear(t, &dict);
    v_drop(t, key);
    v_drop(t, value);
  }
  return dict;
}
static Value attribute_list(Thread *t, const Parser *p, const XML_Char **attributes, int n) {
  Value list = list_new(t, n);
  for (int i = 0; !v_is_null(list) && i < n; i++)
    if (list_append_steal(t, v_list(list), i & 1 ? text(t, attributes[i]) : name(t, p, attributes[i])) < 0) v_clear(t, &list);
  return list;
}

static Value attribute_values(Thread *t, const Parser *p, const XML_Char **attributes) {
  int n = 0;
  if (p->specified_attributes) n = expat.XML_GetSpecifiedAttributeCount(p->xml);
  else while (attributes[n]) n += 2;
  return p->ordered_attributes ? attribute_list(t, p, attributes, n) : attribute_dict(t, p, attributes, n);
}

CALLBACK(StartElement, (void *user, const XML_Char *element, const XML_Char **attributes), name(t, p, element), attribute_values(t, p, attributes))
CALLBACK(EndElement, (void *user, const XML_Char *element), name(t, p, element))
CALLBACK(ProcessingInstruction, (void *user, const XML_Char *target, const XML_Char *data), name(t, p, target), text(t, data))
CALLBACK(UnparsedEntityDecl,
         (void *user, const XML_Char *entity, const XML_Char *base, const XML_Char *system_id, const XML_Char *public_id, const XML_Char *notation),
         name(t, p, entity), name(t, p, base), name(t, p, system_id), name(t, p, public_id), name(t, p, notation))
CALLBACK(NotationDecl, (void *user, const XML_Char *notation, const XML_Char *base, const XML_Char *system_id, const XML_Char *public_id),
         name(t, p, notation), name(t, p, base), name(t, p, system_id), name(t, p, public_id))
CALLBACK(StartNamespaceDecl, (void *user, const XML_Char *prefix, const XML_Char *uri), name(t, p, prefix), name(t, p, uri))
CALLBACK(EndNamespaceDecl, (void *user, const XML_Char *prefix), name(t, p, prefix))
CALLBACK(Comment, (void *user, const XML_Char *data), text(t, data))
CALLBACK0(StartCdataSection)
CALLBACK0(EndCdataSection)
CALLBACK(Default, (void *user, const XML_Char *s, int n), str_from_utf8(t, s, (size_t)n))
CALLBACK(DefaultExpand, (void *user, const XML_Char *s, int n), str_from_utf8(t, s, (size_t)n))
CALLBACK(StartDoctypeDecl, (void *user, const XML_Char *doctype, const XML_Char *system_id, const XML_Char *public_id, int internal), name(t, p, doctype),
         name(t, p, system_id), name(t, p, public_id), v_from_smi(internal))
CALLBACK0(EndDoctypeDecl)
CALLBACK(EntityDecl,
         (void *user, const XML_Char *entity, int is_parameter, const XML_Char *value, int length, const XML_Char *base, const XML_Char *system_id,
          const XML_Char *public_id, const XML_Char *notation),
         name(t, p, entity), v_from_smi(is_parameter), value ? str_from_utf8(t, value, (size_t)length) : V_NONE, name(t, p, base),
         name(t, p, system_id), name(t, p, public_id), name(t, p, notation))
CALLBACK(XmlDecl, (void *user, const XML_Char *version, const XML_Char *encoding, int standalone), text(t, version), text(t, encoding),
         v_from_smi(standalone))
CALLBACK(AttlistDecl,
         (void *user, const XML_Char *element, const XML_Char *attribute, const XML_Char *type, const XML_Char *standard, int is_required),
         name(t, p, element), name(t, p, attribute), text(t, type), text(t, standard), v_from_smi(is_required))
CALLBACK(SkippedEntity, (void *user, const XML_Char *entity, int is_parameter), name(t, p, entity), v_from_smi(is_parameter))

static void XMLCALL on_CharacterData(void *user, const XML_Char *s, int n) {
  Parser *p = user;
  Thread *t = parser_thread(p);
  if (error_pending(t)) return;
  if (!p->buffer) {
    call_characters(t, p, s, n);
    return;
  }
  if (n > p->buffer_size - p->buffer_used) {
    if (parser_flush(t, p) < 0) return;
    // The handler may have gone, or have changed the buffer.
    if (v_is_null(p->handlers[HANDLER_CharacterData])) return;
    if (!p->buffer || n > p->buffer_size) {
      call_characters(t, p, s, n);
      return;
    }
  }
  memcpy(p->buffer + p->buffer_used, s, (size_t)n);
  p->buffer_used += n;
}
static void XMLCALL ignore_characters(UNUSED_OK void *user, UNUSED_OK const XML_Char *s, UNUSED_OK int n) {}

// (type, quantifier, name, children)
static Value content_model(Thread *t, const XML_Content *model) {
  if (recursion_enter(t, " while reading a content model") < 0) return V_NULL;
  Value children = tuple_new(t, model->numchildren), result = V_NULL;
  for (unsigned i = 0; !v_is_null(children) && i < model->numchildren; i++) {
    Value child = content_model(t, &model->children[i]);
    if (v_is_null(child)) v_clear(t, &children);
    else v_tuple(children)->items[i] = child;
  }
  if (!v_is_null(children))
    result = tuple_from_stolen(t, (Value[]){v_from_smi(model->type), v_from_smi(model->quant), text(t, model->name), children}, 4);
  recursion_leave(t);
  return result;
}

static void XMLCALL on_ElementDecl(void *user, const XML_Char *element, XML_Content *model) {
  Parser *p = user;
  Thread *t = parser_thread(p);
  if (is_wanted(t, p, HANDLER_ElementDecl)) {
    Value values[] = {name(t, p, element), content_model(t, model)};
    v_drop(t, call(t, p, HANDLER_ElementDecl, values, 2));
  }
  expat.XML_FreeContentModel(p->xml, model);
}

// The int that a handler answers with; 0 stops the parser.
static int answer(Thread *t, Value result) {
  if (v_is_null(result)) return 0;
  int64_t i = number_as_i64(t, result);
  v_drop(t, result);
  return (int)i;
}

static int XMLCALL on_NotStandalone(void *user) {
  Parser *p = user;
  Thread *t = parser_thread(p);
  return is_wanted(t, p, HANDLER_NotStandalone) ? answer(t, call(t, p, HANDLER_NotStandalone, NULL, 0)) : 0;
}

// The user data is that of the parser, although this callback gets the parser itself.
static int XMLCALL on_ExternalEntityRef(XML_Parser xml, const XML_Char *context, const XML_Char *base, const XML_Char *system_id,
                                        const XML_Char *public_id) {
  Parser *p = XML_GetUserData(xml);
  Thread *t = parser_thread(p);
  if (!is_wanted(t, p, HANDLER_ExternalEntityRef)) return 0;
  Value values[] = {text(t, context), name(t, p, base), name(t, p, system_id), name(t, p, public_id)};
  return answer(t, call(t, p, HANDLER_ExternalEntityRef, values, 4));
}

int parser_unknown_encoding(void *user, const XML_Char *encoding, XML_Encoding *info) {
  Thread *t = parser_thread(user);
  return error_pending(t) ? XML_STATUS_ERROR : expat_describe_encoding(t, encoding, info);
}

// --- Setting handlers ----------------------------------------------------------------------------------------------------------------------

// Within a callback a parser without text handler might find that it has missed some, so it gets one that does nothing.
static void connect_characters(Parser *p, bool on) {
  expat.XML_SetCharacterDataHandler(p->xml, on ? on_CharacterData : p->in_callback ? ignore_characters : NULL);
}

void parser_connect(Parser *p, int handler) {
  bool on = !v_is_null(p->handlers[handler]);
#define CONNECT(kind) case HANDLER_##kind: expat.XML_Set##kind##Handler(p->xml, on ? on_##kind : NULL); break;
  switch (handler) {
    CONNECT(StartElement) CONNECT(EndElement) CONNECT(ProcessingInstruction) CONNECT(UnparsedEntityDecl) CONNECT(NotationDecl)
    CONNECT(StartNamespaceDecl) CONNECT(EndNamespaceDecl) CONNECT(Comment) CONNECT(StartCdataSection) CONNECT(EndCdataSection) CONNECT(Default)
    CONNECT(NotStandalone) CONNECT(ExternalEntityRef) CONNECT(StartDoctypeDecl) CONNECT(EndDoctypeDecl) CONNECT(EntityDecl) CONNECT(XmlDecl)
    CONNECT(ElementDecl) CONNECT(AttlistDecl) CONNECT(SkippedEntity)
    case HANDLER_DefaultExpand: expat.XML_SetDefaultHandlerExpand(p->xml, on ? on_DefaultExpand : NULL); break;
    default: connect_characters(p, on); break;
  }
#undef CONNECT
}

void parser_set_handler(Thread *t, Parser *p, int handler, Value owned) {
  Value old = p->handlers[handler];
  p->handlers[handler] = owned;
  parser_connect(p, handler);
  v_drop(t, old);
}
