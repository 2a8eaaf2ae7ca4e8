package io.gantry.client;

import io.gantry.client.tls.Credential;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the API server is and how to prove who one is: the current context of a kubeconfig file.
///
/// Files named by the kubeconfig are read when a connection is made, and again when they change (the kubelet's client
/// certificate rotates); data embedded in it never changes.
///
/// @param certificateAuthority PEM certificates that the server's certificate must chain to; absent for the JDK's own
/// @param clientCertificate PEM certificate chain, absent when there is none
/// @param clientKey PEM private key
/// @param token bearer token
/// @param namespace of the context, `default` where it names none
public record Kubeconfig(
        URI server,
        Credential certificateAuthority,
        Credential clientCertificate,
        Credential clientKey,
        Credential token,
        boolean insecureSkipTlsVerify,
        String namespace) {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /// The current context of the file.
    ///
    /// @throws IllegalArgumentException when the file cannot be read, is no kubeconfig, or asks for a way to
    ///     authenticate that is not supported (exec plugins, auth providers)
    public static Kubeconfig load(Path file) {
        try {
            return KubeconfigFile.parse(Files.readString(file), file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read kubeconfig " + file, e);
        }
    }

    /// Client certificate authentication with PEM texts.
    public static Kubeconfig of(URI server, String caPem, String certificatePem, String keyPem) {
        return new Kubeconfig(
                server,
                Credential.inline(caPem),
                Credential.inline(certificatePem),
                Credential.inline(keyPem),
                Credential.absent(),
                false,
                "default");
    }

    /// Bearer token authentication.
    public static Kubeconfig ofToken(URI server, String caPem, String token) {
        return new Kubeconfig(
                server,
                Credential.inline(caPem),
                Credential.absent(),
                Credential.absent(),
                Credential.inline(token),
                false,
                "default");
    }

    /// The service account of the pod that this process runs in.
    public static Kubeconfig inCluster() {
        String host = System.getenv().getOrDefault("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc");
        String port = System.getenv().getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        return new Kubeconfig(
                URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port),
                Credential.file(SERVICE_ACCOUNT.resolve("ca.crt")),
                Credential.absent(),
                Credential.absent(),
                Credential.file(SERVICE_ACCOUNT.resolve("token")),
                false,
                new String(Credential.file(SERVICE_ACCOUNT.resolve("namespace")).read(), StandardCharsets.UTF_8));
    }

    /// Changes when one of the files does that it names; looks at them.
    public long version() {
        long version = 17;
        for (Credential credential : List.of(certificateAuthority, clientCertificate, clientKey, token)) {
            version = version * 1_000_003 + credential.version();
        }
        return version;
    }

    /// This as a kubeconfig file with one cluster, user and context of the given names.
    public String toYaml(String clusterName, String userName) {
        return KubeconfigFile.write(this, clusterName, userName);
    }
}
