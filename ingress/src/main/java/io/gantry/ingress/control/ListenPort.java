package io.gantry.ingress.control;

import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a port as soon as it is free. Nothing tells of a port that becomes free, so this one is tried again now and
/// then while somebody else has it. One virtual thread.
public final class ListenPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ListenPort.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Binding binding;
    private final IngressController controller;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String problem = "";

    /// Takes the port.
    public interface Binding {
        /// @return the port
        int bind() throws BindException;
    }

    public ListenPort(Binding binding, IngressController controller) {
        this.binding = binding;
        this.controller = controller;
    }

    public void start() {
        Thread.ofVirtual().name("listen").start(this::run);
    }

    /// Why it cannot be had.
    public Optional<String> problem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    private void run() {
        try {
            while (!taken() && !closed.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{}: trying again", problem);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean taken() {
        try {
            LOG.info("listening on port {}", binding.bind());
        } catch (BindException e) {
            if (problem.isEmpty()) {
                problem = String.valueOf(e.getMessage());
                LOG.error("{}; trying again until it can be had", problem);
                controller.portProblem(problem);
            }
            return false;
        }
        if (!problem.isEmpty()) {
            controller.portSolved(problem);
            problem = "";
        }
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
