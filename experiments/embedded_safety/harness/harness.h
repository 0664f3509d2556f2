/* What the files of the harness share: reading vectors, comparing, measuring, and one entry per module. */
#ifndef HARNESS_H
#define HARNESS_H

#include "report.h"

#include "aios_gate.h"
#include "aios_quorum.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    const uint8_t *at, *end;
    bool failed;
} reader_t;

void read_bytes(reader_t *r, void *to, uint32_t count);
uint32_t u32(reader_t *r);
int64_t i64(reader_t *r);
double f64(reader_t *r);
/* Bytes as they lie in the vectors, padded to a multiple of four. */
const uint8_t *blob(reader_t *r, uint32_t *length);

/* The module that is measured now. */
extern module_t *current;
void expect(bool holds);
void begin(void);
void end(void);

/* One operation of a module, and the RAM that its state takes, bytes. */
void gate_operation(reader_t *r, uint32_t code);
uint32_t gate_bytes(void);
/* Those of the gate that are about stops of a life before. */
void stop_operation(reader_t *r, uint32_t code, aios_gate_t *gate);
void monitor_operation(reader_t *r, uint32_t code);
uint32_t monitor_bytes(void);
void quorum_operation(reader_t *r, uint32_t code);
uint32_t quorum_bytes(void);
void wire_operation(reader_t *r, uint32_t code);
uint32_t wire_bytes(void);
void signature_operation(reader_t *r, uint32_t code);
uint32_t signature_bytes(void);

/* The quorum's member, which the wire format feeds. */
extern aios_quorum_t member;
void expect_state(reader_t *r);

#endif
