package io.gantry.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.benchmarks.http.Call;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
    private static final int CLIENTS = 3;
    private static final int EACH = 5;

    /// Answered before the next client has begun. Such writes were not counted once, and each of 200 watchers seemed to
    /// have one event too many.
    @Test
    void withoutAWarmUpTheFirstAnswerCounts() throws Exception {
        int[] sent = new int[CLIENTS];
        ClosedLoop loop = new ClosedLoop(
                (lane, call, receiver) -> {
                    receiver.head(200);
                    receiver.end();
                },
                ProcessUse.of(ProcessHandle.current().pid()));
        Result result = loop.run("at-once", CLIENTS, Duration.ZERO, Duration.ofMinutes(1), new ClosedLoop.Work() {
            @Override
            public Call next(int client) {
                return sent[client]++ < EACH ? Call.get("/") : null;
            }

            @Override
            public boolean right(int client, int status, long bytes) {
                return status == 200;
            }
        });
        assertEquals(CLIENTS * EACH, result.operations());
        assertEquals(0, result.errors());
    }
}
