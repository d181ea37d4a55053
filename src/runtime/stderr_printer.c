// A text stream straight onto descriptor 2: it buffers nothing, so it has no state and needs no lock.
#include "runtime/stderr_printer.h"

#include <errno.h>
#include <unistd.h>

#include "gc/heap.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/type.h"
#include "system/sys_state.h"

enum { DESCRIPTOR = 2 };

static Type type_stderr_printer;

#define METHOD(name) static Value printer_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

METHOD(write) {
  UNUSED;
  if (!v_is_str(args[0])) return raise_type_error(t, "write() argument 1 must be str, not %T", args[0]);
  Value bytes = str_encode(t, args[0], "utf-8", "backslashreplace");
  if (v_is_null(bytes)) return V_NULL;
  const Bytes *b = v_bytes(bytes);
  ssize_t n = 0;
  for (int64_t done = 0; n >= 0 && done < b->length; done += n) {
    n = write(DESCRIPTOR, b->data + done, (size_t)(b->length - done));
    if (n < 0 && errno == EINTR) n = 0;
  }
  v_drop(t, bytes);
  return n < 0 && errno != EAGAIN ? raise_errno(t, errno, V_NULL, V_NULL) : v_from_smi(str_length(v_str(args[0])));
}

METHOD(fileno) { UNUSED; return v_from_smi(DESCRIPTOR); }
METHOD(isatty) { UNUSED; return v_from_bool(isatty(DESCRIPTOR)); }
METHOD(nothing) { UNUSED; return V_NONE; }

static Value get_closed(Thread *t, Value self, void *closure) { return (void)t, (void)self, (void)closure, V_FALSE; }
static Value get_encoding(Thread *t, Value self, void *closure) { return (void)t, (void)self, (void)closure, V_NONE; }
static Value get_mode(Thread *t, Value self, void *closure) { return (void)t, (void)self, (void)closure, N(w); }

static const NativeDef methods[] = {
    {"close($self, /)", printer_nothing, "Does nothing: the descriptor stays open.", 0},
    {"flush($self, /)", printer_nothing, "Does nothing: there is no buffer.", 0},
    {"fileno($self, /)", printer_fileno, "The file descriptor.", 0},
    {"isatty($self, /)", printer_isatty, "Whether the descriptor is a terminal.", 0},
    {"write($self, text, /)", printer_write, "Writes text in UTF-8, what cannot be encoded as an escape.", 0},
    {0},
};
static const GetSetDef getset[] = {
    {"closed", get_closed, NULL, "False.", NULL}, {"encoding", get_encoding, NULL, "None.", NULL}, {"mode", get_mode, NULL, "'w'.", NULL}, {0}};
static const TypeSpec spec = {
    .name = "stderrprinter", .size = sizeof(Object), .flags = TYPE_NO_INSTANTIATE, .methods = methods, .getset = getset};

bool stderr_printer_init(Thread *t) {
  if (!type_ready(t, &type_stderr_printer, &spec, 0)) return false;
  Object *o = heap_new_object(t, type_stderr_printer.shape, sizeof(Object));
  if (!o) return raise_no_memory(t), false;
  Value printer = v_steal_obj(o);
  bool ok = sys_set(t, N(stderr), printer) == 0 && sys_set(t, N(__stderr__), printer) == 0;
  v_drop(t, printer);
  return ok;
}
