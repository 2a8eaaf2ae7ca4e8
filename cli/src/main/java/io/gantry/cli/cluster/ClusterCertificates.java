package io.gantry.cli.cluster;

import io.gantry.cli.CliException;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The certificate authority of a cluster and the identities of its control plane. What exists and is valid is kept;
/// what is missing, ends soon, or does not name the addresses it must is made again.
public final class ClusterCertificates {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration IDENTITY_LIFE = Duration.ofDays(365);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    /// Whose kubeconfig people give to programs of all kinds. Its key is RSA: fabric8's client reads no other without
    /// further libraries.
    private static final String PEOPLE = "admin";

    private final ClusterLayout layout;
    private final ClusterConfig config;

    public ClusterCertificates(ClusterLayout layout, ClusterConfig config) {
        this.layout = layout;
        this.config = config;
    }

    /// Users of the control plane with their groups; each has a kubeconfig of the same name.
    private static Map<String, CertificateProfile> users() {
        Map<String, CertificateProfile> users = new LinkedHashMap<>();
        users.put(PEOPLE, CertificateProfile.client("kubernetes-admin", List.of("system:masters"), IDENTITY_LIFE));
        users.put("scheduler", CertificateProfile.client("system:kube-scheduler", List.of(), IDENTITY_LIFE));
        users.put(
                "controller-manager",
                CertificateProfile.client("system:kube-controller-manager", List.of(), IDENTITY_LIFE));
        users.put("kube-proxy", CertificateProfile.client("system:kube-proxy", List.of(), IDENTITY_LIFE));
        users.put("cluster-dns", CertificateProfile.client("system:cluster-dns", List.of(), IDENTITY_LIFE));
        users.put("ingress", CertificateProfile.client("system:ingress", List.of(), IDENTITY_LIFE));
        return users;
    }

    /// Makes what is missing. Private files are readable by root only.
    public void ensure() {
        try {
            CertificateAuthority authority = authority();
            ensureIdentity(authority, "apiserver", serving());
            ensureIdentity(
                    authority,
                    "apiserver-kubelet-client",
                    CertificateProfile.client(
                            "kube-apiserver-kubelet-client", List.of("system:masters"), IDENTITY_LIFE));
            for (Map.Entry<String, CertificateProfile> user : users().entrySet()) {
                ensureIdentity(authority, user.getKey(), user.getValue());
                Path file = layout.kubeconfig(user.getKey());
                PrivateFiles.write(
                        file,
                        KubeconfigText.withCertificate(
                                config.apiServer(),
                                authority.identity().certificatePem(),
                                user.getKey(),
                                Files.readString(layout.pki(user.getKey() + ".crt")),
                                Files.readString(layout.pki(user.getKey() + ".key"))));
            }
            // Whoever this authority signs may say who a user is: it signs the front proxy alone.
            ensureIdentity(
                    authority("front-proxy-ca", "gantry-front-proxy-ca"),
                    "front-proxy-client",
                    CertificateProfile.client("front-proxy-client", List.of(), IDENTITY_LIFE));
            ensureServiceAccountKey();
            if (config.store().runsEtcd()) {
                ensureEtcd();
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new CliException("certificates under " + layout.pki() + ": " + e.getMessage(), e);
        }
    }

    /// etcd has an authority of its own: whoever it signs may read and write everything.
    private void ensureEtcd() throws IOException, GeneralSecurityException {
        CertificateAuthority authority = authority("etcd-ca", "gantry-etcd-ca");
        for (String name : List.of("etcd-server", "etcd-peer")) {
            ensureIdentity(
                    authority,
                    name,
                    new CertificateProfile(
                            name,
                            List.of(),
                            List.of("localhost", config.nodeName()),
                            List.of("127.0.0.1"),
                            List.of(CertificateProfile.Usage.SERVER_AUTH, CertificateProfile.Usage.CLIENT_AUTH),
                            IDENTITY_LIFE));
        }
        ensureIdentity(
                authority,
                "apiserver-etcd-client",
                CertificateProfile.client("kube-apiserver-etcd-client", List.of(), IDENTITY_LIFE));
    }

    private CertificateAuthority authority() throws IOException, GeneralSecurityException {
        return authority("ca", "gantry-ca");
    }

    private CertificateAuthority authority(String file, String commonName)
            throws IOException, GeneralSecurityException {
        Path certificate = layout.pki(file + ".crt");
        Path key = layout.pki(file + ".key");
        if (Files.exists(certificate) && Files.exists(key)) {
            return new CertificateAuthority(
                    new Identity(Pem.certificates(certificate).getFirst(), Pem.privateKey(key)));
        }
        CertificateAuthority authority = CertificateAuthority.create(commonName, AUTHORITY_LIFE);
        write(file, authority.identity());
        return authority;
    }

    private CertificateProfile serving() {
        String host = config.nodeName();
        List<String> names = List.of(
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc." + config.clusterDomain(),
                "localhost",
                host);
        return CertificateProfile.server(
                "kube-apiserver",
                names,
                List.of("127.0.0.1", config.nodeAddress(), config.apiServiceAddress()),
                IDENTITY_LIFE);
    }

    private void ensureIdentity(CertificateAuthority authority, String name, CertificateProfile profile)
            throws IOException, GeneralSecurityException {
        Path file = layout.pki(name + ".crt");
        if (Files.exists(file) && Files.exists(layout.pki(name + ".key"))) {
            X509Certificate old = Pem.certificates(file).getFirst();
            boolean lasts = old.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW_BEFORE));
            boolean readable = !name.equals(PEOPLE) || old.getPublicKey() instanceof RSAPublicKey;
            if (lasts && readable && alternatives(old).containsAll(wanted(profile))) {
                return;
            }
        }
        write(name, name.equals(PEOPLE) ? ofRsa(authority, profile) : authority.issue(profile));
    }

    private static Identity ofRsa(CertificateAuthority authority, CertificateProfile profile) {
        KeyPair keys = KeyPairs.rsa();
        return new Identity(authority.certify(keys.getPublic(), profile), keys.getPrivate());
    }

    private static Collection<String> wanted(CertificateProfile profile) {
        List<String> names = new ArrayList<>(profile.dnsNames());
        names.addAll(profile.ipAddresses());
        return names;
    }

    private static Collection<String> alternatives(X509Certificate certificate) throws GeneralSecurityException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        Collection<String> texts = new TreeSet<>();
        if (names != null) {
            names.forEach(name -> texts.add(String.valueOf(name.get(1))));
        }
        return texts;
    }

    private void ensureServiceAccountKey() throws IOException {
        if (!Files.exists(layout.pki("sa.key")) || !Files.exists(layout.pki("sa.pub"))) {
            KeyPair keys = KeyPairs.rsa();
            PrivateFiles.write(layout.pki("sa.key"), Pem.encode(keys.getPrivate(), keys.getPublic()));
            PrivateFiles.write(layout.pki("sa.pub"), Pem.encode(keys.getPublic()));
        }
    }

    private void write(String name, Identity identity) throws IOException {
        PrivateFiles.write(layout.pki(name + ".key"), identity.keyPem());
        PrivateFiles.write(layout.pki(name + ".crt"), identity.certificatePem());
    }

    /// `sha256:HEX` of the authority, for `join`.
    public static String authorityHash(ClusterLayout layout) {
        try {
            return CertificateAuthority.publicKeyHash(
                    Pem.certificates(layout.pki("ca.crt")).getFirst());
        } catch (IOException | GeneralSecurityException e) {
            throw new CliException("cannot read the cluster's CA: " + e.getMessage(), e);
        }
    }
}
