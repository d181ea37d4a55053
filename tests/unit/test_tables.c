// Unit tests of a code object's two tables: exception entries and locations, written and read back, and any bytes read safely.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "code/exctable.h"
#include "code/linetable.h"

// --- The exception table ----------------------------------------------------------------------------------------------------------

// Of `try: f() except: g()` in python3.11: units 2-8 go to 10, units 10-15 to 17 with the stack one deep and lasti pushed.
static void test_bytes_are_those_of_3_11(void **state) {
  (void)state;
  const ExceptionEntry entries[] = {{4, 18, 20, 0, false}, {20, 32, 34, 1, true}};
  uint8_t bytes[2 * EXCTABLE_ENTRY_MAX];
  size_t n = 0;
  for (size_t i = 0; i < 2; i++) n += exctable_write(bytes + n, &entries[i]);
  const uint8_t wanted[] = {0x82, 7, 10, 0, 0x8a, 6, 17, 3};
  assert_int_equal(n, sizeof wanted);
  assert_memory_equal(bytes, wanted, n);
}

static void test_entries_come_back(void **state) {
  (void)state;
  const ExceptionEntry entries[] = {
      {0, 2, 1000, 0, false}, {2, 130, 140, 3, true}, {200, 200000, 8, 70, false}, {200000, 2000000, 4000000, 31, true}};
  enum { N = sizeof entries / sizeof *entries };
  uint8_t bytes[N * EXCTABLE_ENTRY_MAX];
  size_t n = 0;
  for (size_t i = 0; i < N; i++) n += exctable_write(bytes + n, &entries[i]);
  const uint8_t *p = bytes;
  ExceptionEntry e;
  for (size_t i = 0; i < N; i++) {
    assert_true(exctable_next(&p, bytes + n, &e));
    assert_int_equal(e.start, entries[i].start);
    assert_int_equal(e.end, entries[i].end);
    assert_int_equal(e.target, entries[i].target);
    assert_int_equal(e.depth, entries[i].depth);
    assert_int_equal(e.push_lasti, entries[i].push_lasti);
  }
  assert_false(exctable_next(&p, bytes + n, &e));
}

static void test_find_takes_start_and_leaves_end(void **state) {
  (void)state;
  const ExceptionEntry entries[] = {{4, 18, 20, 0, false}, {30, 34, 40, 2, true}};
  uint8_t bytes[2 * EXCTABLE_ENTRY_MAX];
  size_t n = 0;
  for (size_t i = 0; i < 2; i++) n += exctable_write(bytes + n, &entries[i]);
  ExceptionEntry e;
  assert_false(exctable_find(bytes, n, 2, &e));
  assert_true(exctable_find(bytes, n, 4, &e) && e.target == 20);
  assert_true(exctable_find(bytes, n, 16, &e) && e.target == 20);
  assert_false(exctable_find(bytes, n, 18, &e));
  assert_true(exctable_find(bytes, n, 32, &e) && e.target == 40 && e.depth == 2 && e.push_lasti);
  assert_false(exctable_find(bytes, n, 34, &e));
  assert_false(exctable_find(bytes, 0, 4, &e));
}

// --- The location table -----------------------------------------------------------------------------------------------------------

static bool same_location(const LineEntry *a, const LineEntry *b) {
  return a->line == b->line && a->end_line == b->end_line && a->column == b->column && a->end_column == b->end_column;
}

static void test_locations_come_back(void **state) {
  (void)state;
  const struct { LineEntry where; int units; } entries[] = {
      {{.line = 10, .end_line = 10, .column = 0, .end_column = 5}, 1},       // short
      {{.line = 10, .end_line = 10, .column = 79, .end_column = 90}, 8},     // short, the last column it holds
      {{.line = 11, .end_line = 11, .column = 100, .end_column = 120}, 3},   // one line
      {{.line = 12, .end_line = 40, .column = 3, .end_column = 900}, 2},     // long
      {{.line = 9, .end_line = 9, .column = -1, .end_column = -1}, 4},       // line only, backwards
      {{.line = -1, .end_line = -1, .column = -1, .end_column = -1}, 5},     // none
      {{.line = 100000, .end_line = 100000, .column = 4, .end_column = 8}, 1},
  };
  enum { N = sizeof entries / sizeof *entries };
  uint8_t bytes[N * LINETABLE_ENTRY_MAX];
  size_t n = 0;
  int line = 7;
  for (size_t i = 0; i < N; i++) n += linetable_write(bytes + n, &entries[i].where, entries[i].units, &line);
  LineCursor c;
  int offset = 0;
  linetable_begin(&c, bytes, n, 7);
  for (size_t i = 0; i < N; i++) {
    assert_true(linetable_next(&c));
    assert_int_equal(c.entry.start, offset);
    offset += 2 * entries[i].units;
    assert_int_equal(c.entry.end, offset);
    assert_true(same_location(&c.entry, &entries[i].where));
  }
  assert_false(linetable_next(&c));
}

// --- Bytes that no compiler wrote --------------------------------------------------------------------------------------------------

static void test_any_bytes_are_read_to_an_end(void **state) {
  (void)state;
  uint32_t random = 12345;
  for (int round = 0; round < 20000; round++) {
    uint8_t bytes[40];
    size_t n = (size_t)round % sizeof bytes, entries = 0;
    for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)((random = random * 1664525 + 1013904223) >> 24);
    const uint8_t *p = bytes;
    ExceptionEntry e;
    while (exctable_next(&p, bytes + n, &e)) assert_true(++entries <= n && p <= bytes + n);
    exctable_find(bytes, n, (int)(random % 200), &e);
    LineCursor c;
    linetable_begin(&c, bytes, n, 1);
    for (entries = 0; linetable_next(&c);) assert_true(++entries <= n);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_bytes_are_those_of_3_11), cmocka_unit_test(test_entries_come_back),
      cmocka_unit_test(test_find_takes_start_and_leaves_end), cmocka_unit_test(test_locations_come_back),
      cmocka_unit_test(test_any_bytes_are_read_to_an_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
