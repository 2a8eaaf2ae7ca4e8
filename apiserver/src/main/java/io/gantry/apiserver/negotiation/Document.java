package io.gantry.apiserver.negotiation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// An answer that does not depend on objects, ready for any transport.
///
/// @param status the HTTP status
/// @param headers by lower-case name, `content-type` among them where there is a body
/// @param body shared: not to be changed
public record Document(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};

    public Document {
        headers = Map.copyOf(headers);
    }

    /// 200 with a body.
    public static Document of(String contentType, byte[] body) {
        return new Document(200, Map.of("content-type", contentType), body);
    }

    /// A redirect.
    public static Document moved(String location) {
        return new Document(301, Map.of("location", location), NOTHING);
    }

    /// The same with one more header.
    public Document with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Document(status, more, body);
    }

    /// The same with an ETag, or 304 when the client has it already.
    ///
    /// @param ifNoneMatch the request's header, empty where it is absent
    public Document tagged(String hash, String ifNoneMatch) {
        String etag = "\"" + hash + "\"";
        Document tagged = with("etag", etag);
        if (!ifNoneMatch.contains(etag) && !ifNoneMatch.strip().equals("*")) {
            return tagged;
        }
        Map<String, String> headers = new TreeMap<>(tagged.headers);
        headers.remove("content-type");
        return new Document(304, headers, NOTHING);
    }

    /// SHA-512 in upper-case hex, as upstream writes hashes of documents.
    public static String hash(byte[] body) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-512").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }
}
