// Unit tests of classes: MRO, resolved attributes and their kinds, flushing, slots filled from dunders, readied builtin types.
#include "object_layer.h"

#include "objects/function.h"
#include "objects/mro.h"
#include "objects/property.h"
#include "objects/shape.h"
#include "objects/type_slots.h"

static int flushes;
static uint32_t watched;
static bool watched_flushed;

static void count_flush(Thread *t) {
  (void)t;
  flushes++;
  watched_flushed = shape_is_flushing(watched);
}

static AttrKind kind_of(Value class, const char *name) {
  Thread *t = object_layer();
  Type *type = v_as_type(class);
  int32_t i = type_attr_index(t, type, name_of(name));
  assert_true(i >= 0);
  return ((TypeAttrs *)aptr_load_acq(&type->attrs))->items[i].kind;
}

static Value subclass(const char *name, Value base) { return make_class(name, tuple_pack(object_layer(), 1, base), dict_new(object_layer())); }

// ---- MRO -------------------------------------------------------------------------------------------------------------------------

static void test_diamond(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value a = plain_class("A"), b = subclass("B", a), c = subclass("C", a);
  Value d = make_class("D", tuple_pack(t, 2, b, c), dict_new(t));
  const Tuple *mro = v_tuple(v_as_type(d)->mro);
  assert_int_equal(mro->length, 5);
  const Value expected[] = {d, b, c, a, v_from_obj(&type_object)};
  for (int i = 0; i < 5; i++) assert_true(v_is(mro->items[i], expected[i]));
  assert_true(type_is_subtype(v_as_type(d), v_as_type(c)));
  assert_false(type_is_subtype(v_as_type(b), v_as_type(c)));
  assert_true(v_is_null(make_class("X", tuple_pack(t, 2, a, b), dict_new(t))));
  assert_raised(&exc_TypeError, "Cannot create a consistent method resolution\norder (MRO) for bases A, B");
  assert_true(v_is_null(make_class("X", tuple_pack(t, 2, a, a), dict_new(t))));
  assert_raised(&exc_TypeError, "duplicate base class A");
  v_drop(t, a), v_drop(t, b), v_drop(t, c), v_drop(t, d);
}

static void test_layout_conflict(void **state) {
  (void)state;
  Thread *t = object_layer();
  assert_true(v_is_null(make_class("X", tuple_pack(t, 2, v_from_obj(&type_int), v_from_obj(&type_str)), dict_new(t))));
  assert_raised(&exc_TypeError, "multiple bases have instance lay-out conflict");
  assert_true(v_is_null(make_class("X", tuple_pack(t, 1, v_from_obj(&type_bool)), dict_new(t))));
  assert_raised(&exc_TypeError, "type 'bool' is not an acceptable base type");
}

// ---- resolved attributes ---------------------------------------------------------------------------------------------------------

static void test_value_replacement_needs_no_flush(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value a = plain_class("A"), b = subclass("B", a), x = object_call0(t, b);
  object_setattr(t, a, name_of("n"), v_from_smi(1));
  assert_int_equal(kind_of(b, "n"), ATTR_PLAIN);
  int before = flushes;
  for (int i = 2; i < 100; i++) {
    object_setattr(t, a, name_of("n"), v_from_smi(i));
    assert_int_attr(b, "n", i);
    assert_int_attr(x, "n", i);
  }
  assert_int_equal(flushes, before);
  object_setattr(t, b, name_of("n"), v_from_smi(-1));   // hides A's
  object_setattr(t, a, name_of("n"), v_from_smi(0));
  assert_int_attr(x, "n", -1);
  assert_int_attr(a, "n", 0);
  assert_int_equal(flushes, before);
  object_setattr(t, b, name_of("n"), V_NULL);
  assert_int_attr(x, "n", 0);
  // A name without an entry needs no flush either.
  object_setattr(t, a, name_of("unheard_of"), v_from_smi(0));
  assert_int_equal(flushes, before);
  v_drop(t, x), v_drop(t, a), v_drop(t, b);
}

