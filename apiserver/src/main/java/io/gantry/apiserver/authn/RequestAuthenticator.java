package io.gantry.apiserver.authn;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.RequestHead;
import io.gantry.apiserver.http.WebSocketHandshake;
import io.gantry.apiserver.http.WebSocketProtocols;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who asks: whom a front proxy names, else a client certificate, else a bearer token, else nobody
/// (`system:anonymous`). A token or certificate that does not hold is refused, never taken for nobody.
public final class RequestAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(RequestAuthenticator.class);
    private static final String SCHEME = "bearer ";

    private final TokenAuthenticator tokens;
    private final List<String> audiences;
    private final Predicate<String> anonymous;
    private final Optional<FrontProxyUsers> proxies;
    /// By the connection's own array, whose identity is its key: hashing a certificate reads all of it.
    private final Map<X509Certificate[], Optional<UserInfo>> users = Collections.synchronizedMap(new WeakHashMap<>());

    /// @param audiences the API server's own: a token made for others is refused
    /// @param anonymous the paths for which a request without credentials is let in as `system:anonymous`
    /// @param proxies front proxies that are believed
    public RequestAuthenticator(
            TokenAuthenticator tokens,
            List<String> audiences,
            Predicate<String> anonymous,
            Optional<FrontProxyUsers> proxies) {
        this.proxies = proxies;
        this.tokens = tokens;
        this.audiences = List.copyOf(audiences);
        this.anonymous = anonymous;
    }

    @Override
    public UserInfo authenticate(RequestHead head, Optional<X509Certificate[]> certificates) {
        Optional<UserInfo> certified = certificates.flatMap(chain -> certified(head, chain));
        if (certified.isPresent()) {
            return certified.get();
        }
        Optional<String> token = bearerToken(head);
        if (token.isPresent()) {
            return holder(token.get())
                    .filter(found -> meant(found.audiences()))
                    .map(found -> withAuthenticated(found.user()))
                    .orElseThrow(StatusException::unauthorized);
        }
        boolean refused = certificates.isPresent() && !namesItself(certificates.get());
        if (refused || !anonymous.test(head.path()) || head.headers().get("authorization") != null) {
            throw StatusException.unauthorized();
        }
        return UserInfo.anonymous();
    }

    private Optional<TokenAuthenticator.Authenticated> holder(String token) {
        try {
            return tokens.authenticate(token);
        } catch (RefusedToken refused) {
            LOG.warn("a bearer token is refused: {}", refused.why());
            return Optional.empty();
        }
    }

    @Override
    public boolean mayBlock(RequestHead head, Optional<X509Certificate[]> certificates) {
        return headerToken(head).filter(tokens::mayBlock).isPresent() || WebSocketHandshake.isAsked(head);
    }

    private Optional<UserInfo> certified(RequestHead head, X509Certificate[] chain) {
        if (chain.length == 0) {
            return Optional.empty();
        }
        Optional<UserInfo> named = proxies.flatMap(proxy -> proxy.user(head.headers(), chain))
                .map(RequestAuthenticator::withAuthenticated);
        if (named.isPresent()) {
            return named;
        }
        return namesItself(chain) ? users.computeIfAbsent(chain, RequestAuthenticator::certified) : Optional.empty();
    }

    /// Not a certificate that did not verify, nor a front proxy's that names nobody.
    private boolean namesItself(X509Certificate[] chain) {
        return chain.length > 0 && (proxies.isEmpty() || proxies.get().namesItself(chain));
    }

    private static Optional<UserInfo> certified(X509Certificate[] chain) {
        return CertificateUsers.of(chain[0]).map(RequestAuthenticator::withAuthenticated);
    }

    private boolean meant(List<String> tokenAudiences) {
        return tokenAudiences.isEmpty() || tokenAudiences.stream().anyMatch(audiences::contains);
    }

    private static Optional<String> bearerToken(RequestHead head) {
        return headerToken(head).or(() -> webSocketToken(head));
    }

    private static Optional<String> headerToken(RequestHead head) {
        String header = head.headers().get("authorization");
        return header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? Optional.of(header.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    /// Upstream `ProtocolAuthenticator`: one token, beside a subprotocol that can be agreed to.
    private static Optional<String> webSocketToken(RequestHead head) {
        if (!WebSocketHandshake.isAsked(head)) {
            return Optional.empty();
        }
        WebSocketProtocols protocols = WebSocketProtocols.of(head);
        if (protocols.tokens().stream().allMatch(String::isEmpty)) {
            return Optional.empty();
        }
        if (protocols.tokens().size() > 1 || protocols.offered().isEmpty()) {
            throw StatusException.unauthorized();
        }
        return Optional.of(decoded(protocols.tokens().getFirst()));
    }

    /// As Go's `RawURLEncoding` reads it, which knows no padding.
    private static String decoded(String encoded) {
        if (encoded.indexOf('=') >= 0) {
            throw StatusException.unauthorized();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw StatusException.unauthorized();
        }
    }

    static UserInfo withAuthenticated(UserInfo user) {
        if (user.inGroup(UserInfo.AUTHENTICATED_GROUP) || user.inGroup(UserInfo.UNAUTHENTICATED_GROUP)) {
            return user;
        }
        List<String> groups = new ArrayList<>(user.groups());
        groups.add(UserInfo.AUTHENTICATED_GROUP);
        return new UserInfo(user.name(), user.uid(), groups, user.extra());
    }
}
