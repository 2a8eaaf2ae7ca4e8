package io.gantry.cli.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a process is held by a signal (`kill -STOP`, Ctrl+Z): it is there and keeps its ports and sockets, but
/// answers nobody, so that whoever waits for it waits until somebody sends it SIGCONT.
public final class ProcessHold {
    private static final char STOPPED = 'T';

    private ProcessHold() {}

    /// Whether it is held now; one that is gone is not. One that a debugger stops at every step (state `t`) goes on by
    /// itself and does not count.
    public static boolean isHeld(long pid) {
        try {
            // the program's name, which may be of any bytes, stands in it
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return state(stat) == STOPPED;
        } catch (IOException gone) {
            return false;
        }
    }

    /// The state in a line of `/proc/PID/stat` (proc_pid_stat(5)): the letter behind the program's name, which may
    /// itself hold blanks and parentheses.
    static char state(String stat) {
        int letter = stat.lastIndexOf(')') + 2;
        return letter < stat.length() ? stat.charAt(letter) : '?';
    }
}
