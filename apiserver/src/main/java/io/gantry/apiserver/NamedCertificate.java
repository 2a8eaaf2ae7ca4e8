package io.gantry.apiserver;

import io.gantry.apiserver.http.ServingIdentity;
import io.gantry.component.Flags;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/// Files of a serving certificate for hosts of its own (`--tls-sni-cert-key=CERTIFICATE,KEY:HOST,*.HOST`).
///
/// @param names the hosts; empty for those of the certificate
record NamedCertificate(Path certificate, Path key, List<String> names) {
    private static final String FLAG = "tls-sni-cert-key";

    NamedCertificate {
        names = List.copyOf(names);
    }

    /// @throws IllegalArgumentException for what upstream refuses too
    static List<NamedCertificate> parse(Flags flags) {
        return flags.all(FLAG).stream().map(NamedCertificate::of).toList();
    }

    private static NamedCertificate of(String text) {
        int colon = text.indexOf(':');
        String files = colon < 0 ? text : text.substring(0, colon);
        List<String> names = colon < 0 ? List.of() : list(text.substring(colon + 1));
        if (names.equals(List.of(""))) {
            throw new IllegalArgumentException("--" + FLAG + "=" + text + ": empty names list is not allowed");
        }
        List<String> pair = list(files);
        if (pair.size() != 2) {
            throw new IllegalArgumentException(
                    "--" + FLAG + "=" + text + ": expected comma separated certificate and key file paths");
        }
        return new NamedCertificate(Path.of(pair.getFirst()), Path.of(pair.getLast()), names);
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /// What the files hold now.
    ServingIdentity read() throws IOException, GeneralSecurityException {
        return new ServingIdentity(Pem.privateKey(key), Pem.certificates(certificate), names);
    }
}
