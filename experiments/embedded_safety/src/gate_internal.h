#ifndef GATE_INTERNAL_H
#define GATE_INTERNAL_H

#include "aios_gate.h"

#define BIT(reason) ((uint64_t)1 << (reason))

typedef struct { double linear, angular; } gate_motion_t;
typedef struct { double forward, reverse, yaw_rate; } gate_caps_t;
typedef struct { int64_t now_ns; double dt, tilt; uint8_t source; bool pose_usable; } gate_tick_t;
typedef struct { aios_clearance_t clearance; const void *context; } gate_probe_t;

/* gate.c */
/* Beyond all numbers of former lives, also after one of their stops was put back. */
void gate_next_stop(aios_gate_t *gate);
/* Latches the stop of a life before under its own number, or a new one when there may have been a newer stop; reasons 0:
   it was lifted, the numbers go on from there. */
void gate_restore(aios_gate_t *gate, uint32_t stop_id, uint64_t reasons, bool in_doubt);

/* gate_checks.c */
int64_t gate_saturating_add(int64_t a, int64_t b); /* b not negative */
bool gate_is_fresh(const aios_gate_t *gate, int64_t stamp_ns, int64_t now_ns, int64_t timeout_ns);
uint64_t gate_malformation(const aios_gate_t *gate, const aios_command_t *command);
double gate_check_attitude(aios_gate_t *gate, const aios_attitude_t *attitude, int64_t now_ns, uint64_t *reasons);
void gate_check_speed(const aios_gate_t *gate, const aios_speed_t *speed, int64_t now_ns, uint64_t *reasons);
void gate_check_battery(aios_gate_t *gate, const aios_battery_t *battery, int64_t now_ns, uint64_t *reasons);
void gate_check_fleet(const aios_fleet_t *fleet, uint64_t *reasons);
bool gate_check_pose(const aios_gate_t *gate, const aios_pose_t *pose, int64_t now_ns, uint64_t *reasons);
uint8_t gate_select(
    const aios_gate_t *gate, const aios_gate_inputs_t *inputs, int64_t now_ns, aios_command_t *command, uint64_t *reasons);

/* gate_motion.c */
gate_caps_t gate_caps(const aios_gate_t *gate, const aios_fleet_t *fleet, const gate_tick_t *tick, uint64_t *bounds);
void gate_bound(const aios_gate_t *gate, const gate_caps_t *caps, double dt, gate_motion_t *motion, uint64_t *bounds);
void gate_scale_to_caps(const gate_caps_t *caps, gate_motion_t *motion, uint64_t *bounds);
void gate_limit_turning(const aios_gate_t *gate, gate_motion_t *motion, uint64_t *bounds);
double gate_lower(double value, double cap, uint8_t reason, uint64_t *bounds);

/* gate_zones.c */
double gate_signed_distance(const aios_polygon_t *polygon, double x, double y);
void gate_keep_to_zones(
    const aios_gate_t *gate, const aios_gate_inputs_t *inputs, const gate_tick_t *tick, gate_motion_t *motion,
    uint64_t *bounds);

/* gate_assurance.c */
uint8_t gate_assure(
    aios_gate_t *gate, const aios_gate_inputs_t *inputs, const gate_tick_t *tick, const gate_caps_t *caps,
    const aios_command_t *command, const gate_probe_t *probe, gate_motion_t *motion, uint64_t *bounds);

#endif
