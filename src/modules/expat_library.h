// libexpat, as the modules pyexpat and _elementtree use it: its functions, and what both tell each parser.
//
// The library is loaded when pyexpat is imported, which _elementtree does first.
#ifndef WEFT_MODULES_EXPAT_LIBRARY_H
#define WEFT_MODULES_EXPAT_LIBRARY_H

#include <expat.h>

#include "modules/shared_library.h"
#include "objects/type.h"

#define EXPAT_FUNCTIONS(X)                                                                                                              \
  X(XML_ParserCreate_MM) X(XML_ExternalEntityParserCreate) X(XML_ParserFree) X(XML_Parse) X(XML_GetBuffer) X(XML_ParseBuffer)            \
  X(XML_SetUserData) X(XML_SetUnknownEncodingHandler) X(XML_SetHashSalt) X(XML_SetEncoding) X(XML_SetBase) X(XML_GetBase)                \
  X(XML_GetInputContext) X(XML_SetParamEntityParsing) X(XML_UseForeignDTD) X(XML_SetReturnNSTriplet) X(XML_GetSpecifiedAttributeCount)   \
  X(XML_FreeContentModel) X(XML_GetErrorCode) X(XML_ErrorString) X(XML_GetCurrentLineNumber) X(XML_GetCurrentColumnNumber)               \
  X(XML_GetCurrentByteIndex) X(XML_ExpatVersion) X(XML_ExpatVersionInfo) X(XML_GetFeatureList) X(XML_SetStartElementHandler)            \
  X(XML_SetEndElementHandler) X(XML_SetProcessingInstructionHandler) X(XML_SetCharacterDataHandler) X(XML_SetUnparsedEntityDeclHandler) \
  X(XML_SetNotationDeclHandler) X(XML_SetStartNamespaceDeclHandler) X(XML_SetEndNamespaceDeclHandler) X(XML_SetCommentHandler)          \
  X(XML_SetStartCdataSectionHandler) X(XML_SetEndCdataSectionHandler) X(XML_SetDefaultHandler) X(XML_SetDefaultHandlerExpand)           \
  X(XML_SetNotStandaloneHandler) X(XML_SetExternalEntityRefHandler) X(XML_SetStartDoctypeDeclHandler) X(XML_SetEndDoctypeDeclHandler)   \
  X(XML_SetEntityDeclHandler) X(XML_SetXmlDeclHandler) X(XML_SetElementDeclHandler) X(XML_SetAttlistDeclHandler)                        \
  X(XML_SetSkippedEntityHandler)
typedef struct ExpatLibrary { EXPAT_FUNCTIONS(LIBRARY_FIELD) } ExpatLibrary;
extern ExpatLibrary expat;   // constant once loaded

int expat_load(Thread *t);   // 0, or -1 with ImportError; the caller holds an import lock
// A parser with a salt for its hash tables that strangers do not know; NULL: no memory, nothing raised.
XML_Parser expat_create(const char *encoding, const char *separator);
// Answers libexpat's question for an encoding that it does not know: one of a byte a character is decoded by Python's codec. May run Python
// code; XML_STATUS_ERROR with an exception.
int expat_describe_encoding(Thread *t, const XML_Char *encoding, XML_Encoding *info);

#endif
