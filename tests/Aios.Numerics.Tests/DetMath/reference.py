#!/usr/bin/env python3
"""Writes reference.csv: function, argument bits, result bits (python3 reference.py > reference.csv). Needs mpmath.

Results are computed in 60 digits (more for large arguments) and rounded once, so they are the nearest doubles.
"""
import random
import struct

from mpmath import mp, mpf, acos, asin, atan, atan2, cbrt, cos, exp, hypot, log, power, sin, tan, tanh

random.seed(20)


def bits(value):
    return format(struct.unpack("<Q", struct.pack("<d", value))[0], "016x")


def near(low, high):
    """logarithmic in magnitude, either sign"""
    value = float(exp(mpf(random.uniform(float(log(mpf(low))), float(log(mpf(high)))))))
    return value if random.random() < 0.5 else -value


def rounded(value):
    return float(value)  # mpmath rounds to nearest, subnormals included


def emit(name, function, arguments):
    for argument in arguments:
        argument = argument if isinstance(argument, tuple) else (argument,)
        mp.dps = 420 if name in ("Sin", "Cos", "Tan") else 80
        result = function(*[mpf(a) for a in argument])
        print(",".join([name] + [bits(a) for a in argument] + [bits(rounded(result))]))


HALF_TURNS = [k * 1.5707963267948966 for k in (1, 2, 3, 4, 5, 7, 11, 22, 355, 710, 1000, 65536, 1048574, 1048575, 1048576, 2**30)]
WORST = [6381956970095103.0 * 2.0**797, 5.319372648326541e+255, 1.6e6, 1647099.3, 1.7976931348623157e308, 2.0**1023, 2.0**52, 2.0**53]
TRIG = ([near(1e-8, 3) for _ in range(60)] + [near(3, 1.6e6) for _ in range(60)] + [near(1.6e6, 1e308) for _ in range(60)]
        + HALF_TURNS + WORST + [5e-324, 1e-310, 2.0**-27, 0.7853981633974483, 0.7853981633974484])
emit("Sin", sin, TRIG)
emit("Cos", cos, TRIG)
emit("Tan", tan, TRIG)
UNIT = [random.uniform(-1, 1) for _ in range(80)] + [0.5, -0.5, 0.5000000000000001, 1.0, -1.0, 0.9999999999999999, 1e-9, 1e-300]
emit("Asin", asin, UNIT)
emit("Acos", acos, UNIT)
emit("Atan", atan, [near(1e-12, 1e12) for _ in range(80)] + [near(0.05, 20) for _ in range(80)] + [1.0, 0.0625, 1e300, 5e-324])
emit("Atan2", atan2, [(near(1e-3, 1e3), near(1e-3, 1e3)) for _ in range(120)]
     + [(near(1e-300, 1e300), near(1e-300, 1e300)) for _ in range(40)]
     + [(1e308, 1.5e308), (3e-308, -2e-308), (5e-324, 1e-323), (-1e-310, -3e-310), (1.0, -1e300)])
emit("Exp", exp, [random.uniform(-745, 709) for _ in range(100)] + [near(1e-12, 1) for _ in range(40)]
     + [709.782712893384, -708.3964185322641, -745.1332191019411, -740.0])
LOGS = [abs(near(5e-320, 1e308)) for _ in range(80)] + [random.uniform(0.5, 2) for _ in range(80)]
emit("Log", log, LOGS + [1.0, 2.0, 0.9999999999999999, 1.0000000000000002, 5e-324, 1.7976931348623157e308])
emit("Cbrt", lambda x: cbrt(x) if x >= 0 else -cbrt(-x), [near(5e-320, 1e308) for _ in range(80)] + [27.0, -8.0, 5e-324])
emit("Tanh", tanh, [near(1e-8, 20) for _ in range(80)] + [random.uniform(-3, 3) for _ in range(60)] + [0.5, 19.9, 25.0])
emit("Hypot", hypot, [(near(1e-3, 1e3), near(1e-3, 1e3)) for _ in range(80)]
     + [(3.0, 4.0), (1e308, 1e307), (3e-320, 4e-320), (1e-200, 1e-200), (1e300, 1.0)])
POWERS = [(abs(near(1e-2, 1e2)), random.uniform(-20, 20)) for _ in range(120)]
POWERS += [(1.0 + near(1e-12, 1e-3), near(1, 1e5)) for _ in range(60)]
POWERS += [(2.0, 0.5), (10.0, -5.0), (-2.0, 3.0), (-3.0, 4.0), (1e-310, 0.25), (0.9999999999999999, 1e17), (2.0, -1074.0), (2.0, 1023.0)]
emit("Pow", lambda x, y: power(x, y) if x > 0 else power(x, int(y)), POWERS)
