package io.gantry.benchmarks.self;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Target;
import io.gantry.benchmarks.measure.ProcessUse;
import io.gantry.component.JvmLayout;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A server started for a measurement.
final class ChildProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 30;
    private static final Duration POLL = Duration.ofMillis(10);

    private final Process process;
    private final Path log;
    private final long started = System.nanoTime();

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ChildProcess start(Path log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(JvmLayout.ENVIRONMENT);
        return new ChildProcess(builder.start(), log);
    }

    /// A Java process with the API server's options.
    static List<String> java(List<String> options, String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmLayout.SERVER.options(JvmLayout.apiServerHeapMegabytes()));
        command.add("-Djava.library.path=" + Path.of(System.getProperty("gantry.dist"), "native"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return command;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    ProcessUse use() {
        return ProcessUse.of(process.pid());
    }

    /// Waits until a request is answered with 200. Looks for the open port alone before it makes a client: making one
    /// every few milliseconds takes from a start what it measures.
    ///
    /// @return seconds since the process was started
    double awaitAnswer(Target target, String path) throws IOException {
        await(() -> accepts(target));
        await(() -> answers(target, path));
        return (System.nanoTime() - started) / 1e9;
    }

    private void await(BooleanSupplier there) throws IOException {
        while (!there.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new IOException("the server ended: " + Files.readString(log));
            }
            if (System.nanoTime() - started > START_PATIENCE.toNanos()) {
                throw new IOException("the server does not answer: " + Files.readString(log));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean accepts(Target target) {
        try (Socket socket = new Socket()) {
            socket.connect(target.address());
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
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
