package io.gantry.apiserver.openapi;

import io.gantry.apiserver.http.Gzip;
import io.gantry.apiserver.negotiation.Document;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A document kept in its compressed form (a tenth of its size), in which most clients take it.
///
/// @param hash of the plain bytes
record Compressed(byte[] gzip, String hash) {
    static Compressed of(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 8);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Compressed(bytes.toByteArray(), Document.hash(plain));
    }

    /// As the client takes it.
    Document document(String contentType, String acceptEncoding) {
        if (Gzip.accepted(acceptEncoding)) {
            return Document.of(contentType, gzip)
                    .with("content-encoding", "gzip")
                    .with("vary", "Accept, Accept-Encoding");
        }
        return Document.of(contentType, plain()).with("vary", "Accept, Accept-Encoding");
    }

    byte[] plain() {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
