package io.gantry.apiserver.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gantry.api.Json;
import io.gantry.component.pki.KeyPairs;
import java.io.IOException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An issuer of tokens: its documents, and tokens that it signed. Used by one thread at a time, save for the documents.
public final class TestIssuer implements SigningKeys.Documents {
    private final String url;
    private final List<String> fetched = new ArrayList<>();
    private volatile ECKey key = newKey("first");
    private volatile boolean down;

    public TestIssuer(String url) {
        this.url = url;
    }

    private static ECKey newKey(String id) {
        KeyPair pair = KeyPairs.ec();
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .privateKey((ECPrivateKey) pair.getPrivate())
                .keyID(id)
                .build();
    }

    public void rotate(String id) {
        key = newKey(id);
    }

    void down(boolean whether) {
        down = whether;
    }

    List<String> fetched() {
        return fetched;
    }

    @Override
    public String get(String at) throws IOException {
        fetched.add(at);
        if (down) {
            throw new IOException("connection refused");
        }
        return at.endsWith("/.well-known/openid-configuration") ? discovery() : keys();
    }

    public String discovery() {
        return "{\"issuer\":\"" + url + "\",\"jwks_uri\":\"" + url + "/keys\"}";
    }

    public String keys() {
        return new JWKSet(key).toPublicJWKSet().toString();
    }

    /// A token with these claims, of ES256.
    public String token(Map<String, Object> claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    JWTClaimsSet.parse(Json.MAPPER.writeValueAsString(claims)));
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
