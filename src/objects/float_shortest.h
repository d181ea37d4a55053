// The shortest decimal that reads back as a given double.
#ifndef WEFT_OBJECTS_FLOAT_SHORTEST_H
#define WEFT_OBJECTS_FLOAT_SHORTEST_H

enum { FLOAT_SHORTEST_MAX = 17 };

// d finite and not zero, its sign ignored: |d| is about 0.DIGITS * 10**(*point). The number of digits, 1 to 17, of which the last is not 0; of
// the decimals as short the one nearest to d.
int double_shortest(double d, char digits[FLOAT_SHORTEST_MAX], int *point);

#endif
