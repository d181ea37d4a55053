// Where inside a failing expression the operator or the subscript stands: the ^ among the ~ of a traceback's caret line.
#ifndef WEFT_SYSTEM_ANCHORS_H
#define WEFT_SYSTEM_ANCHORS_H

#include <stdbool.h>
#include <stddef.h>

// segment: UTF-8 text of one line's failing part. True: *left and *right are byte offsets in it, [left, right) being the operator.
bool anchors_find(const char *segment, size_t n, int *left, int *right);

#endif
