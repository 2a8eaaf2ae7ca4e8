package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LogLinesTest {
    private static String line(Instant time, Level level, Throwable thrown) {
        var logger = new LoggerContext().getLogger("io.gantry.x.Server");
        LoggingEvent event = new LoggingEvent("fqcn", logger, level, "listening on {}", thrown, new Object[] {6443});
        event.setInstant(time);
        return new String(new LogLines("apiserver").encode(event), StandardCharsets.UTF_8);
    }

    /// What a process is given by name is a logback that logs nothing until it is told where.
    @Test
    void theProviderHasAContextWithoutAppenders() {
        LoggingProvider provider = new LoggingProvider();
        provider.initialize();
        var context = (LoggerContext) provider.getLoggerFactory();
        assertTrue(context.isStarted());
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        assertEquals(false, root.iteratorForAppenders().hasNext());
        root.info("is heard by nobody, and breaks nothing");
    }

    @Test
    void anEventIsALine() {
        assertEquals(
                "2026-11-21T10:00:00.000Z INFO  component=apiserver Server - listening on 6443\n",
                line(Instant.parse("2026-11-21T10:00:00Z"), Level.INFO, null));
        assertEquals(
                "2026-11-21T10:00:00.123Z ERROR component=apiserver Server - listening on 6443\n",
                line(Instant.parse("2026-11-21T10:00:00.123456Z"), Level.ERROR, null));
    }

    @Test
    void stackTracesFollowWithTheirCauses() {
        String text =
                line(Instant.EPOCH, Level.WARN, new IllegalStateException("broken", new IOException("disk full")));
        assertTrue(
                text.contains("\njava.lang.IllegalStateException: broken\n\tat io.gantry.component.LogLinesTest"),
                text);
        assertTrue(text.contains("\nCaused by: java.io.IOException: disk full\n"), text);
    }
}
