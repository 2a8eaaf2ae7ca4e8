package io.gantry.ingress.tls;

import io.gantry.api.core.v1.secret.Secret;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/// A key with the chain of its certificate.
record ServingIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final Duration OWN_LIFE = Duration.ofDays(365);

    ServingIdentity {
        chain = List.copyOf(chain);
    }

    /// From a Secret of type `kubernetes.io/tls`.
    ///
    /// @throws GeneralSecurityException saying what is wrong with it
    static ServingIdentity of(Secret secret) throws GeneralSecurityException {
        ServingIdentity identity =
                new ServingIdentity(Pem.privateKey(text(secret, "tls.key")), Pem.certificates(text(secret, "tls.crt")));
        if (!identity.fits()) {
            throw new GeneralSecurityException("its key is not that of its certificate");
        }
        return identity;
    }

    /// Nobody trusts it: for clients that ask for a name of which there is no certificate.
    static ServingIdentity selfSigned() {
        CertificateAuthority authority = CertificateAuthority.create("gantry-ingress-default", OWN_LIFE);
        Identity identity = authority.issue(CertificateProfile.server(
                "Gantry Ingress Default Certificate", List.of("ingress.local"), List.of(), OWN_LIFE));
        return new ServingIdentity(
                identity.key(),
                List.of(identity.certificate(), authority.identity().certificate()));
    }

    private static String text(Secret secret, String entry) throws GeneralSecurityException {
        String value = secret.data().get(entry);
        if (value == null) {
            throw new GeneralSecurityException("it has no " + entry);
        }
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(entry + " is no base64", e);
        }
    }

    private boolean fits() throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
        if (!chain.getFirst().getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(chain.getFirst().getSignature());
        byte[] signed = signature.sign();
        signature.initVerify(chain.getFirst().getPublicKey());
        signature.update(chain.getFirst().getSignature());
        return signature.verify(signed);
    }
}
