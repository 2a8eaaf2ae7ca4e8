package io.gantry.apiserver.authz.webhook;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads and checks an `AuthorizationConfiguration` (`apiserver.config.k8s.io`).
final class AuthorizationFile {
    private static final String GROUP = "apiserver.config.k8s.io/";
    private static final Set<String> VERSIONS = Set.of(GROUP + "v1", GROUP + "v1beta1", GROUP + "v1alpha1");
    private static final List<String> MODES = Arrays.stream(AuthorizerEntry.Mode.values())
            .map(AuthorizerEntry.Mode::name)
            .toList();

    private final FieldErrors errors = new FieldErrors();
    private final Set<AuthorizerEntry.Mode> modes = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private AuthorizationFile() {}

    /// The authorizers that it lists, in order.
    ///
    /// @throws IllegalArgumentException for what is no configuration, by field
    static List<AuthorizerEntry> parse(byte[] text) {
        JsonNode tree;
        try {
            tree = Bodies.yaml(text).tree();
        } catch (StatusException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
        if (!Trees.text(tree, "kind").equals("AuthorizationConfiguration")
                || !VERSIONS.contains(Trees.text(tree, "apiVersion"))) {
            throw refused(
                    "expected AuthorizationConfiguration of " + GROUP + "v1, not " + Trees.text(tree, "kind") + " of "
                            + Trees.text(tree, "apiVersion"),
                    null);
        }
        return new AuthorizationFile().read(tree);
    }

    private static IllegalArgumentException refused(String why, @Nullable Exception cause) {
        return new IllegalArgumentException("failed to load AuthorizationConfiguration from file: " + why, cause);
    }

    private List<AuthorizerEntry> read(JsonNode tree) {
        List<JsonNode> listed = Trees.list(tree, "authorizers");
        if (listed.isEmpty()) {
            errors.required("authorizers", "at least one authorization mode must be defined");
        }
        List<AuthorizerEntry> entries = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            entry("authorizers[" + i + "]", listed.get(i)).ifPresent(entries::add);
        }
        if (!errors.isEmpty()) {
            String all = errors.all().stream().map(Object::toString).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(errors.count() == 1 ? all : "[" + all + "]");
        }
        for (AuthorizerEntry entry : entries) {
            String expected = entry.mode().entryName();
            if (entry.webhook().isEmpty() && !entry.name().equals(expected)) {
                throw new IllegalArgumentException("expected name " + expected + " for authorizer " + entry.mode()
                        + " instead of " + entry.name());
            }
        }
        return entries;
    }

    /// Empty when it was refused.
    private Optional<AuthorizerEntry> entry(String at, JsonNode tree) {
        String type = Trees.text(tree, "type");
        if (type.isEmpty()) {
            errors.required(at + ".type", "");
            return Optional.empty();
        }
        if (!MODES.contains(type)) {
            errors.notSupported(at + ".type", type, MODES);
            return Optional.empty();
        }
        AuthorizerEntry.Mode mode = AuthorizerEntry.Mode.valueOf(type);
        if (!modes.add(mode) && mode != AuthorizerEntry.Mode.Webhook) {
            errors.duplicate(at + ".type", type);
            return Optional.empty();
        }
        String name = Trees.text(tree, "name");
        name(at + ".name", name);
        boolean given = tree.path("webhook").isObject();
        if (mode == AuthorizerEntry.Mode.Webhook) {
            if (!given) {
                errors.required(at + ".webhook", "required when type=Webhook");
                return Optional.empty();
            }
            // Upstream names the webhook's fields as if they were the authorizer's.
            return new WebhookReader(at, errors)
                    .read(name, tree.path("webhook"))
                    .map(rules -> new AuthorizerEntry(mode, name, Optional.of(rules)));
        }
        if (given) {
            errors.invalid(at + ".webhook", "non-null", "may only be specified when type=Webhook");
        }
        return Optional.of(new AuthorizerEntry(mode, name, Optional.empty()));
    }

    private void name(String at, String name) {
        List<String> wrong = Names.subdomain(name);
        if (name.isEmpty()) {
            errors.required(at, "");
        } else if (!names.add(name)) {
            errors.duplicate(at, name);
        } else if (!wrong.isEmpty()) {
            errors.invalid(at, name, "authorizer name is invalid: " + String.join(", ", wrong));
        }
    }
}