static void test_change_of_kind_flushes(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value a = plain_class("A"), b = subclass("B", a);
  watched = v_as_type(b)->shape;
  assert_int_equal(kind_of(b, "p"), ATTR_ABSENT);
  int before = flushes;
  object_setattr(t, a, name_of("p"), v_from_smi(1));
  assert_int_equal(flushes, before + 1);
  assert_true(watched_flushed);
  assert_false(shape_is_flushing(watched));
  assert_int_equal(kind_of(b, "p"), ATTR_PLAIN);
  Value property = object_call0(t, v_from_obj(&type_property));
  object_setattr(t, a, name_of("p"), property);
  assert_int_equal(kind_of(b, "p"), ATTR_PROPERTY);
  assert_int_equal(flushes, before + 2);
  object_setattr(t, a, name_of("p"), V_NULL);
  assert_int_equal(kind_of(b, "p"), ATTR_ABSENT);
  assert_int_equal(flushes, before + 3);
  v_drop(t, property), v_drop(t, a), v_drop(t, b);
}

static void test_many_names(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value a = plain_class("A");
  char name[16];
  for (int i = 0; i < 300; i++) {
    snprintf(name, sizeof name, "n%d", i);
    object_setattr(t, a, name_of(name), v_from_smi(i));
  }
  for (int i = 0; i < 300; i++) {
    snprintf(name, sizeof name, "n%d", i);
    assert_int_attr(a, name, i);
  }
  v_drop(t, a);
}

// V's instances are descriptors from the moment that V gets __get__: every class that holds one must notice.
static Value answer(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)t, (void)self, (void)args, (void)nargs, (void)kwnames;
  return v_from_smi(42);
}
static const NativeDef answer_def = {"answer($self, /, *args, **kwargs)", answer, NULL, NATIVE_RAW};

static void test_class_becomes_descriptor(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v_class = plain_class("V"), c = plain_class("C"), v = object_call0(t, v_class), x = object_call0(t, c);
  object_setattr(t, c, name_of("v"), v);
  assert_int_equal(kind_of(c, "v"), ATTR_PLAIN);
  Value got = object_getattr(t, x, name_of("v"));
  assert_true(v_is(got, v));
  v_drop(t, got);
  int before = flushes;
  Value native = native_new(t, &answer_def, V_NONE, V_NULL), wrapped = staticmethod_new(t, native);
  object_setattr(t, v_class, N(__get__), wrapped);
  assert_true(flushes > before);
  assert_int_equal(kind_of(c, "v"), ATTR_NONDATA);
  assert_int_attr(x, "v", 42);
  object_setattr(t, v_class, N(__get__), V_NULL);
  assert_int_equal(kind_of(c, "v"), ATTR_PLAIN);
  v_drop(t, native), v_drop(t, wrapped), v_drop(t, v), v_drop(t, x), v_drop(t, v_class), v_drop(t, c);
}

// ---- slots -----------------------------------------------------------------------------------------------------------------------

static void test_dunders_fill_slots(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value a = plain_class("A"), b = subclass("B", a);
  Value native = native_new(t, &answer_def, V_NONE, V_NULL), method = staticmethod_new(t, native);
  assert_null(v_as_type(b)->slots.length);
  object_setattr(t, a, N(__len__), method);
  assert_ptr_equal(v_as_type(b)->slots.length, slot_generic_length);
  Value x = object_call0(t, b);
  assert_int_equal(object_length(t, x), 42);
  object_setattr(t, a, N(__len__), V_NULL);
  assert_null(v_as_type(b)->slots.length);
  // A class over list keeps list's C functions, until it overrides one.
  Value l = subclass("L", v_from_obj(&type_list));
  assert_ptr_equal(v_as_type(l)->slots.getitem, type_list.slots.getitem);
  assert_null(v_as_type(l)->slots.add);
  assert_ptr_equal(v_as_type(l)->slots.concat, type_list.slots.concat);
  object_setattr(t, l, N(__getitem__), method);
  assert_ptr_equal(v_as_type(l)->slots.getitem, slot_generic_getitem);
  object_setattr(t, l, N(__getitem__), V_NULL);
  assert_ptr_equal(v_as_type(l)->slots.getitem, type_list.slots.getitem);
  v_drop(t, native), v_drop(t, method), v_drop(t, x), v_drop(t, a), v_drop(t, b), v_drop(t, l);
}

static void test_equality_without_hash(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value native = native_new(t, &answer_def, V_NONE, V_NULL), dict = dict_new(t);
  dict_set_steal(t, v_dict(dict), N(__eq__), native);
  Value a = make_class("A", v_own(t, tuple_empty), dict), x = object_call0(t, a);
  assert_int_equal(object_hash(t, x), -1);
  assert_raised(&exc_TypeError, "unhashable type: 'A'");
  v_drop(t, x), v_drop(t, a);
}

