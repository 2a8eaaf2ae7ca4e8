package io.gantry.kubelet.plugin;

import io.gantry.component.DoublingPauses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket from its coming to its going, on a virtual thread: registers the plugin, tries again where that fails,
/// and takes it out when the socket has gone.
final class PluginLife {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLife.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(2);

    private final Path socket;
    private final Registration registration;
    private final CountDownLatch gone = new CountDownLatch(1);
    private final Thread thread;

    /// @param before who had the path before and goes first
    PluginLife(Path socket, Registration registration, Optional<PluginLife> before) {
        this.socket = socket;
        this.registration = registration;
        this.thread = Thread.ofVirtual().name("plugin-" + socket.getFileName()).unstarted(() -> run(before));
    }

    PluginLife start() {
        thread.start();
        return this;
    }

    /// The socket has gone; returns at once.
    void end() {
        gone.countDown();
    }

    /// The kubelet stops: what is registered stays so.
    void leave() {
        thread.interrupt();
    }

    private void run(Optional<PluginLife> before) {
        try {
            if (before.isPresent()) {
                before.get().thread.join();
            }
            Optional<Plugin> plugin = register();
            gone.await();
            plugin.ifPresent(registration::deregister);
        } catch (InterruptedException stopped) {
            LOG.debug("plugin at {} left alone", socket);
        }
    }

    private Optional<Plugin> register() throws InterruptedException {
        DoublingPauses pauses = new DoublingPauses(FIRST_RETRY, LONGEST_RETRY);
        while (gone.getCount() > 0) {
            try {
                Plugin plugin = registration.register(socket);
                LOG.info("{} {} is registered, endpoint {}", plugin.type(), plugin.name(), plugin.endpoint());
                return Optional.of(plugin);
            } catch (PluginFailure | RuntimeException failure) {
                LOG.warn("plugin at {}: {}", socket, failure.getMessage());
            }
            if (pauses.await(gone)) {
                break;
            }
        }
        return Optional.empty();
    }
}
