#!/usr/bin/env python3
"""Computes every constant of DetMath and prints DetMath.Tables.cs (python3 coefficients.py > DetMath.Tables.cs).

Needs mpmath. Polynomials are Chebyshev fits in 60 digits, rounded once to double;
the error of each fit, after that rounding, is printed to stderr as a power of two.
"""
import struct
import sys

from mpmath import (asin, atan, chebyfit, cos, exp, floor, ldexp, log, mp, mpf, nint, pi, polyval, sin, sqrt, tanh)

mp.dps = 60


def bits(value):
    return struct.unpack("<Q", struct.pack("<d", float(value)))[0]


def literal(value):
    return repr(float(value))


def truncated(value, lowest_bit):
    """value rounded to a multiple of 2**lowest_bit"""
    return ldexp(nint(ldexp(value, -lowest_bit)), lowest_bit)


def fit(name, function, low, high, count, relative_weight):
    """count coefficients, lowest power first; relative_weight(z) * error is the relative error of the result"""
    coefficients = [mpf(float(c)) for c in reversed(chebyfit(function, [low, high], count))]
    worst = mpf(0)
    for i in range(1, 200):
        z = low + (high - low) * mpf(i) / 200
        error = (polyval(list(reversed(coefficients)), z) - function(z)) * relative_weight(z)
        worst = max(worst, abs(error))
    print(f"{name}: 2^{float(log(worst, 2)):.1f}", file=sys.stderr)
    return coefficients


def emit_constant(name, value, note):
    print(f"    /// <summary>{note}</summary>")
    print(f"    private const double {name} = {literal(value)};")
    print()


def emit_table(name, values, note, kind="double", per_line=4):
    show = literal if kind == "double" else (lambda v: f"0x{v:016x}")
    print(f"    /// <summary>{note}</summary>")
    print(f"    private static ReadOnlySpan<{kind}> {name} =>")
    print("    [")
    for i in range(0, len(values), per_line):
        print("        " + ", ".join(show(v) for v in values[i:i + per_line]) + ",")
    print("    ];")
    print()


def emit_polynomial(name, coefficients, note):
    for i, c in enumerate(coefficients):
        print(f"    private const double {name}{i} = {literal(c)};" + (f" // {note}" if i == 0 else ""))
    print()


def trigonometry():
    high = (pi / 4 + mpf("0.001"))**2
    p = fit("sin", lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z if z else mpf(-1) / 6, mpf("1e-30"), high, 7, lambda z: z)
    emit_polynomial("Sin", p, "sin x = x + x z P(z), z = x squared, |x| up to pi/4")
    p = fit("cos", lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, mpf("1e-20"), high, 6, lambda z: z**2)
    emit_polynomial("Cos", p, "cos x = 1 - z/2 + z z P(z)")
    emit_constant("TwoOverPi", 2 / pi, "2/pi.")
    rest = pi / 2
    for i, lowest in enumerate((-32, -65, -98)):
        part = truncated(rest, lowest)
        emit_constant(f"PiOver2Part{i + 1}", part, f"pi/2 in parts: multiple of 2^{lowest}.")
        rest -= part
    emit_constant("PiOver2Part4", rest, "What the first three parts leave of pi/2.")
    emit_constant("PiOver2High", pi / 2, "pi/2 rounded.")
    emit_constant("PiOver2Low", pi / 2 - mpf(float(pi / 2)), "pi/2 less its rounded value.")
    mp.dps = 500
    fraction = 2 / pi
    words = [0]
    for _ in range(20):
        fraction = ldexp(fraction, 64)
        word = int(floor(fraction))
        words.append(word)
        fraction -= word
    mp.dps = 60
    emit_table("TwoOverPiWords", words, "One zero word, then 2/pi as a binary fraction, most significant word first.", "ulong")


