package io.gantry.apiserver.authn;

import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Tokens by which a new node introduces itself: `id.secret`, kept in the Secret `kube-system/bootstrap-token-ID`
/// (upstream `plugin/pkg/auth/authenticator/token/bootstrap`).
public final class BootstrapTokens implements TokenAuthenticator {
    private static final Pattern FORM = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
    private static final Pattern EXTRA_GROUP = Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");
    private static final String GROUP = "system:bootstrappers";

    private final ObjectReader reader;
    private final InstantSource clock;

    public BootstrapTokens(ObjectReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public Optional<Authenticated> authenticate(String token) {
        Matcher matcher = FORM.matcher(token);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String id = matcher.group(1);
        return reader.get(SecretKind.KIND, "kube-system", "bootstrap-token-" + id)
                .filter(secret -> Trees.text(secret, "type").equals("bootstrap.kubernetes.io/token"))
                .filter(secret ->
                        Trees.text(secret, "metadata", "deletionTimestamp").isEmpty())
                .filter(secret -> id.equals(data(secret, "token-id")))
                .filter(secret -> same(matcher.group(2), data(secret, "token-secret")))
                .filter(secret -> data(secret, "usage-bootstrap-authentication").equals("true"))
                .flatMap(secret -> expiry(secret).flatMap(expires -> authenticated(secret, id, expires)));
    }

    private Optional<Authenticated> authenticated(ObjectNode secret, String id, Instant expires) {
        List<String> groups = new ArrayList<>(List.of(GROUP));
        Arrays.stream(data(secret, "auth-extra-groups").split(","))
                .filter(group -> !group.isEmpty())
                .forEach(groups::add);
        boolean valid = groups.stream()
                .skip(1)
                .allMatch(group -> EXTRA_GROUP.matcher(group).matches());
        UserInfo user = new UserInfo("system:bootstrap:" + id, "", groups, Map.of());
        return valid ? Optional.of(new Authenticated(user, List.of(), expires)) : Optional.empty();
    }

    /// Empty when it has expired or nobody can tell.
    private Optional<Instant> expiry(ObjectNode secret) {
        String text = data(secret, "expiration");
        if (text.isEmpty()) {
            return Optional.of(Instant.MAX);
        }
        try {
            Instant expires = OffsetDateTime.parse(text).toInstant();
            return clock.instant().isBefore(expires) ? Optional.of(expires) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String data(ObjectNode secret, String key) {
        try {
            return new String(Base64.getDecoder().decode(Trees.text(secret, "data", key)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean same(String sent, String kept) {
        return MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), kept.getBytes(StandardCharsets.UTF_8));
    }
}
