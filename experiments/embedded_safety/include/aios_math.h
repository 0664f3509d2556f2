/* Exact IEEE 754 double functions without a library: the same bits as .NET's Math on every target. */
#ifndef AIOS_MATH_H
#define AIOS_MATH_H

#include <stdbool.h>
#include <stdint.h>

uint64_t aios_bits(double value);
bool aios_is_finite(double value);
double aios_abs(double value);
double aios_max(double a, double b); /* NaN when one is, +0 above -0 */
double aios_min(double a, double b);
double aios_clamp(double value, double least, double most);
double aios_sqrt(double value);      /* correctly rounded; integers only */

#endif
