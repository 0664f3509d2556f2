#ifndef QUORUM_TABLE_H
#define QUORUM_TABLE_H

#include "aios_quorum.h"

enum { TABLE_ADDED = 0, TABLE_KNOWN = 1, TABLE_CONTRADICTION = 2, TABLE_FULL = 3 };

const aios_round_t *table_find(const aios_quorum_t *q, uint32_t view, uint8_t phase);
bool table_vote(const aios_quorum_t *q, uint32_t view, uint8_t phase, uint32_t voter, aios_decision_t *decision);
bool table_knows(const aios_quorum_t *q, const aios_vote_t *vote);
uint8_t table_add(aios_quorum_t *q, const aios_vote_t *vote);
/* Puts a vote in the place of what its voter said before, in a round that is there. */
void table_set(aios_quorum_t *q, const aios_vote_t *vote);
/* Voters whose vote in the round is for the decision; 0 when there is no such round. */
uint32_t table_count(const aios_quorum_t *q, const aios_round_t *round, const aios_decision_t *decision);
bool table_quorum(const aios_quorum_t *q, const aios_round_t *round, uint32_t needed, aios_decision_t *decision);
bool table_highest_prepared(const aios_quorum_t *q, uint32_t needed, uint32_t *view, aios_decision_t *decision);
void table_trim(aios_quorum_t *q, uint32_t keep_view, uint32_t current_view);

#endif
