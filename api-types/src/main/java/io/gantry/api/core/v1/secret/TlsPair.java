package io.gantry.api.core.v1.secret;

import static io.gantry.api.validation.References.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a certificate and a key are there at all, in the words of Go's `tls.X509KeyPair`. Whether they belong
/// together is not looked at.
final class TlsPair {
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Pattern BLOCK = Pattern.compile("(?m)^-----BEGIN ([^-\\n]+)-----\\s*$");

    private TlsPair() {}

    /// What is wrong.
    ///
    /// @param certificate in base64, as a Secret has it
    static Optional<String> fault(@Nullable String certificate, @Nullable String key) {
        List<String> certificates = blocks(certificate);
        if (!certificates.contains(CERTIFICATE)) {
            return Optional.of(noCertificate(certificates));
        }
        List<String> keys = blocks(key);
        return keys.stream().anyMatch(type -> type.endsWith(PRIVATE_KEY)) ? Optional.empty() : Optional.of(noKey(keys));
    }

    private static String noCertificate(List<String> found) {
        if (found.isEmpty()) {
            return "tls: failed to find any PEM data in certificate input";
        }
        return found.size() == 1 && found.getFirst().endsWith(PRIVATE_KEY)
                ? "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs"
                        + " may have been switched"
                : "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the"
                        + " following types: [" + String.join(" ", found) + "]";
    }

    private static String noKey(List<String> found) {
        if (found.isEmpty()) {
            return "tls: failed to find any PEM data in key input";
        }
        return found.size() == 1 && found.getFirst().equals(CERTIFICATE)
                ? "tls: found a certificate rather than a key in the PEM for the private key"
                : "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM"
                        + " blocks of the following types: [" + String.join(" ", found) + "]";
    }

    /// The types of the PEM blocks of a text.
    private static List<String> blocks(@Nullable String base64) {
        String pem = new String(Base64.getMimeDecoder().decode(text(base64)), StandardCharsets.ISO_8859_1);
        List<String> types = new ArrayList<>();
        Matcher begin = BLOCK.matcher(pem);
        while (begin.find()) {
            if (pem.indexOf("-----END " + begin.group(1) + "-----", begin.end()) >= 0) {
                types.add(begin.group(1));
            }
        }
        return types;
    }
}
