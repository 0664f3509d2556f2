/*
 * Model of how the members of one epoch come together in a view (Aios.Safety.Quorum, QuorumKernel.Views.cs), for Spin 6.
 * quorum.pml lets every member go to the next view whenever it likes, so that safety holds whatever is here; this model
 * shows that they meet, which quorum.pml's last view takes for granted.
 *
 * What is modelled
 *   view-changes      each member's newest; known to anyone, later, never or repeatedly: an action may rest on any of them
 *   time-outs         at any time until the calm
 *   Byzantine         FAULTY members want whatever helps an action along; with -DSILENT they say nothing
 *   crash and restart a member keeps its view-change, which is journalled, and falls back to the newest view it voted in
 *
 * What is checked
 *   nobody is alone ahead, and liars move nobody: when a member enters a view, QUORUM - FAULTY honest members, one more
 *   than liars, want to be there or beyond (assertion)
 *   under fair delivery, once nobody's time is up any more, all are in one view (assertion at rest), also when exactly a
 *   quorum is alive and liars are silent
 *
 * Parameters (-D): HONEST members, FAULTY members, QUORUM to enter, CLAIMS to join, VIEWS, CRASHES.
 * Known-bad variants that must be caught: -DALONE (who has waited enters the next view by itself, others follow CLAIMS
 * members, as the kernel once did), -DNO_JOURNAL (a restart forgets the view-change).
 */
#ifndef HONEST
#define HONEST 3
#endif
#ifndef FAULTY
#define FAULTY 1
#endif
#ifndef QUORUM
#define QUORUM 3
#endif
#ifndef CLAIMS
#define CLAIMS 2
#endif
#ifndef VIEWS
#define VIEWS 4
#endif
#ifndef CRASHES
#define CRASHES 2
#endif
#ifdef SILENT
#define TOLD 0
#else
#define TOLD FAULTY
#endif
#define LAST (VIEWS - 1)

byte view[HONEST];
byte wanted[HONEST];   /* the member's newest view-change; in the journal */
byte voted[HONEST];    /* newest view in which it voted; in the journal */
byte crashes;
bool calm;

/* Honest members that want to be in the view or beyond. */
#if HONEST == 2
#define WANTING(v) ((wanted[0] >= (v)) + (wanted[1] >= (v)))
#define TOGETHER (view[0] == view[1])
#elif HONEST == 3
#define WANTING(v) ((wanted[0] >= (v)) + (wanted[1] >= (v)) + (wanted[2] >= (v)))
#define TOGETHER (view[0] == view[1] && view[1] == view[2])
#elif HONEST == 4
#define WANTING(v) ((wanted[0] >= (v)) + (wanted[1] >= (v)) + (wanted[2] >= (v)) + (wanted[3] >= (v)))
#define TOGETHER (view[0] == view[1] && view[1] == view[2] && view[2] == view[3])
#else
#define WANTING(v) ((wanted[0] >= (v)) + (wanted[1] >= (v)) + (wanted[2] >= (v)) + (wanted[3] >= (v)) + (wanted[4] >= (v)))
#define TOGETHER (view[0] == view[1] && view[1] == view[2] && view[2] == view[3] && view[3] == view[4])
#endif

/* A liar's help is not needed where honest members say the same: CLAIMS > FAULTY, so one of them is honest. */
#define CAN_JOIN(i, v)  ((v) > view[i] && (v) > wanted[i] && WANTING(v) > 0 && WANTING(v) + TOLD >= CLAIMS)
#define CAN_ENTER(i, v) ((v) > view[i] && WANTING(v) + TOLD >= QUORUM)

inline enter(i, v) {
    view[i] = v;
    assert(WANTING(v) >= QUORUM - FAULTY)
}

proctype Member(byte i) {
    byte v;
end:
    do
    :: atomic { !calm && view[i] < LAST && wanted[i] <= view[i] -> wanted[i] = view[i] + 1
#ifdef ALONE
        ; view[i] = wanted[i]; assert(WANTING(view[i]) >= QUORUM - FAULTY)
#endif
       }
    :: atomic { CAN_JOIN(i, 1) -> wanted[i] = 1 }
    :: atomic { VIEWS > 2 && CAN_JOIN(i, 2) -> wanted[i] = 2 }
    :: atomic { VIEWS > 3 && CAN_JOIN(i, 3) -> wanted[i] = 3 }
    :: atomic { VIEWS > 4 && CAN_JOIN(i, 4) -> wanted[i] = 4 }
    :: atomic { CAN_ENTER(i, 1) -> enter(i, 1) }
    :: atomic { VIEWS > 2 && CAN_ENTER(i, 2) -> enter(i, 2) }
    :: atomic { VIEWS > 3 && CAN_ENTER(i, 3) -> enter(i, 3) }
    :: atomic { VIEWS > 4 && CAN_ENTER(i, 4) -> enter(i, 4) }
    :: atomic { !calm && voted[i] < view[i] -> voted[i] = view[i] }
    :: atomic { !calm && crashes < CRASHES -> crashes++; view[i] = voted[i]
#ifdef NO_JOURNAL
        ; wanted[i] = 0
#endif
       }
    od
}

/* From here on time-outs are long enough for what is on its way, and nobody crashes. */
proctype Calm() {
    calm = true
}

proctype Rest() {
    timeout -> assert(TOGETHER)
}

init {
    byte i;
    atomic {
        do
        :: i < HONEST -> run Member(i); i++
        :: else -> break
        od;
        run Calm();
        run Rest()
    }
}
