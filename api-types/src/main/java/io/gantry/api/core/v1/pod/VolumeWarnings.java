package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Volumes of types that are gone, and volumes whose files get in each other's way (upstream
/// `pkg/api/pod/warnings.go`).
final class VolumeWarnings {
    private VolumeWarnings() {}

    /// A file of a volume.
    ///
    /// @param source what it comes from, empty where the volume says it
    private record File(String path, String source) {
        boolean overlaps(File other) {
            return !path.isEmpty()
                    && !other.path.isEmpty()
                    && ((path + "/").startsWith(other.path + "/") || (other.path + "/").startsWith(path + "/"));
        }

        @Override
        public String toString() {
            return "\"" + path + "\"" + (source.isEmpty() ? "" : " (" + source + ")");
        }
    }

    static void add(List<Volume> volumes, String path, List<String> warnings) {
        for (int i = 0; i < volumes.size(); i++) {
            old(volumes.get(i), path + "[" + i + "]", warnings);
        }
        volumes.forEach(volume -> overlaps(volume, warnings));
    }

    private static void old(Volume volume, String at, List<String> warnings) {
        old(volume.photonPersistentDisk(), at, "photonPersistentDisk", "v1.11, non-functional in v1.16+", warnings);
        old(volume.gitRepo(), at, "gitRepo", "v1.11, and disabled by default in v1.33+", warnings);
        old(volume.scaleIO(), at, "scaleIO", "v1.16, non-functional in v1.22+", warnings);
        old(volume.flocker(), at, "flocker", "v1.22, non-functional in v1.25+", warnings);
        old(volume.storageos(), at, "storageOS", "v1.22, non-functional in v1.25+", warnings);
        old(volume.quobyte(), at, "quobyte", "v1.22, non-functional in v1.25+", warnings);
        old(volume.glusterfs(), at, "glusterfs", "v1.25, non-functional in v1.26+", warnings);
        if (volume.ephemeral() != null && volume.ephemeral().volumeClaimTemplate() != null) {
            warnings.addAll(PodSpecWarnings.ofClaim(
                    volume.ephemeral().volumeClaimTemplate().spec(), at + ".ephemeral.volumeClaimTemplate.spec"));
        }
        old(volume.cephfs(), at, "cephfs", "v1.28, non-functional in v1.31+", warnings);
        old(volume.rbd(), at, "rbd", "v1.28, non-functional in v1.31+", warnings);
    }

    private static void old(@Nullable Object source, String at, String name, String since, List<String> warnings) {
        if (source != null) {
            warnings.add(at + "." + name + ": deprecated in " + since);
        }
    }

    private static void overlaps(Volume volume, List<String> warnings) {
        if (volume.configMap() != null) {
            String source = "ConfigMap \"" + text(volume.configMap().name()) + "\"";
            overlaps(volume, source, keys(volume.configMap().items(), ""), warnings);
        }
        if (volume.secret() != null) {
            String source = "Secret \"" + text(volume.secret().secretName()) + "\"";
            overlaps(volume, source, keys(volume.secret().items(), ""), warnings);
        }
        if (volume.downwardAPI() != null) {
            overlaps(volume, "DownwardAPI", fields(volume.downwardAPI().items(), ""), warnings);
        }
        if (volume.projected() != null) {
            List<File> files = new ArrayList<>();
            for (VolumeProjection source : volume.projected().sources()) {
                if (isEmpty(source)) {
                    warnings.add("volume \"" + text(volume.name()) + "\" (Projected) has no sources provided");
                } else {
                    files.addAll(files(source));
                }
            }
            overlaps(volume, "Projected", files, warnings);
        }
    }

    private static void overlaps(Volume volume, String source, List<File> files, List<String> warnings) {
        for (int i = 0; i < files.size(); i++) {
            File file = files.get(i);
            for (File before : files.subList(0, i)) {
                if (file.overlaps(before)) {
                    warnings.add("volume \"" + text(volume.name()) + "\" (" + source + "): overlapping paths: " + file
                            + " with " + before);
                }
            }
        }
    }

    private static boolean isEmpty(VolumeProjection source) {
        return Stream.of(
                        source.secret(),
                        source.downwardAPI(),
                        source.configMap(),
                        source.serviceAccountToken(),
                        source.clusterTrustBundle(),
                        source.podCertificate())
                .allMatch(Objects::isNull);
    }

    private static List<File> files(VolumeProjection source) {
        if (source.configMap() != null && !source.configMap().items().isEmpty()) {
            return keys(
                    source.configMap().items(),
                    "ConfigMap \"" + text(source.configMap().name()) + "\"");
        }
        if (source.secret() != null && !source.secret().items().isEmpty()) {
            return keys(
                    source.secret().items(), "Secret \"" + text(source.secret().name()) + "\"");
        }
        if (source.downwardAPI() != null && !source.downwardAPI().items().isEmpty()) {
            return fields(source.downwardAPI().items(), "DownwardAPI");
        }
        if (source.serviceAccountToken() != null) {
            return List.of(file(source.serviceAccountToken().path(), "ServiceAccountToken"));
        }
        if (source.clusterTrustBundle() != null) {
            ClusterTrustBundleProjection bundle = source.clusterTrustBundle();
            String name = bundle.name() == null ? text(bundle.signerName()) : bundle.name();
            return List.of(file(bundle.path(), "ClusterTrustBundle \"" + name + "\""));
        }
        PodCertificateProjection certificate = source.podCertificate();
        return certificate == null
                ? List.of()
                : List.of(
                        file(certificate.certificateChainPath(), "PodCertificate chain"),
                        file(certificate.keyPath(), "PodCertificate key"),
                        file(certificate.credentialBundlePath(), "PodCertificate credential bundle"));
    }

    private static List<File> keys(List<KeyToPath> items, String source) {
        return items.stream().map(item -> file(item.path(), source)).toList();
    }

    private static List<File> fields(List<DownwardAPIVolumeFile> items, String source) {
        return items.stream().map(item -> file(item.path(), source)).toList();
    }

    private static File file(@Nullable String path, String source) {
        String plain = text(path);
        int end = plain.length();
        while (end > 0 && plain.charAt(end - 1) == '/') {
            end--;
        }
        return new File(plain.substring(0, end), source);
    }
}
