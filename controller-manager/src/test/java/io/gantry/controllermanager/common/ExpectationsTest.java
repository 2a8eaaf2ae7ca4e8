package io.gantry.controllermanager.common;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.client.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
    private static final ObjectKey OWNER = new ObjectKey("ns", "owner");
    private static final ObjectKey POD = new ObjectKey("ns", "pod");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Expectations expectations = new Expectations(Clock.fixed(START, ZoneOffset.UTC));

    @Test
    void expectingNothingIsMet() {
        expectations.expectCreations(OWNER, 0);
        expectations.expectDeletions(OWNER, List.of());
        assertTrue(expectations.met(OWNER));
    }

    @Test
    void creationsAndDeletionsMustBeSeen() {
        expectations.expectCreations(OWNER, 2);
        expectations.expectDeletions(OWNER, List.of(POD));
        expectations.creationSeen(OWNER);
        expectations.deletionSeen(OWNER, POD);
        assertFalse(expectations.met(OWNER));
        expectations.creationSeen(OWNER);
        assertTrue(expectations.met(OWNER));
        expectations.creationSeen(OWNER);
        assertTrue(expectations.met(OWNER));
    }

    @Test
    void aDeletionSeenTwiceCountsOnce() {
        expectations.expectDeletions(OWNER, List.of(POD, new ObjectKey("ns", "other")));
        expectations.deletionSeen(OWNER, POD);
        expectations.deletionSeen(OWNER, POD);
        assertFalse(expectations.met(OWNER));
    }

    @Test
    void theyRunOut() {
        MovingClock clock = new MovingClock();
        Expectations timed = new Expectations(clock);
        timed.expectCreations(OWNER, 1);
        assertFalse(timed.met(OWNER));
        clock.now = START.plus(Duration.ofMinutes(6));
        assertTrue(timed.met(OWNER));
    }

    private static final class MovingClock extends Clock {
        private Instant now = START;

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
