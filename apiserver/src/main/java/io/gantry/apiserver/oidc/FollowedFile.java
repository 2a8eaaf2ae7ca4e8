package io.gantry.apiserver.oidc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The issuers of an `AuthenticationConfiguration`, read again when the file changed. A changed file that cannot be
/// used is logged, and what was before counts on.
final class FollowedFile implements Supplier<List<IssuerTokens>> {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);
    /// Between two looks at the file.
    static final Duration LOOK = Duration.ofSeconds(5);

    private final Path file;
    private final InstantSource clock;
    private List<IssuerTokens> issuers;
    private byte[] text;
    private Instant next;

    private FollowedFile(Path file, InstantSource clock, byte[] text) {
        this.file = file;
        this.clock = clock;
        this.text = text;
        this.issuers = OidcTokens.issuers(
                AuthenticationFile.parse(file.toString(), text).issuers(), clock);
        this.next = clock.instant().plus(LOOK);
    }

    /// @throws IllegalArgumentException for a file that cannot be used
    static FollowedFile of(Path file, InstantSource clock) {
        return new FollowedFile(file, clock, AuthenticationFile.bytes(file));
    }

    @Override
    public synchronized List<IssuerTokens> get() {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            next = now.plus(LOOK);
            look();
        }
        return issuers;
    }

    private void look() {
        try {
            byte[] found = Files.readAllBytes(file);
            if (!java.util.Arrays.equals(found, text)) {
                text = found;
                issuers = OidcTokens.issuers(
                        AuthenticationFile.parse(file.toString(), found).issuers(), clock);
                LOG.info("read {} again", file);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("cannot use the changed {}, going on with what it was: {}", file, e.getMessage());
        }
    }
}
