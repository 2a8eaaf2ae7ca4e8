package io.gantry.e2e.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// Runs what a client can do, one thing after the other, and ends the process with what failed.
final class Checks {
    private final List<String> failed = new ArrayList<>();

    /// Something that a client does.
    interface Use {
        void run() throws Exception;
    }

    void check(String what, Use use) {
        try {
            use.run();
            System.out.println("ok " + what);
        } catch (Exception | AssertionError e) {
            failed.add(what);
            System.out.println("FAILED " + what);
            e.printStackTrace(System.out);
        }
    }

    void end() {
        System.out.flush();
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    static void same(Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected <" + expected + ">, found <" + found + ">");
        }
    }

    static void holds(boolean what, Object found) {
        if (!what) {
            throw new AssertionError("found <" + found + ">");
        }
    }

    /// Until it is true, a minute at most.
    static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(condition);
    }
}
