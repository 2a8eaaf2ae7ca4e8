package io.gantry.kubelet.server;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Who asks, by the client certificate or a token.
///
/// @param extra what else the API server knows about the owner of a token
record Client(String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    private static final String API_SERVER = "kube-apiserver-kubelet-client";

    Client {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
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
            return Optional.of(new Client(user, "", groups, Map.of()));
        } catch (SSLPeerUnverifiedException | InvalidNameException nobody) {
            return Optional.empty();
        }
    }

    /// Whether the client may use the kubelet's API whatever the rules say: the API server, and administrators.
    boolean mayUseAll() {
        return user.equals(API_SERVER) || groups.contains("system:masters");
    }
}
