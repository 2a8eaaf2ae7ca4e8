package io.gantry.kubelet.image;

import io.gantry.api.Json;
import io.gantry.api.json.GoJson;
import io.gantry.component.Digests;
import io.gantry.kubelet.runtime.RegistryLogin;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/// What credentials are compared by: upstream's hash of them (`pkg/credentialprovider/keyring.go`,
/// `hashAuthConfig`), so that a node may change its kubelet. Pure.
final class CredentialHash {
    private CredentialHash() {}

    /// SHA-256 in hexadecimal digits.
    ///
    /// @param email of the same entry, may be empty
    static String of(RegistryLogin login, String email) {
        ObjectNode credentials = Json.MAPPER.createObjectNode();
        put(credentials, "username", login.username());
        put(credentials, "password", login.password());
        put(credentials, "email", email);
        put(credentials, "identitytoken", login.identityToken());
        put(credentials, "registrytoken", login.registryToken());
        return HexFormat.of().formatHex(Digests.sha256(GoJson.fitForHtml(credentials.toString())));
    }

    private static void put(ObjectNode credentials, String name, String value) {
        if (!value.isEmpty()) {
            credentials.put(name, value);
        }
    }
}
