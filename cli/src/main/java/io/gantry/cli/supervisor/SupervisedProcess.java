package io.gantry.cli.supervisor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps one process running: starts it (or adopts one that runs), waits for its end, starts it again after a back-off.
/// One thread each (a platform thread: a handful of them cost less than the scheduler of virtual ones); state is
/// guarded by a private lock.
final class SupervisedProcess {
    private static final long LOG_ROTATE_BYTES = 20L << 20;

    private final ProcessSpec spec;
    private final Runnable onChange;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopRequested = lock.newCondition();
    private Optional<ProcessHandle> running = Optional.empty();
    private RestartBackoff backoff = RestartBackoff.FRESH;
    private int restarts;
    private String lastExit = "";
    private boolean stopping;
    private final Thread thread;

    SupervisedProcess(ProcessSpec spec, Optional<ProcessState> before, Runnable onChange) {
        this.spec = spec;
        this.onChange = onChange;
        before.ifPresent(state -> {
            restarts = state.restarts();
            lastExit = state.lastExit();
        });
        running = before.flatMap(SupervisedProcess::alive);
        thread = Thread.ofPlatform().daemon().name("supervise-" + spec.name()).unstarted(this::run);
    }

    ProcessSpec spec() {
        return spec;
    }

    void start() {
        thread.start();
    }

    ProcessState state() {
        lock.lock();
        try {
            return new ProcessState(
                    spec.name(),
                    running.map(ProcessHandle::pid).orElse(0L),
                    running.map(SupervisedProcess::startedMillis).orElse(0L),
                    restarts,
                    lastExit,
                    spec.health());
        } finally {
            lock.unlock();
        }
    }

    /// Ends the process (SIGTERM, then SIGKILL after the grace) and does not start it again. Blocks until it has ended.
    void stop(Duration grace) throws InterruptedException {
        Optional<ProcessHandle> process;
        lock.lock();
        try {
            stopping = true;
            stopRequested.signalAll();
            process = running;
        } finally {
            lock.unlock();
        }
        if (process.isPresent()) {
            process.get().destroy();
            try {
                process.get().onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                SupervisorLog.warn(spec.name() + " did not end within " + grace + ": killed");
                process.get().destroyForcibly();
            }
        }
        thread.join();
    }

    private void run() {
        while (true) {
            ProcessHandle process;
            Instant started = Instant.now();
            lock.lock();
            try {
                if (stopping) {
                    return;
                }
                if (running.isEmpty()) {
                    running = launch();
                }
                if (running.isEmpty()) {
                    backoff = backoff.ended(Duration.ZERO);
                    if (!awaitRestart()) {
                        return;
                    }
                    continue;
                }
                process = running.get();
            } finally {
                lock.unlock();
            }
            onChange.run();
            process.onExit().join();
            if (!ended(Duration.between(started, Instant.now()))) {
                return;
            }
        }
    }

    /// Notes the end; waits for the back-off.
    ///
    /// @return false when it is not to be started again
    private boolean ended(Duration ran) {
        lock.lock();
        try {
            running = Optional.empty();
            if (stopping) {
                return false;
            }
            backoff = backoff.ended(ran);
            restarts++;
            lastExit = "ended after " + ran.toSeconds() + " s at " + Instant.now();
            SupervisorLog.warn(spec.name() + " " + lastExit + "; starting again in " + backoff.delay());
        } finally {
            lock.unlock();
        }
        onChange.run();
        lock.lock();
        try {
            return awaitRestart();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRestart() {
        long nanos = backoff.delay().toNanos();
        while (nanos > 0 && !stopping) {
            try {
                nanos = stopRequested.awaitNanos(nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !stopping;
    }

    private Optional<ProcessHandle> launch() {
        try {
            Path log = Path.of(spec.log());
            Files.createDirectories(log.getParent());
            if (Files.exists(log) && Files.size(log) > LOG_ROTATE_BYTES) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder(spec.command())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(spec.environment());
            return Optional.of(builder.start().toHandle());
        } catch (IOException e) {
            lastExit = "cannot be started: " + e.getMessage();
            SupervisorLog.error(spec.name() + " " + lastExit);
            return Optional.empty();
        }
    }

    static Optional<ProcessHandle> alive(ProcessState state) {
        if (state.pid() == 0) {
            return Optional.empty();
        }
        return ProcessHandle.of(state.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> startedMillis(process) == state.startedMillis());
    }

    private static long startedMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
