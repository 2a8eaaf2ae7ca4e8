package io.gantry.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A running etcd. What it says goes to a file, and tells when it serves: its port listens long before that.
final class EtcdProcess implements AutoCloseable {
    private static final String SERVES = "ready to serve client requests";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final Path log;
    private final Thread reader;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private EtcdProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.reader = Thread.ofPlatform().name("etcd-log").daemon().start(this::follow);
    }

    static EtcdProcess start(List<String> command, Path log) throws IOException {
        try {
            return new EtcdProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start(), log);
        } catch (IOException e) {
            throw new IOException("the etcd tests need the etcd binary: apt-get install etcd-server", e);
        }
    }

    private void follow() {
        try (BufferedReader lines = process.inputReader(UTF_8);
                BufferedWriter copy =
                        Files.newBufferedWriter(log, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.write(line + "\n");
                copy.flush();
                if (line.contains(SERVES)) {
                    ready.complete(null);
                }
            }
            ready.completeExceptionally(new IOException("etcd ended: see " + log));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /// Blocks until clients are served: there is a leader, and this member has told the others of itself.
    void awaitReady() throws IOException {
        try {
            ready.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("etcd does not serve: " + Files.readString(log), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// As a crash does.
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!reader.join(LIMIT)) {
                throw new IllegalStateException("etcd does not end");
            }
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
