package io.gantry.component;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/// Logging of a process: one line an event to standard error, which the supervisor writes to a file. Configured in
/// code: reading a configuration file costs start-up time.
public final class ProcessLogging {
    private ProcessLogging() {}

    /// Sets up logging; the level comes from the environment variable `GANTRY_LOG` (default INFO).
    public static void start(String component) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        LogLines encoder = new LogLines(component);
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        root.setLevel(Level.toLevel(System.getenv().getOrDefault("GANTRY_LOG", "INFO"), Level.INFO));
        context.getLogger("io.netty").setLevel(Level.WARN);
        // Says at each start that a Unix socket has no keep-alive option, which gRPC asks for all the same.
        context.getLogger("io.netty.bootstrap.Bootstrap").setLevel(Level.ERROR);
        context.getLogger("io.grpc").setLevel(Level.WARN);
    }
}
