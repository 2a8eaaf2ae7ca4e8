package io.gantry.cli.supervisor;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisorTest {
    @TempDir
    private Path folder;

    private ProcessSpec sleeper(String name) {
        return new ProcessSpec(
                name,
                List.of("sleep", "300"),
                Map.of(),
                folder.resolve(name + ".log").toString(),
                "");
    }

    @Test
    void startsAgainWhatIsKilled() throws Exception {
        Supervisor supervisor = new Supervisor(folder.resolve("state.json"));
        supervisor.start(List.of(sleeper("a")));
        killOnce(supervisor);
        supervisor.stopAll();
        assertEquals(List.of(), supervisor.states());
    }

    private static void killOnce(Supervisor supervisor) {
        await().until(() -> supervisor.states().getFirst().pid() != 0);
        long first = supervisor.states().getFirst().pid();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        await().until(() -> {
            long pid = supervisor.states().getFirst().pid();
            return pid != 0 && pid != first;
        });
        assertEquals(1, supervisor.states().getFirst().restarts());
    }

    @Test
    void adoptsWhatAKilledSupervisorLeft() throws Exception {
        Path state = folder.resolve("state.json");
        Supervisor old = new Supervisor(state);
        old.start(List.of(sleeper("a")));
        await().until(() -> Supervisor.load(state).values().stream().anyMatch(s -> s.pid() != 0));
        long pid = old.states().getFirst().pid();

        assertEquals(Set.of(pid), Supervisor.survivors(state));
        Supervisor fresh = new Supervisor(state);
        fresh.start(List.of(sleeper("a")));
        assertEquals(pid, fresh.states().getFirst().pid());
        fresh.stopAll();
        await().until(() -> ProcessHandle.of(pid).isEmpty()
                || !ProcessHandle.of(pid).orElseThrow().isAlive());
        old.stopAll();
        assertEquals(Set.of(), Supervisor.survivors(state));
    }

    /// One that was killed often and runs now does not keep ending in the eyes of the next supervisor.
    @Test
    void whatEndedUnderAnotherSupervisorIsNoFailureOfThisOne() throws Exception {
        Path state = folder.resolve("state.json");
        Supervisor old = new Supervisor(state);
        old.start(List.of(sleeper("a")));
        for (int i = 1; i <= 3; i++) {
            int restarts = i;
            await().until(() -> old.states().getFirst().pid() != 0);
            ProcessHandle.of(old.states().getFirst().pid()).orElseThrow().destroyForcibly();
            await().until(() -> old.states().getFirst().restarts() == restarts);
        }
        await().until(() -> Supervisor.load(state).values().stream().anyMatch(s -> s.restarts() == 3 && s.pid() != 0));
        assertTrue(old.states().getFirst().keepsEnding(Instant.now()));

        Supervisor fresh = new Supervisor(state);
        fresh.start(List.of(sleeper("a")));
        assertEquals(3, fresh.states().getFirst().restarts());
        assertFalse(fresh.states().getFirst().keepsEnding(Instant.now()));
        fresh.stopAll();
        old.stopAll();
    }

    @ParameterizedTest
    @CsvSource({"2, 0, 0, false", "3, 0, 0, true", "3, 7, 29, true", "9, 7, 31, false", "0, 7, 1, false"})
    void whatKeepsEnding(int failures, long pid, int ranSeconds, boolean expected) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        long started = now.minusSeconds(ranSeconds).toEpochMilli();
        ProcessState state = new ProcessState("a", pid, started, 40, failures, "", "", false);
        assertEquals(expected, state.keepsEnding(now));
    }

    @Test
    void aProcessOnDemandRunsWhileItsFileExists() throws Exception {
        Path file = folder.resolve("run/wanted");
        Supervisor supervisor = new Supervisor(folder.resolve("state.json"));
        supervisor.start(List.of(sleeper("a").whileExists(file)));
        assertTrue(supervisor.states().getFirst().waiting());
        for (int i = 0; i < 3; i++) {
            Files.createFile(file);
            await().until(() -> supervisor.states().getFirst().pid() != 0);
            long pid = supervisor.states().getFirst().pid();
            Files.delete(file);
            await().until(() -> supervisor.states().getFirst().waiting());
            assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        }
        assertEquals(0, supervisor.states().getFirst().restarts());
        supervisor.stopAll();
    }

    @Test
    void aProcessOnDemandThatIsKilledStartsAgain() throws Exception {
        Path file = Files.createFile(folder.resolve("wanted"));
        Supervisor supervisor = new Supervisor(folder.resolve("state.json"));
        supervisor.start(List.of(sleeper("a").whileExists(file)));
        killOnce(supervisor);
        supervisor.stop("a");
        assertEquals(List.of(), supervisor.states());
    }

    @Test
    void aProcessThatNobodyWantsAnyMoreIsNotAdoptedButEnded() throws Exception {
        Path file = Files.createFile(folder.resolve("wanted"));
        Path state = folder.resolve("state.json");
        Supervisor old = new Supervisor(state);
        old.start(List.of(sleeper("a").whileExists(file)));
        await().until(() -> Supervisor.load(state).values().stream().anyMatch(s -> s.pid() != 0));
        long pid = old.states().getFirst().pid();
        Supervisor fresh = new Supervisor(state);
        Files.delete(file);
        fresh.start(List.of(sleeper("a").whileExists(file)));
        await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        await().until(() -> fresh.states().getFirst().waiting());
        fresh.stopAll();
        old.stopAll();
    }

    @Test
    void saysWhyAProgramCannotBeStarted() throws Exception {
        Supervisor supervisor = new Supervisor(folder.resolve("state.json"));
        supervisor.start(List.of(new ProcessSpec(
                "x",
                List.of("/nonexistent/program"),
                Map.of(),
                folder.resolve("x.log").toString(),
                "")));
        await().until(() -> !supervisor.states().getFirst().lastExit().isEmpty());
        assertTrue(supervisor.states().getFirst().lastExit().contains("/nonexistent/program"));
        supervisor.stopAll();
    }
}
