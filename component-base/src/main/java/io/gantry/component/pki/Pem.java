package io.gantry.component.pki;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// PEM texts: certificates, private keys (PKCS#8, PKCS#1 RSA, SEC1 EC P-256), public keys, certificate requests.
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]+?)\\s*-----END \\1-----");
    private static final int LINE_LENGTH = 64;
    private static final int P256_BYTES = 32;
    /// DER of `SEQUENCE { INTEGER 0, SEQUENCE { rsaEncryption, NULL } … }` up to the octet string.
    private static final byte[] RSA_ALGORITHM = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    /// `SEQUENCE { id-ecPublicKey, prime256v1 }`.
    private static final byte[] P256_ALGORITHM = {
        0x30,
        0x13,
        0x06,
        0x07,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0xce,
        0x3d,
        0x02,
        0x01,
        0x06,
        0x08,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0xce,
        0x3d,
        0x03,
        0x01,
        0x07
    };

    private Pem() {}

    /// One block of a PEM text.
    ///
    /// @param type e.g. `CERTIFICATE`
    @SuppressWarnings("ArrayRecordComponent")
    public record Block(String type, byte[] der) {}

    /// All blocks, in order; empty when there is none.
    public static List<Block> blocks(String pem) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(pem);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
        }
        return blocks;
    }

    /// The certificates of a PEM text.
    ///
    /// @throws CertificateException when there is none or one is broken
    public static List<X509Certificate> certificates(String pem) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(pem)) {
            if (block.type().equals("CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate in the PEM text");
        }
        return certificates;
    }

    /// The first private key of a PEM text.
    ///
    /// @throws InvalidKeySpecException when there is none that can be read
    public static PrivateKey privateKey(String pem) throws InvalidKeySpecException {
        for (Block block : blocks(pem)) {
            switch (block.type()) {
                case "PRIVATE KEY" -> {
                    return pkcs8(block.der());
                }
                case "RSA PRIVATE KEY" -> {
                    return pkcs8(wrap(RSA_ALGORITHM, block.der()));
                }
                case "EC PRIVATE KEY" -> {
                    return pkcs8(wrap(P256_ALGORITHM, block.der()));
                }
                default -> {}
            }
        }
        throw new InvalidKeySpecException("no private key (PKCS#8, PKCS#1 or EC) in the PEM text");
    }

    /// The first public key of a PEM text; also that of a certificate or of a private key file's public part.
    ///
    /// @throws InvalidKeySpecException when there is none that can be read
    public static PublicKey publicKey(String pem) throws InvalidKeySpecException {
        for (Block block : blocks(pem)) {
            if (block.type().equals("PUBLIC KEY")) {
                return anyOf(List.of("EC", "RSA"), f -> f.generatePublic(new X509EncodedKeySpec(block.der())));
            }
        }
        throw new InvalidKeySpecException("no public key in the PEM text");
    }

    public static List<X509Certificate> certificates(Path file) throws IOException, CertificateException {
        return certificates(Files.readString(file));
    }

    public static PrivateKey privateKey(Path file) throws IOException, InvalidKeySpecException {
        return privateKey(Files.readString(file));
    }

    /// A block as text with lines of 64 characters.
    public static String encode(String type, byte[] der) {
        String body = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    public static String encode(PrivateKey key) {
        return encode("PRIVATE KEY", key.getEncoded());
    }

    /// The private key of a pair. An EC key carries its public half, without which clients that use `ring` (Rust's
    /// rustls, kube-rs) refuse it; the JDK alone leaves it out.
    public static String encode(PrivateKey key, PublicKey other) {
        return key instanceof ECPrivateKey ec && other instanceof ECPublicKey point && bytes(ec) == P256_BYTES
                ? encode("PRIVATE KEY", withPublic(ec, point))
                : encode(key);
    }

    private static int bytes(ECPrivateKey key) {
        return (key.getParams().getOrder().bitLength() + 7) / 8;
    }

    /// PKCS#8 around `ECPrivateKey { 1, privateKey, [1] publicKey }` (RFC 5915).
    private static byte[] withPublic(ECPrivateKey key, ECPublicKey point) {
        byte[] bits = joined(
                new byte[] {0, 0x04},
                fixed(point.getW().getAffineX()),
                fixed(point.getW().getAffineY()));
        byte[] version = {0x02, 0x01, 0x01};
        byte[] content = joined(version, tagged(0x04, fixed(key.getS())), tagged(0xa1, tagged(0x03, bits)));
        return wrap(P256_ALGORITHM, tagged(0x30, content));
    }

    /// Big endian in 32 bytes.
    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[P256_BYTES];
        int count = Math.min(bytes.length, P256_BYTES);
        System.arraycopy(bytes, bytes.length - count, fixed, P256_BYTES - count, count);
        return fixed;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static String encode(PublicKey key) {
        return encode("PUBLIC KEY", key.getEncoded());
    }

    public static String encode(X509Certificate certificate) throws CertificateException {
        return encode("CERTIFICATE", certificate.getEncoded());
    }

    private static PrivateKey pkcs8(byte[] der) throws InvalidKeySpecException {
        return anyOf(List.of("EC", "RSA", "Ed25519"), f -> f.generatePrivate(new PKCS8EncodedKeySpec(der)));
    }

    private interface Reading<T> {
        T from(KeyFactory factory) throws InvalidKeySpecException;
    }

    private static <T> T anyOf(List<String> algorithms, Reading<T> reading) throws InvalidKeySpecException {
        InvalidKeySpecException last = new InvalidKeySpecException("no algorithm");
        for (String algorithm : algorithms) {
            try {
                return reading.from(KeyFactory.getInstance(algorithm));
            } catch (InvalidKeySpecException e) {
                last = e;
            } catch (GeneralSecurityException e) {
                last = new InvalidKeySpecException(e);
            }
        }
        throw last;
    }

    /// PKCS#8 around an algorithm's own key encoding.
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        byte[] octets = tagged(0x04, key);
        byte[] version = {0x02, 0x01, 0x00};
        byte[] content = new byte[version.length + algorithm.length + octets.length];
        System.arraycopy(version, 0, content, 0, version.length);
        System.arraycopy(algorithm, 0, content, version.length, algorithm.length);
        System.arraycopy(octets, 0, content, version.length + algorithm.length, octets.length);
        return tagged(0x30, content);
    }

    private static byte[] tagged(int tag, byte[] content) {
        byte[] header = content.length < 0x80
                ? new byte[] {(byte) tag, (byte) content.length}
                : content.length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) content.length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        byte[] result = new byte[header.length + content.length];
        System.arraycopy(header, 0, result, 0, header.length);
        System.arraycopy(content, 0, result, header.length, content.length);
        return result;
    }
}
