// libexpat: loading it, making parsers, and encodings that it does not know.
#include "modules/expat_library.h"

#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/str.h"

ExpatLibrary expat;
static const char *const expat_names[] = {EXPAT_FUNCTIONS(LIBRARY_NAME)};

int expat_load(Thread *t) { return LIBRARY_LOAD(t, "libexpat.so.1", expat); }

XML_Parser expat_create(const char *encoding, const char *separator) {
  XML_Parser xml = expat.XML_ParserCreate_MM(encoding, NULL, separator);
  // A salt of our own: that of strs, in a form that tells nothing of it.
  if (xml) expat.XML_SetHashSalt(xml, (unsigned long)hash_bytes("expat", 5));
  return xml;
}

int expat_describe_encoding(Thread *t, const XML_Char *encoding, XML_Encoding *info) {
  enum { BYTES = 256, NO_CHARACTER = 0xFFFD };
  uint8_t all[BYTES];
  for (int i = 0; i < BYTES; i++) all[i] = (uint8_t)i;
  Value decoded = str_decode(t, all, BYTES, encoding, "replace");
  if (v_is_null(decoded)) return XML_STATUS_ERROR;
  bool single = v_str(decoded)->length == BYTES;
  for (int i = 0; single && i < BYTES; i++) {
    uint32_t c = str_char(v_str(decoded), i);
    info->map[i] = c == NO_CHARACTER ? -1 : (int)c;
  }
  info->data = NULL;
  info->convert = NULL;
  info->release = NULL;
  v_drop(t, decoded);
  if (single) return XML_STATUS_OK;
  raise_value_error(t, "multi-byte encodings are not supported");
  return XML_STATUS_ERROR;
}
