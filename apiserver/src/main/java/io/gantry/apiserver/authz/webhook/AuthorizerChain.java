package io.gantry.apiserver.authz.webhook;

import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.authz.UnionAuthorizer;
import io.gantry.apiserver.webhook.WebhookClient;
import io.gantry.component.FollowedFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// The authorizers of a server, in turn. Thread-safe.
public final class AuthorizerChain {
    private final Function<AuthorizerEntry.Mode, Authorizer> maker;
    private final WebhookClient client;
    private final InstantSource clock;
    private final WebhookMetrics metrics = new WebhookMetrics();
    private final Map<AuthorizerEntry.Mode, Authorizer> builtIn = new EnumMap<>(AuthorizerEntry.Mode.class);

    /// @param maker makes those that are no webhooks, each at most once
    public AuthorizerChain(
            Function<AuthorizerEntry.Mode, Authorizer> maker, WebhookClient client, InstantSource clock) {
        this.maker = maker;
        this.client = client;
        this.clock = clock;
    }

    /// Those that are listed, once and for all.
    ///
    /// @throws IllegalArgumentException for a kubeconfig that cannot be used
    public synchronized Authorizer of(List<AuthorizerEntry> entries) {
        List<Authorizer> authorizers = new ArrayList<>();
        for (AuthorizerEntry entry : entries) {
            authorizers.add(
                    entry.webhook().isPresent()
                            ? new WebhookAuthorizer(entry.webhook().get(), client, clock, metrics)
                            : builtIn.computeIfAbsent(entry.mode(), maker));
        }
        Authorizer all = new UnionAuthorizer(authorizers);
        return new Told(all::isReady, () -> all, metrics);
    }

    /// Those that an `AuthorizationConfiguration` lists, read again when it changes. What is built in stays what it
    /// was at the start; only webhooks come and go.
    ///
    /// @throws IllegalArgumentException for a file that cannot be used
    public Authorizer following(Path file) {
        Set<AuthorizerEntry.Mode> first = EnumSet.noneOf(AuthorizerEntry.Mode.class);
        Supplier<Authorizer> current = FollowedFile.of(
                file,
                text -> {
                    List<AuthorizerEntry> entries = AuthorizationFile.parse(text);
                    same(entries, first);
                    return of(entries);
                },
                clock);
        return new Told(() -> false, current, metrics);
    }

    /// The authorizers of now, with what their webhooks counted.
    private record Told(BooleanSupplier ready, Supplier<Authorizer> current, WebhookMetrics counted)
            implements Authorizer {
        @Override
        public boolean isReady() {
            return ready.getAsBoolean();
        }

        @Override
        public Decision decide(Attributes attributes) {
            return current.get().decide(attributes);
        }

        @Override
        public String metrics() {
            return counted.text();
        }
    }

    private static void same(List<AuthorizerEntry> entries, Set<AuthorizerEntry.Mode> first) {
        Set<AuthorizerEntry.Mode> found = EnumSet.noneOf(AuthorizerEntry.Mode.class);
        entries.forEach(entry -> found.add(entry.mode()));
        found.remove(AuthorizerEntry.Mode.Webhook);
        if (first.isEmpty()) {
            first.addAll(found);
        }
        Set<AuthorizerEntry.Mode> missing = new TreeSet<>(first);
        missing.removeAll(found);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("missing required types: " + missing);
        }
        found.removeAll(first);
        for (AuthorizerEntry.Mode mode : found) {
            throw new IllegalArgumentException(
                    "authorizer type " + mode + " is not allowed if it was not enabled at initial server startup");
        }
    }
}
