package io.gantry.apiserver;

import io.gantry.api.StatusException;
import io.gantry.apiserver.authn.Authenticator;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Decision;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// The security of the server's process.
final class ProcessSecurity {
    private ProcessSecurity() {}

    static Security create(ServerFlags flags, ServerObjects objects) {
        if (flags.clientCa().isEmpty()) {
            return Security.none();
        }
        Authenticator authenticator =
                (head, certificates) -> certificates.map(ProcessSecurity::user).orElseGet(() -> anonymous(head.path()));
        return new Security(
                authenticator,
                attributes -> attributes.user().inGroup(UserInfo.UNAUTHENTICATED_GROUP) && attributes.resourceRequest()
                        ? Decision.deny("")
                        : Decision.allow(""),
                List.of(),
                Map.of());
    }

    private static UserInfo anonymous(String path) {
        if (path.startsWith("/api")) {
            throw StatusException.unauthorized();
        }
        return UserInfo.anonymous();
    }

    private static UserInfo user(X509Certificate[] chain) {
        String name = "";
        List<String> groups = new ArrayList<>();
        try {
            for (Rdn rdn : new LdapName(chain[0].getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN")) {
                    name = String.valueOf(rdn.getValue());
                } else if (rdn.getType().equalsIgnoreCase("O")) {
                    groups.add(String.valueOf(rdn.getValue()));
                }
            }
        } catch (InvalidNameException e) {
            throw StatusException.unauthorized();
        }
        groups.add(UserInfo.AUTHENTICATED_GROUP);
        return new UserInfo(name, "", groups, Map.of());
    }
}
