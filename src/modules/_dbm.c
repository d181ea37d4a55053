// _dbm: files of keys and values, through the ndbm interface of Berkeley DB.
//
// Locking: a database's handle under its mutex, a real one in both builds, for what the library finds is in the handle until the next call.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/module_help.h"
#include "modules/shared_library.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "system/sys_state.h"
#include "threading/mutex.h"

// The interface is small and will not change any more, so Berkeley DB's headers are not asked for.
typedef struct Handle Handle;
typedef struct Datum { char *data; int size; } Datum;
Handle *__db_ndbm_open(const char *file, int flags, int mode);
void __db_ndbm_close(Handle *db);
Datum __db_ndbm_fetch(Handle *db, Datum key);
int __db_ndbm_store(Handle *db, Datum key, Datum value, int replace);
int __db_ndbm_delete(Handle *db, Datum key);
Datum __db_ndbm_firstkey(Handle *db);
Datum __db_ndbm_nextkey(Handle *db);
int __db_ndbm_error(Handle *db);
int __db_ndbm_clearerr(Handle *db);
enum { STORE_INSERT, STORE_REPLACE };

#define NDBM_FUNCTIONS(X)                                                                                                                     \
  X(__db_ndbm_open) X(__db_ndbm_close) X(__db_ndbm_fetch) X(__db_ndbm_store) X(__db_ndbm_delete) X(__db_ndbm_firstkey) X(__db_ndbm_nextkey) \
  X(__db_ndbm_error) X(__db_ndbm_clearerr)
static struct { NDBM_FUNCTIONS(LIBRARY_FIELD) } ndbm;
static const char *const ndbm_names[] = {NDBM_FUNCTIONS(LIBRARY_NAME)};

typedef struct Dbm {
  Object ob;
  Mutex lock;
  Handle *db;        // NULL: closed
  int flags;         // of open(); constant
  int64_t size;      // number of keys; negative: not known
} Dbm;

static Type type_dbm;
static Value error_class;   // _dbm.error; set when the module is first imported
static inline Dbm *v_dbm(Value v) { return (Dbm *)v_obj(v); }

static bool fail(Thread *t, const char *message) {
  module_raise(t, error_class, "%s", message);
  return false;
}

static bool dbm_enter(Thread *t, Dbm *d) {
  mutex_lock(t, &d->lock);
  if (d->db) return true;
  mutex_unlock(&d->lock);
  return fail(t, "DBM object has already been closed");
}
// `message` NULL: all is well, unless the library has noted an error. False: an exception is set.
static bool dbm_leave(Thread *t, Dbm *d, const char *message) {
  if (!message && ndbm.__db_ndbm_error(d->db)) message = "";
  if (message) ndbm.__db_ndbm_clearerr(d->db);
  mutex_unlock(&d->lock);
  return message ? fail(t, message) : true;
}

// --- Keys and values --------------------------------------------------------------------------------------------------------------

// The bytes of a bytes or of a str in UTF-8, as long as v lives. who: "get() argument 1", "argument"...
static bool datum_get(Thread *t, Value v, const char *who, Datum *out) {
  size_t size = 0;
  const char *data = NULL;
  if (v_is_bytes(v)) {
    data = v_bytes(v)->data;
    size = (size_t)v_bytes(v)->length;
  } else if (v_is_str(v)) {
    data = str_utf8(t, v, &size);
  } else if (buffer_is_supported(v)) {
    raise_type_error(t, "%s must be read-only bytes-like object, not %T", who, v);
  } else {
    raise_type_error(t, "a bytes-like object is required, not '%T'", v);
  }
  if (!data) return false;
  *out = (Datum){(char *)(uintptr_t)data, (int)size};
  if (size <= INT_MAX) return true;
  raise_overflow(t, "size does not fit in an int");
  return false;
}

// For stores: whatever is wrong, this is what kinds there are.
static bool datum_of_mapping(Thread *t, Value v, const char *kind, Datum *out) {
  if (datum_get(t, v, "argument", out)) return true;
  raise_type_error(t, "dbm mappings have bytes or string %s only", kind);
  return false;
}

static Value datum_bytes(Thread *t, Datum d) { return bytes_from(t, d.data, (size_t)d.size); }

// The value of a key, owned; V_NULL with an exception, or without one: it is not there.
static Value fetch(Thread *t, Dbm *d, Datum key) {
  if (!dbm_enter(t, d)) return V_NULL;
  Datum found = ndbm.__db_ndbm_fetch(d->db, key);
  Value v = found.data ? datum_bytes(t, found) : V_NULL;
  mutex_unlock(&d->lock);
  return v;
}

// --- A mapping --------------------------------------------------------------------------------------------------------------------

