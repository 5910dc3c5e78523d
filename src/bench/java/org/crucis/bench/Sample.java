package org.crucis.bench;

/** A row as one pair of processes measured it. */
record Sample(int pair, Outcome.Row row) {}
