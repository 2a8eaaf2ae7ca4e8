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

/// Keeps one process running while it is wanted: starts it (or adopts one that runs), waits for its end,
/// starts it again after a back-off. One thread each (a platform thread: a handful of them cost less than
/// the scheduler of virtual ones); state is guarded by a private lock.
final class SupervisedProcess {
    private static final long LOG_ROTATE_BYTES = 20L << 20;

    private final ProcessSpec spec;
    private final Runnable onChange;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<ProcessHandle> running = Optional.empty();
    private RestartBackoff backoff = RestartBackoff.FRESH;
    private int restarts;
    private String lastExit = "";
    private boolean stopping;
    private boolean wanted;
    private boolean dismissed;
    private final Thread thread;

    SupervisedProcess(ProcessSpec spec, Optional<ProcessState> before, Runnable onChange) {
        this.spec = spec;
        this.onChange = onChange;
        this.wanted = !spec.onDemand();
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
                    backoff.failures(),
                    lastExit,
                    spec.health(),
                    !wanted && running.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /// Starts the process if it does not run, or ends it (SIGTERM, then SIGKILL after the grace). Does not wait.
    void want(boolean now, Duration grace) {
        Optional<ProcessHandle> unwanted;
        lock.lock();
        try {
            if (wanted != now) {
                SupervisorLog.info(spec.name() + (now ? " is wanted" : " is not wanted any more"));
            }
            wanted = now;
            changed.signalAll();
            unwanted = now || stopping ? Optional.empty() : running;
            dismissed |= unwanted.isPresent();
        } finally {
            lock.unlock();
        }
        unwanted.ifPresent(process -> Thread.ofPlatform()
                .daemon()
                .name("end-" + spec.name())
                .start(() -> {
                    try {
                        end(process, grace);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }

    private void end(ProcessHandle process, Duration grace) throws InterruptedException {
        process.destroy();
        try {
            process.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            SupervisorLog.warn(spec.name() + " did not end within " + grace + ": killed");
            process.destroyForcibly();
        }
    }

    /// Ends the process (SIGTERM, then SIGKILL after the grace) and does not start it again. Blocks until it has ended.
    void stop(Duration grace) throws InterruptedException {
        Optional<ProcessHandle> process;
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
            process = running;
        } finally {
            lock.unlock();
        }
        if (process.isPresent()) {
            end(process.get(), grace);
        }
        thread.join();
    }

    private void run() {
        while (true) {
            ProcessHandle process;
            Instant started = Instant.now();
            lock.lock();
            try {
                while (!wanted && !stopping && running.isEmpty()) {
                    changed.await();
                    started = Instant.now();
                }
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
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
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
            if (dismissed) {
                dismissed = false;
                backoff = RestartBackoff.FRESH;
                lastExit = "";
                return true;
            }
            backoff = backoff.ended(ran);
            restarts++;
            lastExit = "ended after " + ran.toSeconds() + " s at " + Instant.now();
            SupervisorLog.warn(spec.name() + " " + lastExit + "; starting again in " + backoff.delay());
        } finally {
            lock.unlock();
            onChange.run();
        }
        lock.lock();
        try {
            return awaitRestart();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRestart() {
        long nanos = backoff.delay().toNanos();
        while (nanos > 0 && !stopping && wanted) {
            try {
                nanos = changed.awaitNanos(nanos);
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