static int64_t dbm_length(Thread *t, Value self) {
  Dbm *d = v_dbm(self);
  if (!dbm_enter(t, d)) return -1;
  if (d->size < 0) {
    d->size = 0;
    for (Datum key = ndbm.__db_ndbm_firstkey(d->db); key.data; key = ndbm.__db_ndbm_nextkey(d->db)) d->size++;
  }
  int64_t size = d->size;
  mutex_unlock(&d->lock);
  return size;
}

static Value dbm_getitem(Thread *t, Value self, Value key) {
  Datum datum;
  if (!datum_get(t, key, "argument", &datum)) return V_NULL;
  Value v = fetch(t, v_dbm(self), datum);
  return !v_is_null(v) || error_pending(t) ? v : raise_key_error(t, key);
}

static int delete_key(Thread *t, Dbm *d, Value key, Datum datum) {
  if (!dbm_enter(t, d)) return -1;
  d->size = -1;
  bool gone = ndbm.__db_ndbm_delete(d->db, datum) >= 0;
  if (gone || !(d->flags & O_RDWR)) return dbm_leave(t, d, gone ? NULL : "cannot delete item from database") ? 0 : -1;
  ndbm.__db_ndbm_clearerr(d->db);
  mutex_unlock(&d->lock);
  raise_key_error(t, key);
  return -1;
}

static int store(Thread *t, Dbm *d, Datum key, Datum value, int how) {
  if (!dbm_enter(t, d)) return -1;
  d->size = -1;
  return dbm_leave(t, d, ndbm.__db_ndbm_store(d->db, key, value, how) < 0 ? "cannot add item to database" : NULL) ? 0 : -1;
}

static int dbm_setitem(Thread *t, Value self, Value key, Value value) {
  Datum name, content;
  if (!datum_of_mapping(t, key, "keys", &name)) return -1;
  if (v_is_null(value)) return delete_key(t, v_dbm(self), key, name);
  if (!datum_of_mapping(t, value, "elements", &content)) return -1;
  return store(t, v_dbm(self), name, content, STORE_REPLACE);
}

static int dbm_contains(Thread *t, Value self, Value key) {
  Dbm *d = v_dbm(self);
  Datum datum;
  if (!dbm_enter(t, d)) return -1;
  mutex_unlock(&d->lock);
  if (!v_is_str(key) && !v_is_bytes(key)) return raise_type_error(t, "dbm key must be bytes or string, not %.100T", key), -1;
  if (!datum_get(t, key, "argument", &datum) || !dbm_enter(t, d)) return -1;
  bool there = ndbm.__db_ndbm_fetch(d->db, datum).data;
  mutex_unlock(&d->lock);
  return there;
}

// --- Methods ----------------------------------------------------------------------------------------------------------------------

static void dbm_close_handle(Dbm *d) {
  if (d->db) ndbm.__db_ndbm_close(d->db);
  d->db = NULL;
}

static NATIVE(dbm_close) {
  mutex_lock(t, &v_dbm(self)->lock);
  dbm_close_handle(v_dbm(self));
  mutex_unlock(&v_dbm(self)->lock);
  return V_NONE;
}

static NATIVE(dbm_keys) {
  Dbm *d = v_dbm(self);
  Value keys = list_new(t, 0);
  if (v_is_null(keys)) return V_NULL;
  if (!dbm_enter(t, d)) {
    v_drop(t, keys);
    return V_NULL;
  }
  bool ok = true;
  for (Datum key = ndbm.__db_ndbm_firstkey(d->db); ok && key.data; key = ndbm.__db_ndbm_nextkey(d->db)) {
    Value v = datum_bytes(t, key);
    ok = !v_is_null(v) && list_append(t, v_list(keys), v) == 0;
    v_drop(t, v);
  }
  mutex_unlock(&d->lock);
  if (ok) return keys;
  v_drop(t, keys);
  return V_NULL;
}

static NATIVE(dbm_get) {
  Datum key;
  if (!datum_get(t, args[0], "get() argument 1", &key)) return V_NULL;
  Value v = fetch(t, v_dbm(self), key);
  return !v_is_null(v) || error_pending(t) ? v : v_own(t, v_is_absent(args[1]) ? V_NONE : args[1]);
}

static NATIVE(dbm_setdefault) {
  Datum key, content;
  if (!datum_get(t, args[0], "setdefault() argument 1", &key)) return V_NULL;
  Value v = fetch(t, v_dbm(self), key), value = v_is_absent(args[1]) ? bytes_empty : args[1];
  if (!v_is_null(v) || error_pending(t)) return v;
  if (!datum_of_mapping(t, value, "elements", &content)) return V_NULL;
  return store(t, v_dbm(self), key, content, STORE_INSERT) < 0 ? V_NULL : v_own(t, value);
}

