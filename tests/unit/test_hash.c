// Unit tests of the hash of text and bytes: values of CPython 3.11 under fixed seeds, seed parsing, agreement across objects.
#include "object_layer.h"

typedef struct Expected { const char *text; size_t n; int64_t h; } Expected;

static void check(const Expected *e, size_t n) {
  for (size_t i = 0; i < n; i++) assert_int_equal(hash_bytes(e[i].text, e[i].n), e[i].h);
}

static void test_known_values(void **state) {
  (void)state;
  static const Expected seed0[] = {
      {"a", 1, 4644417185603328019},
      {"abc", 3, -4594863902769663758},
      {"", 0, 0},
      {"1234567", 7, -6684075128579576191},
      {"12345678", 8, 3785724242978802311},
      {"123456789", 9, 1133797698992234447},
      {"hello world, this is long", 25, 7650859633215404784},
      {"\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017\020\021\022\023\024\025\026\027\030\031\032\033\034\035\036\037 !\042#$%&'", 39, 4947388347078760915},
  };
  static const Expected seed42[] = {
      {"a", 1, -123207753977932514},
      {"abc", 3, 3869580338025362921},
      {"", 0, 0},
      {"1234567", 7, -853774631325626194},
      {"12345678", 8, -8868897825882322955},
      {"123456789", 9, 3225367667942831172},
      {"hello world, this is long", 25, -1199649544206272706},
      {"\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017\020\021\022\023\024\025\026\027\030\031\032\033\034\035\036\037 !\042#$%&'", 39, 886097881583327247},
  };
  assert_true(hash_init("0"));
  check(seed0, sizeof seed0 / sizeof *seed0);
  assert_true(hash_init("42"));
  check(seed42, sizeof seed42 / sizeof *seed42);
  assert_true(hash_init("0"));
}

static void test_seeds(void **state) {
  (void)state;
  assert_true(hash_init("4294967295"));
  assert_int_not_equal(hash_bytes("abc", 3), 0);
  assert_false(hash_init("4294967296"));
  assert_false(hash_init("x"));
  assert_false(hash_init("1x"));
  assert_false(hash_init("99999999999999999999"));
  assert_true(hash_init(NULL));
  int64_t random1 = hash_bytes("abc", 3);
  assert_true(hash_init("random"));
  assert_int_not_equal(hash_bytes("abc", 3), random1);
  assert_true(hash_init("0"));
}

static void test_objects(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value text = str_from_cstr(t, "hello"), bytes = bytes_from(t, "hello", 5), sub = str_slice(t, text, 0, 4), append = str_append(t, sub, str_from_char(t, 'o'));
  assert_int_equal(object_hash(t, text), hash_bytes("hello", 5));
  assert_int_equal(object_hash(t, bytes), hash_bytes("hello", 5));
  assert_int_equal(object_hash(t, append), hash_bytes("hello", 5));
  assert_int_equal(object_hash(t, str_empty), 0);
  assert_int_equal(object_hash(t, bytes_empty), 0);
  v_drop(t, text), v_drop(t, bytes), v_drop(t, append);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_known_values), cmocka_unit_test(test_seeds), cmocka_unit_test(test_objects)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
