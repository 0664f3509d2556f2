/*
 * The safety gate of AIOS in freestanding C99: the twin of Aios.Safety.SafetyGate, equal to the bit.
 *
 * No heap, no recursion, no library, no static state. One thread calls it. Every input bit pattern is accepted; a tick
 * takes bounded time: O(vertices of the zones + probe samples). Units are SI, angles rad, times ns of mission time; a
 * stamp of 0 means that the value never came. Codes are those of docs/specs/safety.md.
 */
#ifndef AIOS_GATE_H
#define AIOS_GATE_H

#include <stdbool.h>
#include <stdint.h>

#define AIOS_MAX_VERTICES 16u
#define AIOS_MAX_KEEP_OUTS 8u

enum {
    AIOS_OPERATOR_STOP = 1, AIOS_SELF_STOP = 2, AIOS_MONITOR_STOP = 3, AIOS_TILT_CRITICAL = 4, AIOS_BATTERY_CRITICAL = 5,
    AIOS_FLEET_HALT = 10, AIOS_COMMAND_MISSING = 11, AIOS_COMMAND_STALE = 12, AIOS_COMMAND_FUTURE = 13,
    AIOS_COMMAND_NON_FINITE = 14, AIOS_COMMAND_OUT_OF_RANGE = 15, AIOS_ATTITUDE_STALE = 16, AIOS_ATTITUDE_INVALID = 17,
    AIOS_POSE_STALE = 18, AIOS_POSE_INVALID = 19, AIOS_ODOMETRY_STALE = 20, AIOS_ODOMETRY_INVALID = 21,
    AIOS_BATTERY_STALE = 22, AIOS_BATTERY_INVALID = 23, AIOS_CLOCK_BACKWARD = 24, AIOS_TILT_HOLD = 25, AIOS_OVERSPEED = 26,
    AIOS_BATTERY_AWAY = 27, AIOS_GEOFENCE = 28, AIOS_KEEP_OUT = 29, AIOS_NOT_RECOVERABLE = 30, AIOS_FLEET_INVALID = 31,
    AIOS_SPEED_LIMIT = 40, AIOS_YAW_RATE_LIMIT = 41, AIOS_ACCEL_LIMIT = 42, AIOS_YAW_ACCEL_LIMIT = 43,
    AIOS_CURVATURE_LIMIT = 44, AIOS_LATERAL_LIMIT = 45, AIOS_SLOPE_LIMIT = 46, AIOS_TILT_RATE_LIMIT = 47,
    AIOS_GEOFENCE_LIMIT = 48, AIOS_KEEP_OUT_LIMIT = 49, AIOS_ISOLATED_LIMIT = 50, AIOS_FLEET_SPEED_LIMIT = 51,
    AIOS_ASSURANCE_FALLBACK = 52, AIOS_BATTERY_RETURN = 53
};

enum { AIOS_PASS = 0, AIOS_LIMIT = 1, AIOS_FALLBACK = 2, AIOS_HOLD = 3, AIOS_STOPPED = 4 };
enum { AIOS_NO_SOURCE = 0, AIOS_EXECUTIVE = 1, AIOS_RECOVERY = 2, AIOS_OPERATOR = 3 };

typedef struct {
    double max_speed, max_reverse, max_yaw_rate, max_accel, max_decel, max_yaw_accel, max_lateral, max_curvature, pivot_speed,
        crawl_speed, slope_full, slope_crawl, tilt_hold, tilt_release, tilt_critical, tilt_rate, overspeed_factor,
        battery_critical, battery_reserve, home_factor, away_allowance, fence_margin, isolated_speed, reaction_time,
        required_clearance;
    int64_t tilt_rate_holdoff_ns, command_timeout_ns, attitude_timeout_ns, pose_timeout_ns, speed_timeout_ns,
        battery_timeout_ns, future_tolerance_ns, max_tick_ns, isolation_timeout_ns;
    int32_t probe_samples, handback_ticks;
    uint32_t former_stop_id; /* beyond the numbers of all stops of former lives */
} aios_gate_options_t;

typedef struct {
    uint32_t count; /* 0: none */
    double xy[2u * AIOS_MAX_VERTICES];
} aios_polygon_t;

typedef struct {
    aios_polygon_t fence;
    uint32_t keep_out_count;
    aios_polygon_t keep_outs[AIOS_MAX_KEEP_OUTS];
} aios_zones_t;

typedef struct { double linear, angular; int64_t stamp_ns; } aios_command_t;
typedef struct { double roll, pitch, roll_rate, pitch_rate; int64_t stamp_ns; } aios_attitude_t;
typedef struct { double x, y, heading_x, heading_y, sigma; int64_t stamp_ns; } aios_pose_t;
typedef struct { double linear, angular; int64_t stamp_ns; } aios_speed_t;
typedef struct { double charge_wh, home_wh, home_x, home_y; int64_t stamp_ns; } aios_battery_t;
typedef struct { bool halted; uint64_t hazard_permits; double speed_limit; int64_t peer_heard_ns; } aios_fleet_t;

typedef struct {
    aios_command_t executive, recovery, operator_command, safe_controller;
    aios_attitude_t attitude;
    aios_pose_t pose;
    aios_speed_t speed;
    aios_battery_t battery;
    aios_fleet_t fleet;
} aios_gate_inputs_t;

/* Clearance in m at a point of the base frame; NaN counts as none. */
typedef double (*aios_clearance_t)(const void *context, double forward, double left);

typedef struct {
    double linear, angular;
    uint64_t reasons;
    uint8_t action, source;
} aios_verdict_t;

typedef struct {
    const aios_gate_options_t *options; /* valid as by GateOptions.Validate; outlives the gate */
    const aios_zones_t *zones;          /* outlives the gate */
    double last_linear, last_angular, least_home_wh;
    int64_t last_now_ns, first_now_ns, tilt_rate_until_ns;
    uint64_t latched;
    uint32_t stop_id;
    int32_t recoverable_ticks;
    bool started, tilt_held, assurance_active, returning;
} aios_gate_t;

void aios_gate_init(aios_gate_t *gate, const aios_gate_options_t *options, const aios_zones_t *zones);

/* Stops now and until resumed; no state refuses it. A reason that does not latch counts as AIOS_SELF_STOP. */
void aios_gate_stop(aios_gate_t *gate, uint8_t reason);

/* Lifts the stop of that number; the caller has verified the permit, and whether it is the human's. False when it is not the
   newest stop, or one that only a human lifts: an operator's, for tilt, for an empty battery. */
bool aios_gate_resume(aios_gate_t *gate, uint32_t stop_id, bool by_human);

/* One tick. clearance may be NULL: no obstacles. */
void aios_gate_evaluate(
    aios_gate_t *gate, const aios_gate_inputs_t *inputs, int64_t now_ns, aios_clearance_t clearance, const void *context,
    aios_verdict_t *verdict);

#endif
