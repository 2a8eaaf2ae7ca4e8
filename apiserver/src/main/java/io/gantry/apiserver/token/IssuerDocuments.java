package io.gantry.apiserver.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.gantry.api.Json;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The documents by which others verify our tokens: `/.well-known/openid-configuration` and `/openid/v1/jwks`.
public final class IssuerDocuments {
    public static final String CONFIGURATION_PATH = "/.well-known/openid-configuration";
    public static final String KEYS_PATH = "/openid/v1/jwks";
    public static final String KEYS_CONTENT_TYPE = "application/jwk-set+json";
    /// How long who verifies tokens may remember both.
    public static final String CACHED = "public, max-age=3600";

    private final byte[] configuration;
    private final byte[] keys;

    /// @param keysUri where [#keys()] are to be had
    public IssuerDocuments(TokenCodec codec, String keysUri) {
        this.configuration = configuration(codec, keysUri);
        this.keys = new JWKSet(jwks(codec.keys())).toString(true).getBytes(StandardCharsets.UTF_8);
    }

    /// JSON for [#CONFIGURATION_PATH]; nobody changes the bytes.
    public byte[] configuration() {
        return configuration;
    }

    /// JSON for [#KEYS_PATH]; nobody changes the bytes.
    public byte[] keys() {
        return keys;
    }

    private static byte[] configuration(TokenCodec codec, String keysUri) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("issuer", codec.issuer());
        document.put("jwks_uri", keysUri);
        document.putArray("response_types_supported").add("id_token");
        document.putArray("subject_types_supported").add("public");
        var algorithms = document.putArray("id_token_signing_alg_values_supported");
        jwks(codec.keys()).stream()
                .map(JWK::getAlgorithm)
                .distinct()
                .forEach(algorithm -> algorithms.add(algorithm.getName()));
        return Json.MAPPER.writeValueAsBytes(document);
    }

    private static List<JWK> jwks(TokenKeys keys) {
        List<JWK> set = new ArrayList<>();
        for (Map.Entry<String, PublicKey> entry : keys.verifying().entrySet()) {
            if (entry.getValue() instanceof ECPublicKey ec) {
                set.add(new ECKey.Builder(Curve.P_256, ec)
                        .keyUse(KeyUse.SIGNATURE)
                        .keyID(entry.getKey())
                        .algorithm(JWSAlgorithm.ES256)
                        .build());
            } else if (entry.getValue() instanceof RSAPublicKey rsa) {
                set.add(new RSAKey.Builder(rsa)
                        .keyUse(KeyUse.SIGNATURE)
                        .keyID(entry.getKey())
                        .algorithm(JWSAlgorithm.RS256)
                        .build());
            }
        }
        return set;
    }
}
