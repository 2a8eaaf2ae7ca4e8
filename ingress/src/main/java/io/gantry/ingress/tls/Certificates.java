package io.gantry.ingress.tls;

import io.gantry.api.core.v1.secret.Secret;
import io.gantry.client.ObjectKey;
import io.gantry.component.netty.NettyTls;
import io.gantry.component.pki.IdentityKeys;
import io.gantry.ingress.route.HostName;
import io.gantry.ingress.route.Notice;
import io.gantry.ingress.route.RouteTable;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The TLS of each host. What a handshake needs is made when the first one asks for it. Read by event loops; updated by
/// one thread.
public final class Certificates implements Mapping<String, SslContext> {
    private final Lazy fallback = new Lazy(ServingIdentity::selfSigned);
    private volatile Map<String, Lazy> hosts = Map.of();
    private Map<ObjectKey, Known> secrets = Map.of();

    /// What a Secret of one revision is.
    private record Known(String revision, Optional<Lazy> tls, String problem) {}

    /// Serves these hosts from now on.
    ///
    /// @param tls by host
    /// @param secrets finds those of type `kubernetes.io/tls`
    /// @return which Secrets cannot be used, and why
    public List<Notice> update(Map<String, RouteTable.TlsEntry> tls, Function<ObjectKey, Optional<Secret>> secrets) {
        Map<ObjectKey, Known> known = new HashMap<>();
        Map<String, Lazy> fresh = new HashMap<>();
        List<Notice> notices = new ArrayList<>();
        tls.forEach((host, entry) -> {
            if (entry.secret().name().isEmpty()) {
                return; // the certificate that nobody trusts was asked for
            }
            Known secret = known.computeIfAbsent(entry.secret(), key -> look(key, secrets.apply(key)));
            secret.tls().ifPresent(context -> fresh.put(host, context));
            Notice notice = new Notice(entry.ingress(), "TlsSecretNotUsable", secret.problem());
            if (!secret.problem().isEmpty() && !notices.contains(notice)) {
                notices.add(notice);
            }
        });
        this.secrets = known;
        this.hosts = Map.copyOf(fresh);
        return notices;
    }

    private Known look(ObjectKey key, Optional<Secret> secret) {
        String then = "; a self-signed certificate is served";
        if (secret.isEmpty()) {
            return new Known("", Optional.empty(), "there is no secret " + key + " of type kubernetes.io/tls" + then);
        }
        String revision = String.valueOf(secret.get().metadata().resourceVersion());
        Known before = secrets.get(key);
        if (before != null && before.revision().equals(revision)) {
            return before;
        }
        try {
            ServingIdentity identity = ServingIdentity.of(secret.get());
            return new Known(revision, Optional.of(new Lazy(() -> identity)), "");
        } catch (GeneralSecurityException e) {
            return new Known(revision, Optional.empty(), "secret " + key + " cannot be used: " + e.getMessage() + then);
        }
    }

    /// @param name that the client asks for; none when it asks for none
    @Override
    public SslContext map(@Nullable String name) {
        if (name == null) {
            return fallback.context();
        }
        Map<String, Lazy> now = hosts;
        String host = name.toLowerCase(Locale.ROOT);
        Lazy found = now.get(host);
        return (found == null ? now.getOrDefault(HostName.wildcard(host), fallback) : found).context();
    }

    private static final class Lazy {
        private final Supplier<ServingIdentity> identity;
        private @Nullable SslContext context;

        Lazy(Supplier<ServingIdentity> identity) {
            this.identity = identity;
        }

        synchronized SslContext context() {
            if (context == null) {
                context = make(identity.get());
            }
            return context;
        }
    }

    private static SslContext make(ServingIdentity identity) {
        try {
            return NettyTls.server(new IdentityKeys(identity.key(), identity.chain()))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS of a checked identity", e);
        }
    }
}
