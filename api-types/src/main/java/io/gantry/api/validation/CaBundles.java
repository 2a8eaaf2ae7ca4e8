package io.gantry.api.validation;

import static io.gantry.api.validation.References.text;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Certificates that a webhook's caller is to trust, in the words of upstream's `webhook.ValidateCABundle`.
public final class CaBundles {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Pattern BLOCK = Pattern.compile(
            "(?m)^-----BEGIN ([^-\\n]+)-----\\s*?\\n((?:[^\\n:-]+:[^\\n]*\\n)*)([^:]*?)-----END \\1-----");

    private CaBundles() {}

    /// What is wrong with a bundle; nothing where there is none, or where one certificate at least can be read.
    ///
    /// @param bundle PEM in base64, as an object has it
    public static Optional<String> fault(@Nullable String bundle) {
        String pem = new String(Base64.getMimeDecoder().decode(text(bundle)), StandardCharsets.ISO_8859_1);
        return pem.isEmpty() ? Optional.empty() : broken(pem).map("unable to load root certificates: "::concat);
    }

    private static Optional<String> broken(String pem) {
        Matcher block = BLOCK.matcher(pem);
        Optional<String> first = Optional.empty();
        int end = 0;
        while (block.find()) {
            end = block.end();
            if (block.group(1).equals(CERTIFICATE) && block.group(2).isEmpty()) {
                if (readable(block.group(3))) {
                    return Optional.empty();
                }
                first = Optional.of(first.orElse("failed to parse certificate: x509: malformed certificate"));
            }
        }
        boolean more = !pem.substring(end).strip().isEmpty();
        return Optional.of(first.orElse(
                end == 0 || more ? "unable to parse bytes as PEM block" : "no valid certificate authority data seen"));
    }

    private static boolean readable(String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return true;
        } catch (CertificateException | IllegalArgumentException e) {
            return false;
        }
    }
}
