// Reading and writing location tables.
#include "code/linetable.h"

enum { KIND_ONE_LINE = 10, KIND_LINE_ONLY = 13, KIND_LONG = 14, KIND_NONE = 15 };

// ---- reading -----------------------------------------------------------------------------------------------------------------------

void linetable_begin(LineCursor *c, const void *table, size_t size, int firstlineno) {
  c->p = table;
  c->limit = c->p + size;
  c->line = (uint32_t)firstlineno;
  c->entry = (LineEntry){0, 0, -1, -1, -1, -1};
}

static bool read_varint(LineCursor *c, uint32_t *out) {
  uint32_t value = 0;
  for (int shift = 0; c->p < c->limit; shift += 6) {
    uint8_t byte = *c->p++;
    if (shift < 32) value |= (uint32_t)(byte & 63) << shift;
    if (!(byte & 64)) {
      *out = value;
      return true;
    }
  }
  return false;
}

static bool read_signed(LineCursor *c, uint32_t *out) {
  uint32_t u;
  if (!read_varint(c, &u)) return false;
  *out = u & 1 ? 0u - (u >> 1) : u >> 1;
  return true;
}

static bool read_long(LineCursor *c, LineEntry *e) {
  uint32_t delta, lines, column, end_column;
  if (!read_signed(c, &delta) || !read_varint(c, &lines) || !read_varint(c, &column) || !read_varint(c, &end_column)) return false;
  c->line += delta;
  e->line = (int)c->line;
  e->end_line = (int)(c->line + lines);
  e->column = (int)(column - 1);
  e->end_column = (int)(end_column - 1);
  return true;
}

bool linetable_next(LineCursor *c) {
  LineEntry *e = &c->entry;
  if (c->p >= c->limit) return false;
  uint8_t head = *c->p++;
  int kind = head >> 3 & 15;
  e->start = e->end;
  e->end += 2 * ((head & 7) + 1);
  e->column = e->end_column = -1;
  switch (kind) {
    case KIND_NONE:
      e->line = e->end_line = -1;
      return true;
    case KIND_LONG:
      return read_long(c, e);
    case KIND_LINE_ONLY: {
      uint32_t delta;
      if (!read_signed(c, &delta)) return false;
      c->line += delta;
      e->line = e->end_line = (int)c->line;
      return true;
    }
    case KIND_ONE_LINE: case KIND_ONE_LINE + 1: case KIND_ONE_LINE + 2:
      if (c->limit - c->p < 2) return false;
      c->line += (uint32_t)(kind - KIND_ONE_LINE);
      e->line = e->end_line = (int)c->line;
      e->column = *c->p++;
      e->end_column = *c->p++;
      return true;
    default: {
      if (c->p >= c->limit) return false;
      uint8_t low = *c->p++;
      e->line = e->end_line = (int)c->line;
      e->column = kind << 3 | low >> 4;
      e->end_column = e->column + (low & 15);
      return true;
    }
  }
}

// ---- writing -----------------------------------------------------------------------------------------------------------------------

static uint8_t *write_varint(uint8_t *p, uint32_t value) {
  for (; value >= 64; value >>= 6) *p++ = (uint8_t)(64 | (value & 63));
  *p++ = (uint8_t)value;
  return p;
}

static uint8_t *write_signed(uint8_t *p, int value) {
  uint32_t magnitude = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
  return write_varint(p, magnitude << 1 | (value < 0));
}

static uint8_t *write_head(uint8_t *p, int kind, int units) {
  *p = (uint8_t)(128 | kind << 3 | (units - 1));
  return p + 1;
}

size_t linetable_write(uint8_t *out, const LineEntry *e, int units, int *line) {
  if (e->line < 0) return (size_t)(write_head(out, KIND_NONE, units) - out);
  int delta = e->line - *line;
  *line = e->line;
  bool one_line = e->end_line == e->line;
  uint8_t *p;
  if (e->column < 0 || e->end_column < 0) {
    if (one_line || e->end_line == -1) {
      p = write_head(out, KIND_LINE_ONLY, units);
      return (size_t)(write_signed(p, delta) - out);
    }
  } else if (one_line) {
    int width = e->end_column - e->column;
    if (delta == 0 && e->column < 80 && width >= 0 && width < 16) {
      p = write_head(out, e->column >> 3, units);
      *p++ = (uint8_t)((e->column & 7) << 4 | width);
      return (size_t)(p - out);
    }
    if (delta >= 0 && delta < 3 && e->column < 128 && e->end_column < 128) {
      p = write_head(out, KIND_ONE_LINE + delta, units);
      *p++ = (uint8_t)e->column;
      *p++ = (uint8_t)e->end_column;
      return (size_t)(p - out);
    }
  }
  p = write_head(out, KIND_LONG, units);
  p = write_signed(p, delta);
  p = write_varint(p, (uint32_t)(e->end_line - e->line));
  p = write_varint(p, (uint32_t)(e->column + 1));
  p = write_varint(p, (uint32_t)(e->end_column + 1));
  return (size_t)(p - out);
}
