package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TerminationTest {
    private static final int SIGTERM_EXIT = 143;
    private static final long LIMIT_SECONDS = 30;

    /// The process of the test.
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (Termination termination = Termination.prepare(() -> say("stop"))) {
                say("works");
                termination.asked().await();
                say("ended");
            }
        }

        private static void say(String line) {
            System.out.println(line);
        }
    }

    @Test
    void aProcessEndsItsWorkFirst() throws Exception {
        Process worker = start();
        try (BufferedReader lines = worker.inputReader()) {
            assertEquals("works", lines.readLine());
            assertTrue(worker.toHandle().destroy(), "SIGTERM");
            assertEquals(List.of("ended", "stop"), lines.lines().sorted().toList());
            assertTrue(worker.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
            assertEquals(SIGTERM_EXIT, worker.exitValue());
        } finally {
            worker.destroyForcibly();
        }
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
