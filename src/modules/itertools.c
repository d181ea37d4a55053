// The module itertools: its types are made in the files itertools_*.c.
#include "modules/itertools.h"

#include "objects/module.h"

Value itertools_reduced(Thread *t, Value self, Value call, Value state, bool with_state) {
  Value result = V_NULL;
  if (!v_is_null(call) && !(with_state && v_is_null(state))) {
    Value type = v_from_obj(v_type(self));
    result = with_state ? tuple_pack(t, 3, type, call, state) : tuple_pack(t, 2, type, call);
  }
  v_drop(t, call);
  v_drop(t, state);
  return result;
}

int itertools_check_state(Thread *t, Value state, int64_t min, int64_t max) {
  if (!v_is_tuple(state)) {
    raise_type_error(t, "state is not a tuple");
    return -1;
  }
  int64_t n = v_tuple(state)->length, bound = n < min ? min : max;
  if (n >= min && n <= max) return 0;
  raise_type_error(t, "function takes %s %lld argument%s (%lld given)", min == max ? "exactly" : n < min ? "at least" : "at most", (long long)bound,
                   bound == 1 ? "" : "s", (long long)n);
  return -1;
}

static const NativeDef itertools_functions[] = {
    {"tee($module, iterable, n=2, /)", itertools_tee,
     "Returns a tuple of n independent iterators over the items of one iterable.", NATIVE_RAW},
    {0},
};

static int itertools_exec(Thread *t, Value module) {
  if (!itertools_endless_init(t) || !itertools_select_init(t) || !itertools_compute_init(t) || !itertools_combine_init(t) ||
      !itertools_group_init(t)) {
    return -1;
  }
  Type *const types[] = {
      &type_itertools_accumulate, &type_itertools_chain,    &type_itertools_combinations, &type_itertools_combinations_with_replacement,
      &type_itertools_compress,   &type_itertools_count,    &type_itertools_cycle,        &type_itertools_dropwhile,
      &type_itertools_filterfalse, &type_itertools_groupby, &type_itertools_grouper,      &type_itertools_islice,
      &type_itertools_pairwise,   &type_itertools_permutations, &type_itertools_product,  &type_itertools_repeat,
      &type_itertools_starmap,    &type_itertools_takewhile, &type_itertools_tee,         &type_itertools_tee_dataobject,
      &type_itertools_zip_longest,
  };
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (module_add_type(t, module, types[i]) < 0) return -1;
  }
  return 0;
}

const ModuleDef module_itertools = {
    .name = "itertools",
    .doc = "Building blocks for loops: iterators that count, select, combine and group.",
    .functions = itertools_functions,
    .exec = itertools_exec,
};
