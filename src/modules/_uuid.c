// The module _uuid: a UUID made of the time and the machine by the system's libuuid, which knows whether another process could make the same.
#include <uuid/uuid.h>

#include "modules/shared_library.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/text_native.h"
#include "objects/tuple.h"

#define UUID_FUNCTIONS(X) X(uuid_generate_time_safe)
static struct { UUID_FUNCTIONS(LIBRARY_FIELD) } libuuid;
static const char *const libuuid_names[] = {UUID_FUNCTIONS(LIBRARY_NAME)};

// It may ask a daemon.
static NATIVE(make_by_time) {
  uuid_t out;
  int status;
  ALLOW_THREADS_BEGIN(t)
  status = libuuid.uuid_generate_time_safe(out);
  ALLOW_THREADS_END
  Value bytes = bytes_from(t, out, sizeof out);
  return v_is_null(bytes) ? V_NULL : tuple_from_stolen(t, (Value[]){bytes, v_from_smi(status)}, 2);
}

static const NativeDef functions[] = {{"generate_time_safe()", make_by_time, NULL, NATIVE_NO_SIGNATURE}, {0}};

static int uuid_exec(Thread *t, Value m) {
  return LIBRARY_LOAD(t, "libuuid.so.1", libuuid) < 0 ? -1 : module_add_int(t, m, "has_uuid_generate_time_safe", 1);
}

const ModuleDef module__uuid = {.name = "_uuid", .functions = functions, .exec = uuid_exec};
