/*
 * Model of one epoch of the fleet's quorum protocol (Aios.Safety.Quorum), for Spin 6.
 *
 * What is modelled
 *   vote, certificate, view change   each member's prepare and commit per view, locks, rotating leaders
 *   loss, duplication, reordering    a vote once cast may be known to anyone, later, never or repeatedly: a member acts
 *                                    on any subset of the votes cast, in any order, as messages carry sets of votes
 *   Byzantine equivocation           FAULTY members vote for everything in every view at once: they count in each set
 *   crash and restart                a member falls back to what its journal holds, at most CRASHES times in all
 *   gates                            each rover may stop itself at any time; it resumes on a certificate only
 *
 *
 * What is checked
 *   no two conflicting certificates in an epoch; no resume without a quorum of commits (assertions)
 *   a stop is possible in every state (the gate's stop waits for nothing)
 *   under fair delivery the epoch is decided: in the last view, which has an honest leader, full knowledge and no
 *   time-out, the system never comes to rest undecided (assertion at rest)
 *
 * Parameters (-D): HONEST members, FAULTY members, QUORUM votes, VIEWS (2 to 4), CRASHES; a majority of three by default.
 * Known-bad variants that must be caught: -DNO_LOCK (a locked member follows any leader), -DNO_JOURNAL (a restart
 * forgets votes and lock), -DSMALL_QUORUM (one vote too few).
 *
 * Values: 1 and 2 are two decisions that exclude each other; 2 stands for "resume".
 *
 * -DTRACE has a simulation or a trail print each action with the state of its member after it, one line each:
 *   trace ACTION MEMBER VIEW PREPARED COMMITTED LOCKED_VALUE LOCKED_VIEW CERTIFIED_1 CERTIFIED_2 STOPPED
 * with ACTION 1 prepare, 2 commit, 3 next view, 4 crash and restart, 5 certificate, 6 stop, 7 resume; PREPARED and
 * COMMITTED are those of the member's view. The C# kernel is driven through these traces (Aios.Safety/Conformance).
 */
#ifdef TRACE
#define SAID(action, i) ; printf("trace %d %d %d %d %d %d %d %d %d %d\n", action, i, view[i], prepared[AT(i, view[i])], committed[AT(i, view[i])], lockedValue[i], lockedView[i], certified[1], certified[2], stopped)
#else
#define SAID(action, i)
#endif
#ifndef HONEST
#define HONEST 3
#endif
#ifndef FAULTY
#define FAULTY 0
#endif
#ifndef QUORUM
#define QUORUM 2
#endif
#ifndef VIEWS
#define VIEWS 3
#endif
#ifndef CRASHES
#define CRASHES 1
#endif
#ifdef SMALL_QUORUM
#define NEEDED (QUORUM - 1)
#else
#define NEEDED QUORUM
#endif

#define AT(member, view) ((member) * VIEWS + (view))
#define LAST (VIEWS - 1)
#define LEADER(view) ((view) % HONEST)

byte view[HONEST];
byte prepared[HONEST * VIEWS];      /* 0: no prepare in that view, else the value; in the journal */
byte committed[HONEST * VIEWS];     /* likewise */
byte lockedValue[HONEST];           /* 0: not locked; in the journal */
byte lockedView[HONEST];
byte prepares[4 * 3];               /* honest prepares ever cast, by view and value */
byte commits[4 * 3];
bool certified[3];
bool stopped;
byte crashes;

#ifdef NO_JOURNAL
bool everPrepared[HONEST * VIEWS * 3];
bool everCommitted[HONEST * VIEWS * 3];
#endif

#define PREPARE_QUORUM(v, d) (prepares[(v) * 3 + (d)] + FAULTY >= NEEDED)
#define COMMIT_QUORUM(v, d)  (commits[(v) * 3 + (d)] + FAULTY >= NEEDED)
#define DECIDED (certified[1] || certified[2])

/* A prepare quorum for the value in a view from the member's lock on, its current one included: there it could also commit. */
#define JUSTIFIED_IN(i, d, v) ((v) <= view[i] && (v) >= lockedView[i] && PREPARE_QUORUM(v, d))
#define JUSTIFIED(i, d) (JUSTIFIED_IN(i, d, 0) || JUSTIFIED_IN(i, d, 1) || JUSTIFIED_IN(i, d, 2) || JUSTIFIED_IN(i, d, 3))

#ifdef NO_LOCK
#define MAY_SUPPORT(i, d) true
#else
#define MAY_SUPPORT(i, d) (lockedValue[i] == 0 || lockedValue[i] == (d) || JUSTIFIED(i, d))
#endif

/* The newest view with a prepare quorum for the value, plus one; 0 for none. */
#define NEWEST(d) (PREPARE_QUORUM(3, d) -> 4 : (PREPARE_QUORUM(2, d) -> 3 : (PREPARE_QUORUM(1, d) -> 2 : (PREPARE_QUORUM(0, d) -> 1 : 0))))

#define CAN_PREPARE(i) (prepared[AT(i, view[i])] == 0)
#define CAN_COMMIT(i, d) (committed[AT(i, view[i])] == 0 && PREPARE_QUORUM(view[i], d))
#define LEADER_SAID(i, d) (prepared[AT(LEADER(view[i]), view[i])] == (d))

/*
 * An honest leader supports what its lock allows. The last view is the calm after which time-outs are long enough: its
 * leader speaks when all are there, knows all, and carries on what is newest; nobody crashes any more.
 */
