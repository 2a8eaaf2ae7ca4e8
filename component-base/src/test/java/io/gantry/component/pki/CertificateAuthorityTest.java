package io.gantry.component.pki;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private final CertificateAuthority authority = CertificateAuthority.create("test-ca", Duration.ofDays(1));

    @Test
    void issuesWhatVerifies() throws Exception {
        Identity admin =
                authority.issue(CertificateProfile.client("admin", List.of("system:masters"), Duration.ofDays(365)));
        admin.certificate().verify(authority.identity().certificate().getPublicKey());
        assertEquals(
                "CN=admin,O=system:masters",
                admin.certificate().getSubjectX500Principal().getName());
        assertTrue(!admin.certificate()
                .getNotAfter()
                .after(authority.identity().certificate().getNotAfter()));
        assertEquals(
                admin.certificate(), Pem.certificates(admin.certificatePem()).getFirst());
        assertEquals(((ECPrivateKey) admin.key()).getS(), ((ECPrivateKey) Pem.privateKey(admin.keyPem())).getS());
    }

    @Test
    void requestsCarryNamesAndAreChecked() {
        KeyPair keys = KeyPairs.ec();
        String pem = CertificateRequests.create(
                keys, "system:node:a", List.of("system:nodes"), List.of("a.example"), List.of("10.0.0.1"));
        CertificateRequests.Request request = CertificateRequests.parse(pem);
        assertEquals("system:node:a", request.commonName());
        assertEquals(List.of("system:nodes"), request.organizations());
        assertEquals(List.of("a.example"), request.dnsNames());
        assertEquals(List.of("10.0.0.1"), request.ipAddresses());
        assertEquals(keys.getPublic(), request.publicKey());
        assertThrows(IllegalArgumentException.class, () -> CertificateRequests.parse("nonsense"));
        byte[] der = Pem.blocks(pem).getFirst().der();
        der[der.length - 5] ^= 1;
        assertThrows(
                IllegalArgumentException.class,
                () -> CertificateRequests.parse(Pem.encode("CERTIFICATE REQUEST", der)));
    }

    @Test
    void readsOldKeyFormats() throws Exception {
        KeyPair rsa = KeyPairs.rsa();
        byte[] pkcs8 = rsa.getPrivate().getEncoded();
        byte[] pkcs1 = java.util.Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        assertEquals(rsa.getPrivate(), Pem.privateKey(Pem.encode("RSA PRIVATE KEY", pkcs1)));
    }

    /// Rust's `ring`, which kube-rs uses, refuses an EC key without its public half.
    @Test
    void ecKeysCarryTheirPublicHalf() throws Exception {
        for (int i = 0; i < 50; i++) {
            KeyPair keys = KeyPairs.ec();
            String pem = Pem.encode(keys.getPrivate(), keys.getPublic());
            assertEquals(((ECPrivateKey) keys.getPrivate()).getS(), ((ECPrivateKey) Pem.privateKey(pem)).getS());
            byte[] der = Pem.blocks(pem).getFirst().der();
            assertEquals(138, der.length);
            byte[] spki = keys.getPublic().getEncoded();
            assertArrayEquals(
                    java.util.Arrays.copyOfRange(spki, spki.length - 65, spki.length),
                    java.util.Arrays.copyOfRange(der, der.length - 65, der.length));
        }
    }
}
