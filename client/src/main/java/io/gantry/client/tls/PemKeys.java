package io.gantry.client.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Private keys and certificates from PEM: PKCS#8 and PKCS#1 RSA, PKCS#8 and SEC1 EC. Uses the JDK alone, so that a
/// client does not load a cryptography provider only to read its key.
public final class PemKeys {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]*)-----END \\1-----");
    private static final byte[] RSA_ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int EC_PARAMETERS = 0xa0;

    private PemKeys() {}

    /// All certificates of a PEM text, in its order.
    public static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /// The first private key of a PEM text.
    ///
    /// @throws GeneralSecurityException when there is none that can be read
    public static PrivateKey privateKey(byte[] pem) throws GeneralSecurityException {
        Matcher matcher = KEY.matcher(new String(pem, StandardCharsets.US_ASCII));
        if (!matcher.find()) {
            throw new GeneralSecurityException("no unencrypted private key found in PEM");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(2).strip());
        return switch (matcher.group(1)) {
            case "RSA PRIVATE KEY" -> generate("RSA", wrap(RSA_ALGORITHM, der));
            case "EC PRIVATE KEY" -> generate("EC", wrap(der(SEQUENCE, concat(EC_OID, ecParameters(der))), der));
            case String pkcs8 -> anyAlgorithm(der);
        };
    }

    private static PrivateKey anyAlgorithm(byte[] pkcs8) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("unknown key algorithm");
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return generate(algorithm, pkcs8);
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static PrivateKey generate(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return der(SEQUENCE, concat(VERSION_0, algorithm, der(OCTET_STRING, key)));
    }

    /// The curve of a SEC1 key: the content of its element \[0\].
    private static byte[] ecParameters(byte[] sec1) throws GeneralSecurityException {
        int at = contentStart(sec1, 0);
        while (at < sec1.length) {
            int start = contentStart(sec1, at);
            int end = start + length(sec1, at);
            if ((sec1[at] & 0xff) == EC_PARAMETERS) {
                return java.util.Arrays.copyOfRange(sec1, start, end);
            }
            at = end;
        }
        throw new GeneralSecurityException("EC private key names no curve");
    }

    private static int contentStart(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | der[at + 2 + i] & 0xff;
        }
        return length;
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 5);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
