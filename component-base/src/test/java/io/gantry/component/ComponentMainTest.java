package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ComponentMainTest {
    private static final long LIMIT_SECONDS = 30;

    /// The process of the test: it fails once its flags are read.
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) throws Exception {
            ComponentMain.run("worker", arguments, flags -> {
                flags.integer("port", 0);
                flags.rejectUnknown();
                throw new IllegalArgumentException("a fault of the program");
            });
        }
    }

    /// What a process says on standard error, and its exit code.
    private record Ended(List<String> lines, int code) {}

    @Test
    void aWrongFlagIsToldInOneLine() throws Exception {
        assertEquals(new Ended(List.of("worker: unknown flag --prot; there are: --port"), 2), run("--prot=1"));
        assertEquals(new Ended(List.of("worker: --port=x: not a whole number"), 2), run("--port=x"));
        assertEquals(
                new Ended(List.of("worker: unexpected argument \"port\": flags are --name=value"), 2), run("port"));
    }

    @Test
    void whatGoesWrongLaterKeepsItsTrace() throws Exception {
        Ended ended = run("--port=1");
        assertTrue(
                ended.lines().getFirst().contains("IllegalArgumentException: a fault of the program"), ended::toString);
        assertTrue(ended.lines().size() > 1, ended::toString);
        assertEquals(1, ended.code());
    }

    private static Ended run(String flag) throws Exception {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        flag)
                .start();
        try (BufferedReader lines = worker.errorReader()) {
            List<String> said =
                    lines.lines().filter(line -> !line.startsWith("WARNING:")).toList();
            assertTrue(worker.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
            return new Ended(said, worker.exitValue());
        } finally {
            worker.destroyForcibly();
        }
    }
}
