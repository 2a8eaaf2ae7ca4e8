package io.gantry.component;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// An event as a line: time in UTC, level, component, the logger's simple name, message; below it the stack traces.
/// Logback's pattern language would do it too, and costs each start its parsing.
final class LogLines extends EncoderBase<ILoggingEvent> {
    private static final int LEVEL_WIDTH = 5;
    private static final int FRAMES = 30;
    private static final int WITHOUT_FRACTION = "2026-11-21T10:00:00Z".length();

    private final String component;

    LogLines(String component) {
        this.component = component;
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return null;
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return null;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append(time(event.getInstant())).append(' ');
        String level = event.getLevel().toString();
        line.append(level).repeat(' ', Math.max(0, LEVEL_WIDTH - level.length()));
        line.append(" component=").append(component).append(' ');
        line.append(simple(event.getLoggerName())).append(" - ");
        line.append(event.getFormattedMessage()).append('\n');
        if (event.getThrowableProxy() != null) {
            append(line, event.getThrowableProxy(), "");
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Always with milliseconds, so that lines stand below each other.
    private static String time(Instant instant) {
        String text = instant.truncatedTo(ChronoUnit.MILLIS).toString();
        return text.length() == WITHOUT_FRACTION ? text.substring(0, WITHOUT_FRACTION - 1) + ".000Z" : text;
    }

    private static String simple(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static void append(StringBuilder line, IThrowableProxy thrown, String before) {
        line.append(before)
                .append(thrown.getClassName())
                .append(": ")
                .append(thrown.getMessage())
                .append('\n');
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        int own = frames.length - thrown.getCommonFrames();
        for (int i = 0; i < Math.min(own, FRAMES); i++) {
            line.append('\t').append(frames[i].getSTEAsString()).append('\n');
        }
        if (own > FRAMES) {
            line.append("\t... ").append(own - FRAMES).append(" frames more\n");
        }
        if (thrown.getCause() != null) {
            append(line, thrown.getCause(), "Caused by: ");
        }
    }
}
