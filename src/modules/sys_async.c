// sys: the hooks of asynchronous generators, and how much of a coroutine's origin is kept.
#include "modules/sys_info.h"
#include "objects/error.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "system/sys_state.h"
#include "vm/vm.h"

#define SYS(name) static Value sys_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static int check_hook(Thread *t, Value hook, const char *what) {
  if (v_is_absent_or_none(hook) || object_is_callable(hook)) return 0;
  return raise_type_error(t, "callable %s expected, got %.50T", what, hook), -1;
}

SYS(set_asyncgen_hooks) {
  UNUSED;
  if (check_hook(t, args[1], "finalizer") < 0) return V_NULL;
  if (!v_is_absent(args[1]) && sys_audit(t, "sys.set_asyncgen_hook_finalizer", V_NULL) < 0) return V_NULL;
  if (check_hook(t, args[0], "firstiter") < 0) return V_NULL;
  if (!v_is_absent(args[0]) && sys_audit(t, "sys.set_asyncgen_hook_firstiter", V_NULL) < 0) return V_NULL;
  vm_set_asyncgen_hooks(t, v_is_absent(args[0]) ? V_NULL : args[0], v_is_absent(args[1]) ? V_NULL : args[1]);
  return V_NONE;
}

static Type *hooks_type;

SYS(get_asyncgen_hooks) {
  UNUSED;
  return structseq_new(t, hooks_type, (Value[]){vm_get_asyncgen_firstiter(t), vm_get_asyncgen_finalizer(t)}, 2);
}

SYS(set_coroutine_origin_tracking_depth) {
  UNUSED;
  int depth = number_as_int(t, args[0]);
  if (depth == -1 && error_pending(t)) return V_NULL;
  if (depth < 0) return raise_value_error(t, "depth must be >= 0");
  vm_set_coroutine_origin_depth(t, depth);
  return V_NONE;
}

SYS(get_coroutine_origin_tracking_depth) {
  UNUSED;
  return v_from_smi(vm_coroutine_origin_depth(t));
}

static const NativeDef functions[] = {
    {"get_asyncgen_hooks($module, /)", sys_get_asyncgen_hooks, "The hooks for asynchronous generators.", 0},
    {"set_asyncgen_hooks($module, firstiter=None, finalizer=None)", sys_set_asyncgen_hooks, "Set hooks for async generators objects.", NATIVE_NO_SIGNATURE},
    {"get_coroutine_origin_tracking_depth($module, /)", sys_get_coroutine_origin_tracking_depth,
     "How many frames a new coroutine remembers as its origin.", 0},
    {"set_coroutine_origin_tracking_depth($module, /, depth)", sys_set_coroutine_origin_tracking_depth,
     "Says how many frames a new coroutine remembers as its origin.", 0},
    {0},
};

int sys_async_add(Thread *t, Value m) {
  static const StructSeqField fields[] = {{"firstiter", NULL}, {"finalizer", NULL}, {NULL, NULL}};
  static const StructSeqDef def = {"asyncgen_hooks", NULL, fields, 2};
  hooks_type = structseq_new_type(t, &def);
  return hooks_type ? module_add_functions(t, m, functions) : -1;
}
