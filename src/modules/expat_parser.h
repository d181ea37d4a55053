// What the files of pyexpat share: the parser object.
//
// Locking: a parser and those made by its ExternalEntityParserCreate share what libexpat knows of the document, and so a lock, which is in
// the first of them (root). Whoever uses one holds it (parser_enter), callbacks included: a thread that comes while another is parsing waits
// until that is through. The thread that parses may enter again, from a callback.
#ifndef WEFT_MODULES_EXPAT_PARSER_H
#define WEFT_MODULES_EXPAT_PARSER_H

#include "modules/expat_library.h"
#include "modules/owned_lock.h"
#include "objects/text_native.h"

// Kinds of handlers, by the names that programs know them by.
#define EXPAT_HANDLERS(X)                                                                                                                   \
  X(StartElement, "StartElementHandler") X(EndElement, "EndElementHandler") X(ProcessingInstruction, "ProcessingInstructionHandler")        \
  X(CharacterData, "CharacterDataHandler") X(UnparsedEntityDecl, "UnparsedEntityDeclHandler") X(NotationDecl, "NotationDeclHandler")        \
  X(StartNamespaceDecl, "StartNamespaceDeclHandler") X(EndNamespaceDecl, "EndNamespaceDeclHandler") X(Comment, "CommentHandler")            \
  X(StartCdataSection, "StartCdataSectionHandler") X(EndCdataSection, "EndCdataSectionHandler") X(Default, "DefaultHandler")                \
  X(DefaultExpand, "DefaultHandlerExpand") X(NotStandalone, "NotStandaloneHandler") X(ExternalEntityRef, "ExternalEntityRefHandler")        \
  X(StartDoctypeDecl, "StartDoctypeDeclHandler") X(EndDoctypeDecl, "EndDoctypeDeclHandler") X(EntityDecl, "EntityDeclHandler")              \
  X(XmlDecl, "XmlDeclHandler") X(ElementDecl, "ElementDeclHandler") X(AttlistDecl, "AttlistDeclHandler")                                    \
  X(SkippedEntity, "SkippedEntityHandler")
#define EXPAT_HANDLER_INDEX(kind, attribute) HANDLER_##kind,
enum { EXPAT_HANDLERS(EXPAT_HANDLER_INDEX) HANDLERS };

typedef struct Parser Parser;
struct Parser {
  Object ob;
  OwnedLock lock;          // used in a root only
  // Constant once made:
  Parser *root;            // itself, or one that `parent` keeps alive
  Value parent;            // owned; V_NULL: none
  Value intern;            // dict, owned; V_NULL: none
  XML_Parser xml;          // NULL if making it failed
  // Under the lock:
  Value handlers[HANDLERS];   // owned; V_NULL: none
  char *buffer;            // of buffer_text; NULL: it is off
  int buffer_size, buffer_used;
  bool ordered_attributes, specified_attributes, namespace_prefixes;
  bool is_parsing, in_callback;
};

extern Type type_xmlparser;
static inline Parser *v_parser(Value v) { return (Parser *)v_obj(v); }

static inline void parser_enter(Thread *t, Parser *p) { owned_lock_enter(t, &p->root->lock); }
static inline void parser_leave(Parser *p) { owned_lock_leave(&p->root->lock); }
// The thread that holds the lock: whom callbacks run in.
static inline Thread *parser_thread(const Parser *p) { return (Thread *)aptr_load_rlx(&p->root->lock.owner); }

// --- Handlers (expat_handlers.c), under the lock -------------------------------------------------------------------------------------------
// Tells libexpat whether there is a handler of this kind.
void parser_connect(Parser *p, int handler);
void parser_set_handler(Thread *t, Parser *p, int handler, Value owned);   // V_NULL: none
// Text that waits is given to the handler. 0, -1.
int parser_flush(Thread *t, Parser *p);
int parser_unknown_encoding(void *user, const XML_Char *name, XML_Encoding *info);   // as XML_SetUnknownEncodingHandler wants it

bool parser_type_init(Thread *t);
Value parser_create(Thread *t, const char *encoding, const char *separator, Value intern /* dict or V_NULL */);
extern Value expat_error;    // the class ExpatError

#endif