def inverse_trigonometry():
    high, low = [], []
    for base, sign in ((mpf(0), 1), (pi / 2, -1), (pi / 2, 1), (pi, -1)):
        for k in range(9):
            value = base + sign * atan(mpf(k) / 8)
            high.append(mpf(float(value)))
            low.append(value - high[-1])
    emit_table("ArcHigh", high, "0 + a, pi/2 - a, pi/2 + a, pi - a for a = atan(k/8), k = 0..8, rounded.", per_line=3)
    emit_table("ArcLow", low, "What rounding took from <see cref=\"ArcHigh\"/>.", per_line=3)
    p = fit("atan", lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z, mpf("1e-30"), mpf("0.1251")**2, 8, lambda z: z)
    emit_polynomial("Arctan", p, "atan r = r + r z P(z), z = r squared, |r| up to 1/8")
    p = fit("asin", lambda z: (asin(sqrt(z)) / sqrt(z) - 1) / z, mpf("1e-30"), mpf("0.25"), 14, lambda z: z)
    emit_polynomial("Arcsin", p, "asin x = x + x z P(z), z = x squared up to 1/4")


def exponential():
    table = [mpf(2)**(mpf(j) / 32) for j in range(32)]
    emit_table("ExpHigh", [bits(v) for v in table], "Bits of 2^(j/32) rounded, j = 0..31.", "ulong")
    emit_table("ExpLow", [v - mpf(float(v)) for v in table], "What rounding took from <see cref=\"ExpHigh\"/>.")
    part = truncated(log(2) / 32, -42)
    emit_constant("Log2Over32High", part, "ln 2 / 32 to a multiple of 2^-42.")
    emit_constant("Log2Over32Low", log(2) / 32 - part, "The rest of ln 2 / 32.")
    emit_constant("ThirtyTwoOverLog2", 32 / log(2), "32 / ln 2.")
    bound = log(2) / 64 * mpf("1.01")
    p = fit("exp", lambda r: (exp(r) - 1 - r) / r**2 if r else mpf("0.5"), -bound, bound, 6, lambda r: r**2)
    emit_polynomial("Exp", p, "e^r = 1 + r + r r P(r), |r| up to ln2/64")
    p = fit("tanh", lambda z: (tanh(sqrt(z)) / sqrt(z) - 1) / z, mpf("1e-30"), mpf("0.25"), 11, lambda z: z)
    emit_polynomial("Tanh", p, "tanh x = x + x z P(z), z = x squared up to 1/4")


def logarithm():
    inverse, high, low = [], [], []
    for i in range(128):
        start = struct.unpack("<d", struct.pack("<Q", 0x3fe6000000000000 + (i << 45)))[0]
        end = struct.unpack("<d", struct.pack("<Q", 0x3fe6000000000000 + ((i + 1) << 45)))[0]
        c = truncated(2 / (mpf(start) + mpf(end)), -10)
        if start == 1.0 or end == 1.0:
            c = mpf(1)
        value = -log(c)
        inverse.append(c)
        high.append(truncated(value, -42))
        low.append(value - high[-1])
    emit_table("LogInverse", inverse, "About 1/z in each of 128 intervals of z from 0.6875, a multiple of 2^-10.")
    emit_table("LogHigh", high, "-ln of <see cref=\"LogInverse\"/> to a multiple of 2^-42.", per_line=4)
    emit_table("LogLow", low, "The rest of -ln of <see cref=\"LogInverse\"/>.")
    part = truncated(log(2), -42)
    emit_constant("Log2High", part, "ln 2 to a multiple of 2^-42.")
    emit_constant("Log2Low", log(2) - part, "The rest of ln 2.")
    p = fit("log", lambda r: (log(1 + r) - r + r**2 / 2) / r**3 if r else mpf(1) / 3, mpf("-0.0069"), mpf("0.0080"), 7,
            lambda r: r**2)
    emit_polynomial("Log", p, "ln(1 + r) = r - r r/2 + r r r P(r), |r| up to 1/128")


print("// Written by coefficients.py, which says how each number is computed.")
print("namespace Aios.Numerics;")
print()
print("public static partial class DetMath")
print("{")
trigonometry()
inverse_trigonometry()
exponential()
logarithm()
print("}")
