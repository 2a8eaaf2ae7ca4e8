package io.gantry.cli.image;

import io.gantry.api.Json;
import io.gantry.cli.host.Command;
import io.gantry.component.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Makes an OCI image archive of one layer from a root folder. The layer is packed by `tar`, which keeps
/// symbolic links, owners and modes (jib follows links; see docs/decisions).
///
/// @param reference the full image name, e.g. `docker.io/library/nginx:1.21`
/// @param entrypoint and `command` of the image
/// @param environment `NAME=value` each
/// @param user empty for root
/// @param ports `80/tcp` each
public record OciImage(
        String reference,
        List<String> entrypoint,
        List<String> command,
        List<String> environment,
        String workingDir,
        String user,
        List<String> ports) {
    private static final long TAR_SECONDS = 300;
    private static final int BUFFER = 1 << 16;
    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar";

    public OciImage {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        ports = List.copyOf(ports);
    }

    /// Writes the archive.
    ///
    /// @param root the file system; read only
    /// @param work an empty folder for intermediate files
    /// @param archive the file to write
    public void write(Path root, Path work, Path archive) throws IOException {
        Path blobs = Files.createDirectories(work.resolve("blobs").resolve("sha256"));
        Path layer = work.resolve("layer.tar");
        Command.must(
                TAR_SECONDS,
                "tar",
                "--numeric-owner",
                "--sort=name",
                "--mtime=@0",
                "-C",
                root.toString(),
                "-cf",
                layer.toString(),
                ".");
        Blob layerBlob = store(blobs, layer);
        Blob config = store(blobs, bytes(configuration(layerBlob)));
        Blob manifest = store(blobs, bytes(manifest(config, layerBlob)));
        Files.writeString(work.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.write(work.resolve("index.json"), bytes(index(manifest)));
        Command.must(
                TAR_SECONDS,
                "tar",
                "-C",
                work.toString(),
                "-cf",
                archive.toString(),
                "oci-layout",
                "index.json",
                "blobs");
    }

    private record Blob(String digest, long size) {}

    private ObjectNode configuration(Blob layer) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("architecture", System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
        node.put("os", "linux");
        ObjectNode config = node.putObject("config");
        if (!user.isEmpty()) {
            config.put("User", user);
        }
        if (!workingDir.isEmpty()) {
            config.put("WorkingDir", workingDir);
        }
        config.set("Env", Json.MAPPER.valueToTree(environment));
        if (!entrypoint.isEmpty()) {
            config.set("Entrypoint", Json.MAPPER.valueToTree(entrypoint));
        }
        if (!command.isEmpty()) {
            config.set("Cmd", Json.MAPPER.valueToTree(command));
        }
        if (!ports.isEmpty()) {
            ObjectNode exposed = config.putObject("ExposedPorts");
            ports.forEach(exposed::putObject);
        }
        ObjectNode rootfs = node.putObject("rootfs");
        rootfs.put("type", "layers");
        rootfs.putArray("diff_ids").add(layer.digest());
        return node;
    }

    private static ObjectNode manifest(Blob config, Blob layer) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("schemaVersion", 2);
        node.put("mediaType", "application/vnd.oci.image.manifest.v1+json");
        describe(node.putObject("config"), "application/vnd.oci.image.config.v1+json", config);
        describe(node.putArray("layers").addObject(), LAYER_TYPE, layer);
        return node;
    }

    private ObjectNode index(Blob manifest) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("schemaVersion", 2);
        ObjectNode entry = node.putArray("manifests").addObject();
        describe(entry, "application/vnd.oci.image.manifest.v1+json", manifest);
        Map.of("io.containerd.image.name", reference, "org.opencontainers.image.ref.name", reference)
                .forEach(entry.withObjectProperty("annotations")::put);
        return node;
    }

    private static void describe(ObjectNode node, String mediaType, Blob blob) {
        node.put("mediaType", mediaType);
        node.put("digest", blob.digest());
        node.put("size", blob.size());
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Blob store(Path blobs, byte[] content) throws IOException {
        String hex = HexFormat.of().formatHex(Digests.sha256(content));
        Files.write(blobs.resolve(hex), content);
        return new Blob("sha256:" + hex, content.length);
    }

    private static Blob store(Path blobs, Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        String hex = HexFormat.of().formatHex(digest.digest());
        Path blob = blobs.resolve(hex);
        Files.move(file, blob);
        return new Blob("sha256:" + hex, Files.size(blob));
    }
}
