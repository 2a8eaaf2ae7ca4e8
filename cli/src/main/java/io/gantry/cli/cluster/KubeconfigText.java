package io.gantry.cli.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Kubeconfig files as kubectl reads them, with everything inside.
public final class KubeconfigText {
    private KubeconfigText() {}

    /// A user with a client certificate.
    public static String withCertificate(
            String server, String authorityPem, String user, String certificatePem, String keyPem) {
        return text(
                server,
                authorityPem,
                user,
                "    client-certificate-data: " + base64(certificatePem) + "\n    client-key-data: " + base64(keyPem));
    }

    /// A user with a bearer token.
    public static String withToken(String server, String authorityPem, String user, String token) {
        return text(server, authorityPem, user, "    token: " + token);
    }

    /// Where a cluster is and whom to trust, without a user.
    public static String withoutUser(String server, String authorityPem) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: ""
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                contexts: []
                users: []
                """.formatted(server, base64(authorityPem));
    }

    private static String text(String server, String authorityPem, String user, String credentials) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: gantry
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: gantry-%s
                  user:
                %s
                contexts:
                - name: gantry
                  context:
                    cluster: gantry
                    user: gantry-%s
                current-context: gantry
                """.formatted(server, base64(authorityPem), user, credentials, user);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
