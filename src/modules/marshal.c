// The marshal module: dumps, loads, dump, load.
#include "code/marshal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"

static bool get_version(Thread *t, Value v, int *out) {
  *out = v_is_absent(v) ? MARSHAL_VERSION : number_as_int(t, v);
  return !error_pending(t);
}

static Value dumps(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  int version;
  return get_version(t, args[1], &version) ? marshal_write(t, args[0], version) : V_NULL;
}

static Value dump(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  int version;
  if (!get_version(t, args[2], &version)) return V_NULL;
  Value data = marshal_write(t, args[0], version);
  if (v_is_null(data)) return V_NULL;
  Value result = object_call_method1(t, args[1], N(write), data);
  v_drop(t, data);
  return result;
}

static Value loads(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  Value v = marshal_loads(t, view.data, (size_t)view.len);
  buffer_release(t, &view);
  return v;
}

static Value load(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  Value probe = object_call_method1(t, args[0], N(read), v_from_smi(0));
  if (v_is_null(probe)) return V_NULL;
  bool is_bytes = v_is_bytes(probe);
  if (!is_bytes) raise_type_error(t, "file.read() returned not bytes but %.100T", probe);
  v_drop(t, probe);
  return is_bytes ? marshal_read_file(t, args[0]) : V_NULL;
}

static const NativeDef functions[] = {
    {"dump($module, value, file, version=version, /)", dump, "Write the value on the open file, which must be writable and binary.", 0},
    {"load($module, file, /)", load, "The object that comes next in the file; an error if it is none.", 0},
    {"dumps($module, value, version=version, /)", dumps, "Return the bytes that dump would write.", 0},
    {"loads($module, bytes, /)", loads, "Convert the bytes-like object to a value; bytes behind the value are ignored.", 0},
    {0},
};

static int exec(Thread *t, Value module) { return module_add_int(t, module, "version", MARSHAL_VERSION); }

const ModuleDef module_marshal = {
    .name = "marshal",
    .doc = "Values in a binary form, for .pyc files: numbers, strs, bytes, tuples, lists, sets, dicts, None, True, False, Ellipsis and code.\n\n"
           "The form of code objects is weft's own and changes with its version.",
    .functions = functions,
    .exec = exec,
};
