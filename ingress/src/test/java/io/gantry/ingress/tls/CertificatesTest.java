package io.gantry.ingress.tls;

import static io.gantry.ingress.route.Objects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.secret.Secret;
import io.gantry.client.ObjectKey;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.ingress.route.Notice;
import io.gantry.ingress.route.RouteTable;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CertificatesTest {
    private static final ObjectKey INGRESS = new ObjectKey("default", "web");
    private static final ObjectKey SECRET = new ObjectKey("default", "tls");
    private static final Map<String, RouteTable.TlsEntry> HOSTS = Map.of(
            "a.test", new RouteTable.TlsEntry(INGRESS, SECRET), "*.b.test", new RouteTable.TlsEntry(INGRESS, SECRET));

    /// A Secret as `kubectl create secret tls` makes it.
    static Secret secret(String revision, Identity certificate, Identity key) {
        return json(
                Secret.class,
                "{'metadata':{'name':'tls','namespace':'default','resourceVersion':'" + revision
                        + "'},'type':'kubernetes.io/tls','data':{'tls.crt':'" + base64(certificate.certificatePem())
                        + "','tls.key':'" + base64(key.keyPem()) + "'}}");
    }

    static Identity identity(String name) {
        return CertificateAuthority.create("ca", Duration.ofDays(1))
                .issue(CertificateProfile.server(name, List.of(name), List.of(), Duration.ofDays(1)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesChooseCertificatesAndChangesAreSeen() {
        Certificates certificates = new Certificates();
        Identity identity = identity("a.test");
        Secret one = secret("1", identity, identity);
        assertEquals(List.of(), certificates.update(HOSTS, key -> Optional.of(one)));
        SslContext first = certificates.map("A.test");
        assertSame(first, certificates.map("x.b.test"));
        assertNotSame(first, certificates.map("x.y.b.test"));
        assertNotSame(first, certificates.map(null));
        certificates.update(HOSTS, key -> Optional.of(one));
        assertSame(first, certificates.map("a.test"));
        certificates.update(HOSTS, key -> Optional.of(secret("2", identity, identity)));
        assertNotSame(first, certificates.map("a.test"));
    }

    @Test
    void whatCannotBeUsedFallsBackAndIsTold() {
        Certificates certificates = new Certificates();
        Identity identity = identity("a.test");
        assertTold(certificates.update(HOSTS, key -> Optional.empty()), "there is no secret default/tls");
        SslContext fallback = certificates.map("a.test");
        assertTold(
                certificates.update(HOSTS, key -> Optional.of(secret("1", identity, identity("b.test")))),
                "its key is not that of its certificate");
        assertSame(fallback, certificates.map("a.test"));
        assertTold(
                certificates.update(
                        HOSTS,
                        key -> Optional.of(json(
                                Secret.class,
                                "{'metadata':{'name':'tls','resourceVersion':'2'},'data':{'tls.crt':'eA=='}}"))),
                "it has no tls.key");
    }

    private static void assertTold(List<Notice> notices, String text) {
        assertEquals(1, notices.size(), notices.toString());
        assertEquals(INGRESS, notices.getFirst().ingress());
        assertTrue(notices.getFirst().message().contains(text), notices.toString());
    }
}
