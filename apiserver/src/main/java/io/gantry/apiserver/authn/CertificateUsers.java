package io.gantry.apiserver.authn;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// The user that a verified client certificate names: CN is the user, each O a group.
final class CertificateUsers {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USAGE = "2.5.29.37.0";

    private CertificateUsers() {}

    /// Empty for a certificate that is not for clients or names nobody.
    static Optional<UserInfo> of(X509Certificate certificate) {
        if (!forClients(certificate)) {
            return Optional.empty();
        }
        String name = "";
        List<String> groups = new ArrayList<>();
        for (Rdn part : parts(certificate)) {
            for (String type : List.of("CN", "O")) {
                String value = value(part, type);
                if (type.equals("CN") && !value.isEmpty()) {
                    name = value;
                } else if (!value.isEmpty()) {
                    groups.add(value);
                }
            }
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(new UserInfo(name, "", groups, Map.of()));
    }

    private static boolean forClients(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null || usages.contains(CLIENT_AUTH) || usages.contains(ANY_USAGE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static List<Rdn> parts(X509Certificate certificate) {
        try {
            String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
            List<Rdn> parts = new ArrayList<>(new LdapName(subject).getRdns());
            return parts;
        } catch (InvalidNameException e) {
            return List.of();
        }
    }

    private static String value(Rdn part, String type) {
        try {
            var attribute = part.toAttributes().get(type);
            return attribute == null || attribute.get() == null ? "" : String.valueOf(attribute.get());
        } catch (NamingException e) {
            return "";
        }
    }
}
