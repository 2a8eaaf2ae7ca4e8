package io.gantry.cli.supervisor;

/// What the supervisor knows of a process; kept in a file, so that a new supervisor adopts what runs.
///
/// @param pid 0 while it waits to be restarted
/// @param startedMillis the process's start by the kernel, milliseconds since the epoch: a reused pid differs
/// @param restarts how often it was started again
/// @param lastExit how it last ended, in words; empty when it never did
/// @param waiting whether it does not run because nobody wants it
public record ProcessState(
        String name, long pid, long startedMillis, int restarts, String lastExit, String health, boolean waiting) {}
