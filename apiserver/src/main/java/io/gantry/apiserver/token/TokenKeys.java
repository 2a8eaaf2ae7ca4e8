package io.gantry.apiserver.token;

import io.gantry.component.Digests;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The keys of service-account tokens: one signs, all verify. RSA signs with RS256, P-256 with ES256.
///
/// @param signing the private key
/// @param signingKeyId of the public key that belongs to it
/// @param verifying public keys by key id
public record TokenKeys(PrivateKey signing, String signingKeyId, Map<String, PublicKey> verifying) {
    public TokenKeys {
        verifying = Collections.unmodifiableMap(new LinkedHashMap<>(verifying));
        if (!(signing instanceof ECPrivateKey) && !(signing instanceof RSAPrivateCrtKey)) {
            throw new IllegalArgumentException("a token signing key must be RSA or EC P-256");
        }
    }

    /// Reads `--service-account-signing-key-file` and `--service-account-key-file`.
    ///
    /// @param publicKeyFiles PEM files with public keys, certificates or private keys, in any number each
    public static TokenKeys load(Path signingKeyFile, List<Path> publicKeyFiles)
            throws IOException, GeneralSecurityException {
        PrivateKey signing = Pem.privateKey(signingKeyFile);
        Map<String, PublicKey> verifying = new LinkedHashMap<>();
        for (Path file : publicKeyFiles) {
            for (PublicKey key : publicKeys(Files.readString(file))) {
                verifying.put(keyId(key), key);
            }
        }
        for (PublicKey key : publicKeysOf(Files.readString(signingKeyFile))) {
            verifying.putIfAbsent(keyId(key), key);
        }
        return new TokenKeys(signing, signingKeyId(signing, verifying), verifying);
    }

    /// One pair that signs and verifies.
    public static TokenKeys of(PrivateKey signing, PublicKey verifying) {
        return new TokenKeys(signing, keyId(verifying), Map.of(keyId(verifying), verifying));
    }

    /// Upstream's key id: the hash of the key, so that it is the same on every server.
    static String keyId(PublicKey key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.sha256(key.getEncoded()));
    }

    /// The public key is found by what it verifies.
    private static String signingKeyId(PrivateKey signing, Map<String, PublicKey> verifying)
            throws InvalidKeySpecException {
        for (Map.Entry<String, PublicKey> entry : verifying.entrySet()) {
            if (KeyMatch.matches(signing, entry.getValue())) {
                return entry.getKey();
            }
        }
        throw new InvalidKeySpecException("no public key of --service-account-key-file belongs to the signing key");
    }

    private static PublicKey publicKey(RSAPrivateCrtKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    }

    /// The public halves of private keys; those of EC where the file holds them, as it does wherever
    /// OpenSSL or Go wrote it.
    private static List<PublicKey> publicKeysOf(String pem) throws GeneralSecurityException {
        List<PublicKey> keys = new ArrayList<>();
        for (Pem.Block block : Pem.blocks(pem)) {
            if (!block.type().endsWith("PRIVATE KEY")) {
                continue;
            }
            PrivateKey key = Pem.privateKey(Pem.encode(block.type(), block.der()));
            if (key instanceof RSAPrivateCrtKey rsa) {
                keys.add(publicKey(rsa));
            } else if (key instanceof ECPrivateKey ec) {
                EmbeddedPoint.of(ec, block.der())
                        .filter(point -> KeyMatch.matches(ec, point))
                        .ifPresent(keys::add);
            }
        }
        return keys;
    }

    private static List<PublicKey> publicKeys(String pem) throws GeneralSecurityException {
        List<PublicKey> keys = new ArrayList<>();
        for (Pem.Block block : Pem.blocks(pem)) {
            String text = Pem.encode(block.type(), block.der());
            switch (block.type()) {
                case "PUBLIC KEY" -> keys.add(Pem.publicKey(text));
                case "CERTIFICATE" ->
                    Pem.certificates(text).stream()
                            .map(X509Certificate::getPublicKey)
                            .forEach(keys::add);
                default -> keys.addAll(publicKeysOf(text));
            }
        }
        if (keys.isEmpty() || !keys.stream().allMatch(k -> k instanceof RSAPublicKey || k instanceof ECPublicKey)) {
            throw new InvalidKeySpecException("no RSA or EC public key in the file");
        }
        return keys;
    }
}
