#include "aios_math.h"

typedef union {
    double value;
    uint64_t bits;
} pun_t;

static double from_bits(uint64_t bits)
{
    pun_t pun;
    pun.bits = bits;
    return pun.value;
}

uint64_t aios_bits(double value)
{
    pun_t pun;
    pun.value = value;
    return pun.bits;
}

bool aios_is_finite(double value)
{
    return ((aios_bits(value) >> 52) & 0x7FFu) != 0x7FFu;
}

static bool is_nan(double value)
{
    return (aios_bits(value) & 0x7FFFFFFFFFFFFFFFu) > 0x7FF0000000000000u;
}

static bool is_negative(double value)
{
    return (aios_bits(value) >> 63) != 0u;
}

double aios_abs(double value)
{
    return from_bits(aios_bits(value) & 0x7FFFFFFFFFFFFFFFu);
}

double aios_max(double a, double b)
{
    double result = b;
    if (is_nan(a) || (a > b) || ((aios_abs(a) <= 0.0) && (aios_abs(b) <= 0.0) && is_negative(b))) {
        result = a;
    }
    return result;
}

double aios_min(double a, double b)
{
    double result = b;
    if (is_nan(a) || (a < b) || ((aios_abs(a) <= 0.0) && (aios_abs(b) <= 0.0) && is_negative(a))) {
        result = a;
    }
    return result;
}

double aios_clamp(double value, double least, double most)
{
    double result = value;
    if (value < least) {
        result = least;
    } else if (value > most) {
        result = most;
    } else {
        /* within, or NaN */
    }
    return result;
}

/* Digit by digit: 54 bits of the root of m * 2^54 and a remainder, then one rounding. A tie is impossible. */
static double root_of_positive(uint64_t bits)
{
    int32_t exponent = (int32_t)(bits >> 52);
    uint64_t mantissa = bits & 0xFFFFFFFFFFFFFu;
    if (exponent == 0) {
        exponent = 1;
        while ((mantissa >> 52) == 0u) {
            mantissa <<= 1;
            exponent--;
        }
    } else {
        mantissa |= (uint64_t)1 << 52;
    }
    exponent -= 1075;
    if ((exponent % 2) != 0) {
        mantissa <<= 1;
        exponent--;
    }

    uint64_t rest = 0;
    uint64_t root = 0;
    uint64_t radicand = mantissa << 10; /* 54 bits at the top */
    for (uint32_t i = 0; i < 54u; i++) {
        rest = (rest << 2) | (radicand >> 62);
        radicand <<= 2;
        const uint64_t trial = (root << 2) | 1u;
        root <<= 1;
        if (rest >= trial) {
            rest -= trial;
            root |= 1u;
        }
    }

    const uint64_t rounded = (root >> 1) + (root & 1u);
    const uint64_t biased = (uint64_t)((exponent / 2) - 26 + 1075);
    return from_bits((biased << 52) + (rounded - ((uint64_t)1 << 52)));
}

double aios_sqrt(double value)
{
    const uint64_t bits = aios_bits(value);
    double result;
    if (is_nan(value) || (aios_abs(value) <= 0.0) || (bits == 0x7FF0000000000000u)) {
        result = value;
    } else if (is_negative(value)) {
        result = from_bits(0xFFF8000000000000u);
    } else {
        result = root_of_positive(bits);
    }
    return result;
}
