package io.gantry.kubelet.credential;

import io.gantry.api.Copies;
import io.gantry.api.Json;
import io.gantry.api.schema.GoDurations;
import io.gantry.kubelet.runtime.RegistryLogin;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;

/// What a credential provider says (`CredentialProviderResponse` of `credentialprovider.kubelet.k8s.io`).
///
/// @param keptFor which images it is for
/// @param cacheDuration how long it holds; zero for now alone, empty: as the configuration says
/// @param logins by what they are for, as in a `config.json` of Docker: registries, and registries with paths
record PluginAnswer(Scope keptFor, Optional<Duration> cacheDuration, Map<String, RegistryLogin> logins) {
    private static final String KIND = "CredentialProviderResponse";

    PluginAnswer {
        logins = Copies.map(logins);
    }

    /// Upstream's cacheKeyType.
    enum Scope {
        IMAGE("Image"),
        REGISTRY("Registry"),
        GLOBAL("Global");

        private final String word;

        Scope(String word) {
            this.word = word;
        }

        static Optional<Scope> of(@Nullable String word) {
            for (Scope scope : values()) {
                if (scope.word.equals(word)) {
                    return Optional.of(scope);
                }
            }
            return Optional.empty();
        }
    }

    private record Wire(
            @Nullable String kind,
            @Nullable String apiVersion,
            @Nullable String cacheKeyType,
            @Nullable String cacheDuration,
            @Nullable Map<String, WireLogin> auth) {}

    private record WireLogin(
            @Nullable String username, @Nullable String password) {}

    /// @param apiVersion that the configuration says it speaks
    static PluginAnswer parse(byte[] json, String apiVersion) throws PluginFailure {
        Wire wire = wire(json, apiVersion);
        Scope scope = Scope.of(wire.cacheKeyType())
                .orElseThrow(() -> new PluginFailure("credential provider plugin did not return a valid cacheKeyType"));
        Map<String, RegistryLogin> logins = new LinkedHashMap<>();
        Objects.requireNonNullElse(wire.auth(), Map.<String, WireLogin>of())
                .forEach((registry, login) -> logins.put(registry, login(login)));
        return new PluginAnswer(scope, duration(wire.cacheDuration()), logins);
    }

    private static Wire wire(byte[] json, String apiVersion) throws PluginFailure {
        try {
            JsonNode tree = Json.MAPPER.readTree(json);
            String version = tree.path("apiVersion").asString("");
            if (!version.equals(apiVersion)) {
                throw new PluginFailure("apiVersion from credential plugin response did not match expected apiVersion:"
                        + apiVersion + ", actual apiVersion:" + version);
            }
            Wire wire = Json.MAPPER
                    .readerFor(Wire.class)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(json);
            if (!KIND.equals(wire.kind())) {
                throw new PluginFailure("failed to decode " + KIND + ", unexpected Kind: \"" + wire.kind() + "\"");
            }
            return wire;
        } catch (JacksonException unreadable) { // its words may hold credentials
            throw new PluginFailure("error decoding credential provider plugin response from stdout");
        }
    }

    private static Optional<Duration> duration(@Nullable String text) throws PluginFailure {
        try {
            return Optional.ofNullable(text).map(GoDurations::parse);
        } catch (IllegalArgumentException e) {
            throw new PluginFailure("credential provider plugin did not return a valid cacheDuration", e);
        }
    }

    private static RegistryLogin login(@Nullable WireLogin login) {
        return login == null
                ? new RegistryLogin("", "", "", "")
                : new RegistryLogin(
                        Objects.requireNonNullElse(login.username(), ""),
                        Objects.requireNonNullElse(login.password(), ""),
                        "",
                        "");
    }
}