static void test_builtin_classes_are_immutable(void **state) {
  (void)state;
  Thread *t = object_layer();
  assert_int_equal(object_setattr(t, v_from_obj(&type_int), name_of("x"), V_NONE), -1);
  assert_raised(&exc_TypeError, "cannot set 'x' attribute of immutable type 'int'");
  Value add = object_getattr(t, v_from_obj(&type_int), N(__add__)), text = object_repr(t, add);
  assert_string_equal(str_utf8(t, text, NULL), "<slot wrapper '__add__' of 'int' objects>");
  v_drop(t, add), v_drop(t, text);
}

static void test_subclasses(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value a = plain_class("A"), b = subclass("B", a), c = subclass("C", a);
  Value list = type_list_subclasses(t, v_as_type(a));
  assert_int_equal(list_length(v_list(list)), 2);
  Value first = list_get(t, v_list(list), 0);
  assert_true(v_is(first, b));
  v_drop(t, first), v_drop(t, list), v_drop(t, a), v_drop(t, b), v_drop(t, c);
}

static void test_new_bases(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value a = plain_class("A"), b = plain_class("B"), c = subclass("C", a), d = subclass("D", c), x = object_call0(t, d);
  object_setattr(t, a, name_of("n"), v_from_smi(1));
  object_setattr(t, b, name_of("n"), v_from_smi(2));
  assert_int_attr(x, "n", 1);
  Value bases = tuple_pack(t, 1, b);
  assert_int_equal(object_setattr(t, c, N(__bases__), bases), 0);
  assert_int_attr(x, "n", 2);
  assert_true(type_is_subtype(v_as_type(d), v_as_type(b)));
  assert_false(type_is_subtype(v_as_type(d), v_as_type(a)));
  v_drop(t, bases);
  bases = tuple_pack(t, 1, d);
  assert_int_equal(object_setattr(t, c, N(__bases__), bases), -1);
  assert_raised(&exc_TypeError, "a __bases__ item causes an inheritance cycle");
  v_drop(t, bases), v_drop(t, x), v_drop(t, a), v_drop(t, b), v_drop(t, c), v_drop(t, d);
}

// ---- threads ---------------------------------------------------------------------------------------------------------------------

static Value shared_class, shared_instance;
static a32 finished;

static void write_class(Thread *t, void *arg) {
  (void)arg;
  Value key = str_intern_cstr(t, "n");
  for (int i = 0; i < 300; i++) {
    Value v = i % 7 == 0 ? object_call0(t, v_from_obj(&type_property)) : tuple_pack(t, 1, v_from_smi(i));
    if (object_setattr(t, shared_class, key, v) < 0) abort();
    v_drop(t, v);
    if (safepoint(t) < 0) abort();
  }
  a32_store_rel(&finished, 1);
}

static void read_class(Thread *t, void *arg) {
  (void)arg;
  Value key = str_intern_cstr(t, "n");
  while (!a32_load_acq(&finished)) {
    Value v;
    if (object_lookup_attr(t, shared_class, key, &v) > 0) {
      if (v_is_tuple(v) && !v_is_smi(v_tuple(v)->items[0])) abort();
      v_drop(t, v);
    }
    if (object_lookup_attr(t, shared_instance, key, &v) < 0) error_clear(t);
    else v_drop(t, v);
    if (safepoint(t) < 0) abort();
  }
}

static void test_threads_read_while_one_writes(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value base = plain_class("A");
  shared_class = subclass("B", base);
  shared_instance = object_call0(t, shared_class);
  a32_store_rel(&finished, 0);
  Helper helpers[3];
  for (int i = 0; i < 3; i++) helper_start(&helpers[i], i == 0 ? write_class : read_class, NULL);
  for (int i = 0; i < 3; i++) helper_join(&helpers[i]);
  v_drop(t, shared_instance), v_drop(t, shared_class), v_drop(t, base);
}

int main(void) {
  shape_flush_hook = count_flush;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_diamond), cmocka_unit_test(test_layout_conflict), cmocka_unit_test(test_value_replacement_needs_no_flush),
      cmocka_unit_test(test_change_of_kind_flushes), cmocka_unit_test(test_many_names), cmocka_unit_test(test_class_becomes_descriptor),
      cmocka_unit_test(test_dunders_fill_slots), cmocka_unit_test(test_equality_without_hash),
      cmocka_unit_test(test_builtin_classes_are_immutable), cmocka_unit_test(test_subclasses), cmocka_unit_test(test_new_bases),
      cmocka_unit_test(test_threads_read_while_one_writes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