#if HONEST == 2
#define ALL_THERE (view[0] == LAST && view[1] == LAST)
#elif HONEST == 3
#define ALL_THERE (view[0] == LAST && view[1] == LAST && view[2] == LAST)
#elif HONEST == 4
#define ALL_THERE (view[0] == LAST && view[1] == LAST && view[2] == LAST && view[3] == LAST)
#else
#define ALL_THERE (view[0] == LAST && view[1] == LAST && view[2] == LAST && view[3] == LAST && view[4] == LAST)
#endif
#define CALM_NOT_BEGUN (prepares[LAST * 3 + 1] + prepares[LAST * 3 + 2] == 0)
#define CAN_LEAD(i, d) (LEADER(view[i]) == i && view[i] > 0 && MAY_SUPPORT(i, d) && (view[i] < LAST || (ALL_THERE && NEWEST(d) >= NEWEST(3 - (d)))))

/* A follower waits for its leader; a faulty leader of an earlier view may have said anything. */
#define CAN_FOLLOW(i, d) (LEADER(view[i]) != i && view[i] > 0 && MAY_SUPPORT(i, d) && (LEADER_SAID(i, d) || (FAULTY > 0 && view[i] < LAST)))

inline castPrepare(i, d) {
    prepared[AT(i, view[i])] = d;
#ifdef NO_JOURNAL
    if
    :: !everPrepared[AT(i, view[i]) * 3 + d] -> everPrepared[AT(i, view[i]) * 3 + d] = true; prepares[view[i] * 3 + d]++
    :: else
    fi
#else
    prepares[view[i] * 3 + d]++
#endif
}

inline castCommit(i, d) {
    committed[AT(i, view[i])] = d;
    lockedValue[i] = d;
    lockedView[i] = view[i];
#ifdef NO_JOURNAL
    if
    :: !everCommitted[AT(i, view[i]) * 3 + d] -> everCommitted[AT(i, view[i]) * 3 + d] = true; commits[view[i] * 3 + d]++
    :: else
    fi;
#else
    commits[view[i] * 3 + d]++;
#endif
}

/* A certificate may be formed at any time by whoever has seen the votes, also after another one was. */
inline certify(d) {
    certified[d] = true SAID(5, 0);
    assert(!(certified[1] && certified[2]))
}

/* Power loss: back to the newest view in which the journal shows a vote. */
inline restart(i) {
    view[i] = 0;
    k = 0;
    do
    :: k < VIEWS ->
#ifdef NO_JOURNAL
        prepared[AT(i, k)] = 0;
        committed[AT(i, k)] = 0;
        lockedValue[i] = 0;
        lockedView[i] = 0;
#endif
        if
        :: prepared[AT(i, k)] != 0 || committed[AT(i, k)] != 0 -> view[i] = k
        :: else
        fi;
        k++
    :: else -> break
    od;
    k = 0
}

proctype Member(byte i) {
    byte k;
end:
    do
    :: atomic { CAN_PREPARE(i) && view[i] == 0 -> castPrepare(i, 1) SAID(1, i) }
    :: atomic { CAN_PREPARE(i) && view[i] == 0 -> castPrepare(i, 2) SAID(1, i) }
    :: atomic { CAN_PREPARE(i) && (CAN_LEAD(i, 1) || CAN_FOLLOW(i, 1)) -> castPrepare(i, 1) SAID(1, i) }
    :: atomic { CAN_PREPARE(i) && (CAN_LEAD(i, 2) || CAN_FOLLOW(i, 2)) -> castPrepare(i, 2) SAID(1, i) }
    :: atomic { CAN_COMMIT(i, 1) -> castCommit(i, 1) SAID(2, i) }
    :: atomic { CAN_COMMIT(i, 2) -> castCommit(i, 2) SAID(2, i) }
    :: atomic { view[i] < LAST -> view[i]++ SAID(3, i) }
    :: atomic { crashes < CRASHES && CALM_NOT_BEGUN -> crashes++; restart(i) SAID(4, i) }
    od
}

/* The certificate, wherever and whenever it is first complete. Members that do not know of it go on voting. */
proctype Certificates() {
    byte v;
end:
    do
    :: atomic { !certified[1] && (COMMIT_QUORUM(0, 1) || COMMIT_QUORUM(1, 1) || COMMIT_QUORUM(2, 1) || COMMIT_QUORUM(3, 1)) -> certify(1) }
    :: atomic { !certified[2] && (COMMIT_QUORUM(0, 2) || COMMIT_QUORUM(1, 2) || COMMIT_QUORUM(2, 2) || COMMIT_QUORUM(3, 2)) -> certify(2) }
    od
}

#define ENOUGH(v) (commits[(v) * 3 + 2] + FAULTY >= QUORUM)

proctype Gate() {
end:
    do
    :: atomic { !stopped -> stopped = true SAID(6, 0) }
    :: atomic { stopped && certified[2] -> assert(ENOUGH(0) || ENOUGH(1) || ENOUGH(2) || ENOUGH(3)); stopped = false SAID(7, 0) }
    od
}

/* At rest: nobody can do anything more. */
proctype Rest() {
    timeout -> assert(DECIDED)
}

init {
    byte i;
    atomic {
        do
        :: i < HONEST -> run Member(i); i++
        :: else -> break
        od;
        run Certificates();
        run Gate();
        run Rest()
    }
}
