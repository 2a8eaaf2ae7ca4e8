package io.gantry.cli.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    @Test
    void startsAtOnceThenDoublesToTheLimit() {
        List<Long> millis = new ArrayList<>();
        RestartBackoff backoff = RestartBackoff.FRESH;
        for (int i = 0; i < 9; i++) {
            backoff = backoff.ended(Duration.ofSeconds(1));
            millis.add(backoff.delay().toMillis());
        }
        assertEquals(List.of(0L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10000L, 10000L), millis);
    }

    @Test
    void forgetsFailuresAfterHavingRunWell() {
        RestartBackoff failed = new RestartBackoff(7);
        assertEquals(Duration.ZERO, failed.ended(RestartBackoff.RAN_WELL).delay());
    }
}
