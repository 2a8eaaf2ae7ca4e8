package io.gantry.cli.host;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessHoldTest {
    @ParameterizedTest
    @CsvSource({
        "7 (java) S 1 7 7 0, S",
        "7 (java) T 1 7 7 0, T",
        "7 (a) T (b) t 1 7 7 0, t",
        "7 (java), ?",
        "'', ?",
    })
    void theStateIsTheLetterBehindTheName(String stat, char state) {
        assertEquals(state, ProcessHold.state(stat));
    }

    @Test
    void aProcessIsHeldFromOneSignalToTheOther() throws Exception {
        Process process = new ProcessBuilder("sleep", "300").start();
        try {
            assertFalse(ProcessHold.isHeld(process.pid()));
            signal("-STOP", process);
            await().until(() -> ProcessHold.isHeld(process.pid()));
            signal("-CONT", process);
            await().until(() -> !ProcessHold.isHeld(process.pid()));
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertFalse(ProcessHold.isHeld(process.pid()), "it is gone");
    }

    private static void signal(String signal, Process process) throws Exception {
        List<String> kill = List.of("kill", signal, Long.toString(process.pid()));
        assertEquals(0, new ProcessBuilder(kill).start().waitFor());
    }
}
