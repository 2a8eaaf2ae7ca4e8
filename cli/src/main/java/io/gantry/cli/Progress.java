package io.gantry.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Shows a person what is going on, a line a step. Used by one thread at a time.
public final class Progress {
    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    /// A heading.
    public void say(String text) {
        out.println(text);
        out.flush();
    }

    /// A step that is done, with the time since the command began.
    public synchronized void done(String step) {
        out.printf(Locale.ROOT, "  ✓ %-58s %5.1f s%n", step, elapsed().toMillis() / 1000.0);
        out.flush();
    }

    /// A step that takes a while and has begun.
    public synchronized void begin(String step) {
        out.println("  … " + step);
        out.flush();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