static NATIVE(dbm_context_enter) { return v_own(t, self); }

static void dbm_dealloc(Thread *t, Object *o) {
  dbm_close_handle((Dbm *)o);
  heap_free_object(t, o);
}

// --- The module -------------------------------------------------------------------------------------------------------------------

static const NativeDef dbm_methods[] = {
    {"close($self, /)", dbm_close, "Closes the database; a second time does nothing.", 0},
    {"keys($self, /)", dbm_keys, "A list of all keys, as bytes.", 0},
    {"get($self, key, default=None, /)", dbm_get, "The value of a key, or the default.", NATIVE_TAKES_CLASS},
    {"setdefault($self, key, default=b'', /)", dbm_setdefault, "The value of a key, which is stored if there is none.", NATIVE_TAKES_CLASS},
    {"__enter__($self, /)", dbm_context_enter, NULL, NATIVE_NO_SIGNATURE},
    {"__exit__($self, *args)", dbm_close, NULL, NATIVE_NO_SIGNATURE},
    {0}};
static const TypeSpec spec_dbm = {
    .name = "_dbm.dbm",
    .size = sizeof(Dbm),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.length = dbm_length, .getitem = dbm_getitem, .setitem = dbm_setitem, .contains = dbm_contains, .dealloc = dbm_dealloc},
    .methods = dbm_methods,
};

// The flags of open(2) for one of open()'s; -1: there is none such.
static int open_flags(const char *text) {
  static const struct { const char *text; int flags; } known[] = {
      {"r", O_RDONLY}, {"w", O_RDWR}, {"rw", O_RDWR | O_CREAT}, {"c", O_RDWR | O_CREAT}, {"n", O_RDWR | O_CREAT | O_TRUNC}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(known[i].text, text) == 0) return known[i].flags;
  return -1;
}

// Raises _dbm.error(errno, its text, file).
static Value raise_open(Thread *t, int error, const char *file) {
  Value text = str_from_cstr(t, strerror(error)), name = str_decode_fs(t, file, strlen(file)), e = V_NULL;
  if (!v_is_null(text) && !v_is_null(name)) e = object_call3(t, error_class, v_from_smi(error), text, name);
  if (!v_is_null(e)) raise_object(t, e);
  v_drop(t, e);
  v_drop(t, text);
  v_drop(t, name);
  return V_NULL;
}

static Value open_file(Thread *t, const char *file, int flags, int mode) {
  errno = 0;
  Handle *db = ndbm.__db_ndbm_open(file, flags, mode);
  if (!db) return raise_open(t, errno, file);
  Value v = type_dbm.slots.alloc(t, &type_dbm, 0);
  if (v_is_null(v)) {
    ndbm.__db_ndbm_close(db);
    return V_NULL;
  }
  v_dbm(v)->db = db;
  v_dbm(v)->flags = flags;
  v_dbm(v)->size = -1;
  return v;
}

static NATIVE(dbm_open) {
  const char *text = "r";
  size_t size = 1;
  if (!v_is_absent(args[1]) && !v_is_str(args[1])) return raise_type_error(t, "open() argument 2 must be str, not %K", args[1]);
  if (!v_is_absent(args[1]) && !(text = str_utf8(t, args[1], &size))) return V_NULL;
  if (strlen(text) != size) return raise_value_error(t, "embedded null character");
  int mode = v_is_absent(args[2]) ? 0666 : number_as_int(t, args[2]), flags = open_flags(text);
  if (mode == -1 && error_pending(t)) return V_NULL;
  if (flags < 0) return module_raise(t, error_class, "arg 2 to open should be 'r', 'w', 'c', or 'n'");
  Value keep = V_NULL;
  const char *file = fs_path_bytes(t, args[0], &keep);
  Value v = file ? open_file(t, file, flags, mode) : V_NULL;
  v_drop(t, keep);
  return v;
}

static const NativeDef functions[] = {
    {"open($module, filename, flags='r', mode=0o666, /)", dbm_open,
     "Opens a database. flags: r to read, w also to write, c to make it if need be, n to make an empty one.", 0},
    {0}};

static int dbm_exec(Thread *t, Value m) {
  if (LIBRARY_LOAD(t, "libdb-5.3.so", ndbm) < 0 || !type_ready(t, &type_dbm, &spec_dbm, 0)) return -1;
  if (module_add_str(t, m, "library", "Berkeley DB") < 0) return -1;
  return module_add_exception(t, m, &error_class, "_dbm", "error", &exc_OSError, NULL);
}

const ModuleDef module__dbm = {.name = "_dbm", .functions = functions, .exec = dbm_exec};
