package io.gantry.apiserver;

import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.webhook.AuthorizerChain;
import io.gantry.apiserver.authz.webhook.AuthorizerEntry;
import io.gantry.apiserver.authz.webhook.AuthorizerEntry.Mode;
import io.gantry.apiserver.authz.webhook.WebhookRules;
import io.gantry.component.Flags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who is asked whether something may be done, in order: `--authorization-mode` with `--authorization-webhook-…`, or a
/// file, `--authorization-config`. Without any of them `Node,RBAC`, as a cluster needs them (upstream's own default is
/// `AlwaysAllow`).
///
/// @param entries at least one, unless a file says them
/// @param file an `AuthorizationConfiguration`
/// @param given whether one of the flags was
record AuthorizationFlags(List<AuthorizerEntry> entries, Optional<Path> file, boolean given) {
    private static final String WEBHOOK = "authorization-webhook-";
    private static final String WEBHOOK_NAME = "default";
    private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(30);
    private static final List<String> VERSIONS = List.of("v1", "v1beta1");

    AuthorizationFlags {
        entries = List.copyOf(entries);
    }

    /// @throws IllegalArgumentException for a mode that is not there, or given twice, and for what does not fit
    /// together
    static AuthorizationFlags parse(Flags flags) {
        Optional<Path> config = flags.optionalPath("authorization-config");
        Optional<Path> kubeconfig = flags.optionalPath(WEBHOOK + "config-file");
        Optional<String> version = flags.optional(WEBHOOK + "version");
        Optional<String> authorized = flags.optional(WEBHOOK + "cache-authorized-ttl");
        Optional<String> unauthorized = flags.optional(WEBHOOK + "cache-unauthorized-ttl");
        Set<Mode> modes = modes(flags.all("authorization-mode"));
        if (config.isPresent()) {
            if (!modes.isEmpty()
                    || kubeconfig.isPresent()
                    || version.isPresent()
                    || authorized.isPresent()
                    || unauthorized.isPresent()) {
                throw new IllegalArgumentException("--authorization-config can not be specified when"
                        + " --authorization-mode or --authorization-webhook-* flags are defined");
            }
            return new AuthorizationFlags(List.of(), config, true);
        }
        if (kubeconfig.isPresent() && !modes.contains(Mode.Webhook)) {
            throw new IllegalArgumentException(
                    "cannot specify --authorization-webhook-config-file without mode Webhook");
        }
        List<AuthorizerEntry> entries = new ArrayList<>();
        for (Mode mode : modes.isEmpty() ? EnumSet.of(Mode.Node, Mode.RBAC) : modes) {
            entries.add(
                    mode == Mode.Webhook
                            ? webhook(
                                    kubeconfig,
                                    version.orElse("v1beta1"),
                                    flags.parsed(WEBHOOK + "cache-authorized-ttl", "5m0s", GoDurations::parse),
                                    flags.parsed(WEBHOOK + "cache-unauthorized-ttl", "30s", GoDurations::parse))
                            : AuthorizerEntry.of(mode));
        }
        return new AuthorizationFlags(entries, Optional.empty(), !modes.isEmpty());
    }

    private static AuthorizerEntry webhook(
            Optional<Path> kubeconfig, String version, Duration authorized, Duration unauthorized) {
        if (!VERSIONS.contains(version)) {
            throw new IllegalArgumentException("unsupported webhook authorizer version \"" + version
                    + "\", supported versions are \"v1\", \"v1beta1\"");
        }
        Path file = kubeconfig.orElseThrow(() ->
                new IllegalArgumentException("authorization-mode Webhook's authorization config file not passed"));
        return new AuthorizerEntry(
                Mode.Webhook,
                WEBHOOK_NAME,
                Optional.of(new WebhookRules(
                        WEBHOOK_NAME, authorized, unauthorized, WEBHOOK_TIMEOUT, version, false, file, List.of())));
    }

    /// In the order that they are given in.
    private static Set<Mode> modes(List<String> lists) {
        Set<Mode> modes = new LinkedHashSet<>();
        lists.stream().flatMap(list -> Arrays.stream(list.split(",", -1))).forEach(name -> {
            if (!modes.add(mode(name))) {
                throw new IllegalArgumentException("authorization-mode \"" + name + "\" is specified more than once");
            }
        });
        return modes;
    }

    private static Mode mode(String name) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("authorization-mode \"" + name
                        + "\" is not a valid mode; there are: AlwaysAllow, AlwaysDeny, Node, RBAC, Webhook"));
    }

    /// Whether somebody asked that not everything be allowed.
    boolean restricts() {
        return given && entries.stream().noneMatch(entry -> entry.mode() == Mode.AlwaysAllow);
    }

    /// The authorizer that they make together.
    ///
    /// @throws IllegalArgumentException for a file that cannot be used
    Authorizer authorizer(AuthorizerChain chain) {
        return file.isPresent() ? chain.following(file.get()) : chain.of(entries);
    }
}
