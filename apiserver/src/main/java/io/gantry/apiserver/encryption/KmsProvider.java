package io.gantry.apiserver.encryption;

import io.gantry.apiserver.encryption.kms.EncryptedObject;
import io.gantry.apiserver.encryption.kms.StatusResponse;
import io.gantry.component.VirtualThreads;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks a plugin all the time whether it is well and which key is its newest, and has a seed encrypted by each new one
/// (upstream `kmsv2PluginProbe` of `…/options/encryptionconfig/config.go`). While the plugin is away, values are
/// written
/// with the seed there is for three minutes, so that whoever changes the key knows when nobody writes with the old one
/// any more. Thread-safe; blocks.
final class KmsProvider implements AutoCloseable {
    /// How long values are written without a word of the plugin.
    static final Duration WRITES = Duration.ofMinutes(3);

    private static final Logger LOG = LoggerFactory.getLogger(KmsProvider.class);
    private static final Set<String> VERSIONS = Set.of("v2", "v2beta1");
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration LOOK_WHEN_ILL = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofSeconds(20);
    private static final Duration KEPT_WHEN_ILL = Duration.ofSeconds(3);

    private final KmsSettings settings;
    private final KmsPlugin plugin;
    private final InstantSource clock;
    private final Runnable changed;
    private final SecureRandom random = new SecureRandom();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<KmsState> state = Optional.empty();
    private Optional<String> failure = Optional.of("it was not asked yet");
    private Instant answerUntil = Instant.MIN;
    private String version = "";

    /// Asks nothing yet.
    ///
    /// @param changed called when there is another key; must not block
    KmsProvider(KmsSettings settings, KmsMetrics metrics, InstantSource clock, Runnable changed) {
        this.settings = settings;
        this.plugin = new KmsPlugin(settings, metrics);
        this.clock = clock;
        this.changed = changed;
    }

    /// Asks now, and then all the time.
    void start() {
        check();
        VirtualThreads.background().name("kms-" + settings.name()).start(this::follow);
    }

    private void follow() {
        try {
            Duration pause = check().isEmpty() ? LOOK : LOOK_WHEN_ILL;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = check().isEmpty() ? LOOK : LOOK_WHEN_ILL;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Why the plugin cannot be relied on; empty when it can. An answer is kept for some seconds.
    synchronized Optional<String> check() {
        Instant now = clock.instant();
        if (now.isBefore(answerUntil)) {
            return failure;
        }
        Optional<String> found = ask(now);
        if (found.isPresent() && !found.equals(failure)) {
            LOG.warn("KMS provider {}: {}", settings.name(), found.get());
        }
        failure = found;
        answerUntil = clock.instant().plus(found.isEmpty() ? KEPT : KEPT_WHEN_ILL);
        return failure;
    }

    private Optional<String> ask(Instant now) {
        StatusResponse status;
        try {
            status = plugin.status();
        } catch (KmsException e) {
            return Optional.of("failed to perform status section of the healthz check for KMS Provider "
                    + settings.name() + ", error: " + e.getMessage());
        }
        List<String> wrong = wrong(status);
        if (KmsEnvelope.keyId(status.getKeyId()).isEmpty()) {
            rotate(status.getKeyId(), now.plus(WRITES)).ifPresent(wrong::add);
        }
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "kmsv2 Provider " + settings.name() + " is not healthy, error: " + String.join(", ", wrong));
    }

    private List<String> wrong(StatusResponse status) {
        List<String> wrong = new ArrayList<>();
        if (!status.getHealthz().equals("ok")) {
            wrong.add("got unexpected healthz status: " + status.getHealthz());
        }
        if (!VERSIONS.contains(status.getVersion())) {
            wrong.add("expected KMSv2 API version v2, got " + status.getVersion());
        } else if (version.isEmpty()) {
            version = status.getVersion();
        } else if (!version.equals(status.getVersion())) {
            wrong.add("KMSv2 API version should not change after the initial status response version " + version
                    + ", got " + status.getVersion());
        }
        KmsEnvelope.keyId(status.getKeyId()).ifPresent(why -> wrong.add("got invalid KMSv2 KeyID: " + why));
        return wrong;
    }

    /// The seed of a key stays; another key gets another one. What goes wrong leaves everything as it was.
    private Optional<String> rotate(String keyId, Instant until) {
        Optional<KmsState> before = state;
        if (before.isPresent() && before.get().isOf(keyId)) {
            state = Optional.of(before.get().until(until));
            return Optional.empty();
        }
        byte[] seed = new byte[SeedCipher.BYTES];
        random.nextBytes(seed);
        try {
            EncryptedObject envelope = KmsEnvelope.of(plugin.encrypt(seed));
            if (!envelope.getKeyId().equals(keyId)) {
                return Optional.of("failed to rotate DEK, statusKeyIDHash=\"" + KmsMetrics.hash(keyId)
                        + "\", encryptKeyIDHash=\"" + KmsMetrics.hash(envelope.getKeyId()) + "\"");
            }
            state = Optional.of(new KmsState(new SeedCipher(seed), envelope, until));
        } catch (KmsException e) {
            return Optional.of("failed to rotate DEK, failed to encrypt DEK, error: " + e.getMessage());
        }
        LOG.info("KMS provider {}: values are encrypted with key {}", settings.name(), KmsMetrics.hash(keyId));
        changed.run();
        return Optional.empty();
    }

    /// What values are encrypted with; empty before the plugin answered.
    Optional<KmsState> state() {
        return state;
    }

    /// The same, while the plugin is relied on.
    ///
    /// @throws KmsException otherwise
    KmsState writing() throws KmsException {
        KmsState now = state.orElseThrow(() -> new KmsException(
                "KMS provider " + settings.name() + " has not answered yet; see /healthz/" + Encryption.HEALTH));
        if (clock.instant().isAfter(now.until())) {
            throw new KmsException("encryptedDEKSource with keyID hash \""
                    + KmsMetrics.hash(now.envelope().getKeyId()) + "\" expired at " + now.until());
        }
        return now;
    }

    KmsPlugin plugin() {
        return plugin;
    }

    KmsSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        closed.countDown();
        plugin.close();
    }
}
