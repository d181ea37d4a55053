// The module _crypt: hashing passwords with the system's libcrypt.
#include <crypt.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "modules/module_help.h"
#include "modules/shared_library.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"

#define CRYPT_FUNCTIONS(X) X(crypt_r)
static struct { CRYPT_FUNCTIONS(LIBRARY_FIELD) } libcrypt;
static const char *const libcrypt_names[] = {CRYPT_FUNCTIONS(LIBRARY_NAME)};

// A str's UTF-8, borrowed. NULL with an exception: TypeError, ValueError (a null character inside).
static const char *text_argument(Thread *t, Value v, int position) {
  if (v_is_str(v)) return module_c_text(t, v);
  raise_type_error(t, "crypt() argument %d must be str, not %K", position, v);
  return NULL;
}

NATIVE(crypt_crypt) {
  const char *word = text_argument(t, args[0], 1), *salt = word ? text_argument(t, args[1], 2) : NULL;
  if (!salt) return V_NULL;
  struct crypt_data *data = calloc(1, sizeof *data);   // 32 KB, too much for a thread's stack
  if (!data) return raise_no_memory(t);
  // Slow by design.
  thread_detach(t);
  char *hashed = libcrypt.crypt_r(word, salt, data);
  int error = errno;
  thread_attach(t);
  Value result = hashed ? str_from_cstr(t, hashed) : raise_errno(t, error, V_NULL, V_NULL);
  free(data);
  return result;
}

static const NativeDef functions[] = {
    {"crypt($module, word, salt, /)", crypt_crypt, "Hash a word (usually a password) with the salt, which names the method too.", 0},
    {0},
};

static int crypt_exec(Thread *t, UNUSED_OK Value m) { return LIBRARY_LOAD(t, "libcrypt.so.1", libcrypt); }

const ModuleDef module__crypt = {.name = "_crypt", .functions = functions, .exec = crypt_exec};
