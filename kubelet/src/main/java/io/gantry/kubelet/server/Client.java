package io.gantry.kubelet.server;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Who asks, by the client certificate.
record Client(String user, List<String> groups) {
    private static final String API_SERVER = "kube-apiserver-kubelet-client";

    Client {
        groups = List.copyOf(groups);
    }

    /// Empty where the client showed no certificate.
    static Optional<Client> of(SSLSession session) {
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            String user = "";
            List<String> groups = new ArrayList<>();
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    user = part.getValue().toString();
                } else if (part.getType().equalsIgnoreCase("O")) {
                    groups.add(part.getValue().toString());
                }
            }
            return Optional.of(new Client(user, groups));
        } catch (SSLPeerUnverifiedException | InvalidNameException nobody) {
            return Optional.empty();
        }
    }

    /// Whether the client may use the kubelet's API: the API server, and administrators.
    boolean mayUse() {
        return user.equals(API_SERVER) || groups.contains("system:masters");
    }
}
