package io.gantry.benchmarks.self;

import com.sun.management.OperatingSystemMXBean;
import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Target;
import io.gantry.benchmarks.measure.ProcessUse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A server started for a measurement.
final class ChildProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 30;
    private static final Duration POLL = Duration.ofMillis(10);

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ChildProcess start(Path log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return new ChildProcess(builder.start(), log);
    }

    /// A Java process with the API server's options (as the command line's `JavaCommand` gives them).
    static List<String> java(List<String> options, String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms20m",
                "-Xmx" + heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:NewSize=8m",
                "-XX:+UseCompactObjectHeaders",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30",
                "-Xss512k",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:MaxInlineLevel=9",
                "-XX:InlineSmallCode=1000",
                "-XX:FreqInlineSize=120",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:TrimNativeHeapInterval=30000",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Dio.netty.jfr.enabled=false",
                "-Dslf4j.provider=io.gantry.component.LoggingProvider",
                "-Dslf4j.internal.verbosity=WARN",
                "-Djava.library.path=" + Path.of(System.getProperty("gantry.dist"), "native"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return command;
    }

    /// A sixteenth of the machine's memory, 512 MB to 2 GB.
    private static long heapMegabytes() {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.clamp((machine.getTotalMemorySize() >> 20) / 16, 512, 2048);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    ProcessUse use() {
        return ProcessUse.of(process.pid());
    }

    /// Waits until a request is answered with 200.
    ///
    /// @return seconds that took
    double awaitAnswer(Target target, String path) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < START_PATIENCE.toNanos()) {
            if (!process.isAlive()) {
                throw new IOException("the server ended: " + Files.readString(log));
            }
            if (answers(target, path)) {
                return (System.nanoTime() - start) / 1e9;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        throw new IOException("the server does not answer: " + Files.readString(log));
    }

    private static boolean answers(Target target, String path) {
        try (LoadClient http = LoadClient.connect(target, 1, 1)) {
            return http.await(Call.get(path)).status() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
