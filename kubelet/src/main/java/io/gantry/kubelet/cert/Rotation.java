package io.gantry.kubelet.cert;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one certificate file valid: obtains it where it is missing, and anew at four fifths of its life. One virtual
/// thread.
public final class Rotation {
    private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final SigningRequests requests;
    private final SigningRequests.Wish wish;
    private final CertificateFile file;
    private final Consumer<CertificateFile.Pair> valid;
    private final CountDownLatch closed;
    private final Clock clock;

    /// @param valid called with the certificate at first and after each rotation
    public Rotation(
            SigningRequests requests,
            SigningRequests.Wish wish,
            CertificateFile file,
            Consumer<CertificateFile.Pair> valid,
            CountDownLatch closed,
            Clock clock) {
        this.requests = requests;
        this.wish = wish;
        this.file = file;
        this.valid = valid;
        this.closed = closed;
        this.clock = clock;
    }

    public void start() {
        Thread.ofVirtual().name("rotation").start(this::run);
    }

    private void run() {
        Optional<CertificateFile.Pair> told = Optional.empty();
        try {
            while (closed.getCount() > 0) {
                Optional<CertificateFile.Pair> current = current();
                if (current.isPresent() && !current.equals(told)) {
                    valid.accept(current.get());
                    told = current;
                }
                Duration wait = current.map(this::left).orElse(Duration.ZERO);
                if (wait.isPositive()) {
                    closed.await(Math.min(wait.toMillis(), LONGEST_WAIT.toMillis()), TimeUnit.MILLISECONDS);
                } else {
                    obtain();
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("rotation stopped");
        }
    }

    private Optional<CertificateFile.Pair> current() {
        try {
            return file.read().filter(pair -> clock.instant().isBefore(pair.expires()));
        } catch (IOException | GeneralSecurityException unreadable) {
            LOG.warn("{} is not readable and is made anew: {}", file.path(), unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Duration left(CertificateFile.Pair pair) {
        Instant at = pair.rotateAt();
        return Duration.between(clock.instant(), at);
    }

    private void obtain() throws InterruptedException {
        try {
            requests.obtain(wish, file);
        } catch (IOException failure) {
            LOG.warn("no certificate: {}", failure.getMessage());
            closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException bug) {
            LOG.error("getting a certificate broke, it is tried again", bug);
            closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
