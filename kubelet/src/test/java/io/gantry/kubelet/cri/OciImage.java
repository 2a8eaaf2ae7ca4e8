package io.gantry.kubelet.cri;

import io.gantry.api.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An OCI image archive with one layer of a few files.
final class OciImage {
    private static final int BLOCK = 512;

    private OciImage() {}

    /// @param files content by path; a value that begins with `->` is a symbolic link
    static void write(Path archive, String name, Map<String, Object> config, Map<String, byte[]> files)
            throws IOException {
        byte[] layer = tar(files);
        byte[] image = json(Map.of(
                "architecture",
                "amd64",
                "os",
                "linux",
                "config",
                config,
                "rootfs",
                Map.of("type", "layers", "diff_ids", List.of(digest(layer)))));
        byte[] manifest = json(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                "application/vnd.oci.image.manifest.v1+json",
                "config",
                descriptor("application/vnd.oci.image.config.v1+json", image),
                "layers",
                List.of(descriptor("application/vnd.oci.image.layer.v1.tar", layer))));
        Map<String, Object> entry =
                new LinkedHashMap<>(descriptor("application/vnd.oci.image.manifest.v1+json", manifest));
        entry.put("annotations", Map.of("io.containerd.image.name", name, "org.opencontainers.image.ref.name", name));
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        all.put("index.json", json(Map.of("schemaVersion", 2, "manifests", List.of(entry))));
        for (byte[] blob : List.of(layer, image, manifest)) {
            all.put("blobs/sha256/" + digest(blob).substring("sha256:".length()), blob);
        }
        Files.write(archive, tar(all));
    }

    private static byte[] json(Object value) {
        return Json.MAPPER.writeValueAsBytes(value);
    }

    private static Map<String, Object> descriptor(String type, byte[] blob) {
        return Map.of("mediaType", type, "digest", digest(blob), "size", blob.length);
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] content = file.getValue();
            String text = content.length < BLOCK ? new String(content, StandardCharsets.UTF_8) : "";
            boolean link = text.startsWith("->");
            out.write(header(file.getKey(), link ? 0 : content.length, link ? text.substring(2) : ""));
            if (!link) {
                out.write(content);
                out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
            }
        }
        out.write(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    private static byte[] header(String name, int size, String link) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000755");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format("%011o", size));
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        header[156] = (byte) (link.isEmpty() ? '0' : '2');
        put(header, 157, link);
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, String.format("%06o", sum));
        header[154] = 0;
        header[155] = ' ';
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
