package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Volumes of a pod spec (upstream `ValidateVolumes`).
final class VolumeValidation {
    /// Templates may leave an image's reference to whoever makes the pod.
    private static final String OF_PODS = "spec.volumes[";

    private static final int MAX_MODE = 0777;
    private static final long MIN_TOKEN_SECONDS = 600;
    private static final long MAX_TOKEN_SECONDS = 1L << 32;
    private static final List<String> FILE_FIELDS =
            List.of("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid");

    private VolumeValidation() {}

    static void volumes(List<Volume> volumes, String path, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            String at = path + "[" + i + "]";
            String name = text(volume.name());
            References.requiredFormat(name, Names::label, at + ".name", errors);
            if (!name.isEmpty() && !names.add(name)) {
                errors.duplicate(at + ".name", name);
            }
            source(volume, at, errors);
        }
    }

    private static void source(Volume volume, String at, FieldErrors errors) {
        List<String> sources = VolumeSources.of(volume);
        for (String extra : sources.subList(Math.min(1, sources.size()), sources.size())) {
            errors.forbidden(at + "." + extra, "may not specify more than 1 volume type");
        }
        if (sources.isEmpty()) {
            errors.required(at, "must specify a volume type");
            return;
        }
        local(volume, at, errors);
        remote(volume, at, errors);
    }

    private static void local(Volume volume, String at, FieldErrors errors) {
        if (volume.emptyDir() != null
                && volume.emptyDir().sizeLimit() != null
                && volume.emptyDir().sizeLimit().amount().signum() < 0) {
            errors.forbidden(at + ".emptyDir.sizeLimit", "SizeLimit field must be a valid resource quantity");
        }
        if (volume.hostPath() != null) {
            String hostPath = text(volume.hostPath().path());
            References.required(hostPath, at + ".hostPath.path", errors);
            References.noBacksteps(hostPath, at + ".hostPath.path", errors);
        }
        if (volume.image() != null && at.startsWith(OF_PODS)) {
            References.required(volume.image().reference(), at + ".image.reference", errors);
        }
        if (volume.secret() != null) {
            SecretVolumeSource secret = volume.secret();
            References.required(secret.secretName(), at + ".secret.secretName", errors);
            mode(secret.defaultMode(), at + ".secret.defaultMode", errors);
            items(secret.items(), at + ".secret.items", errors);
        }
        if (volume.configMap() != null) {
            ConfigMapVolumeSource map = volume.configMap();
            References.required(map.name(), at + ".configMap.name", errors);
            mode(map.defaultMode(), at + ".configMap.defaultMode", errors);
            items(map.items(), at + ".configMap.items", errors);
        }
        if (volume.downwardAPI() != null) {
            mode(volume.downwardAPI().defaultMode(), at + ".downwardAPI.defaultMode", errors);
            files(volume.downwardAPI().items(), at + ".downwardAPI", errors);
        }
        if (volume.projected() != null) {
            projected(volume.projected(), at + ".projected", errors);
        }
    }

    private static void remote(Volume volume, String at, FieldErrors errors) {
        if (volume.nfs() != null) {
            References.required(volume.nfs().server(), at + ".nfs.server", errors);
            References.required(volume.nfs().path(), at + ".nfs.path", errors);
            if (!text(volume.nfs().path()).isEmpty() && !volume.nfs().path().startsWith("/")) {
                errors.invalid(at + ".nfs.path", volume.nfs().path(), "must be an absolute path");
            }
        }
        if (volume.persistentVolumeClaim() != null) {
            References.required(
                    volume.persistentVolumeClaim().claimName(), at + ".persistentVolumeClaim.claimName", errors);
        }
        if (volume.csi() != null) {
            References.required(volume.csi().driver(), at + ".csi.driver", errors);
        }
        if (volume.ephemeral() != null) {
            PersistentVolumeClaimTemplate template = volume.ephemeral().volumeClaimTemplate();
            if (template == null) {
                errors.required(at + ".ephemeral.volumeClaimTemplate", "");
            } else {
                String path = at + ".ephemeral.volumeClaimTemplate";
                LabelValidation.labels(template.metadata().labels(), path + ".metadata.labels", errors);
                ClaimSpecValidation.check(template.spec(), path + ".spec", errors);
            }
        }
    }

    private static void projected(ProjectedVolumeSource projected, String path, FieldErrors errors) {
        mode(projected.defaultMode(), path + ".defaultMode", errors);
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < projected.sources().size(); i++) {
            projection(projected.sources().get(i), path + ".sources[" + i + "]", path, paths, errors);
        }
    }

    /// A source that names nothing is taken, as upstream does; a file's path told twice is told of the volume.
    private static void projection(
            VolumeProjection source, String at, String volume, Set<String> paths, FieldErrors errors) {
        if (source.secret() != null) {
            SecretProjection secret = source.secret();
            References.required(secret.name(), at + ".secret.name", errors);
            items(secret.items(), at + ".secret.items", errors);
            secret.items().forEach(item -> unique(item.path(), text(secret.name()), volume, paths, errors));
        }
        if (source.configMap() != null) {
            ConfigMapProjection map = source.configMap();
            References.required(map.name(), at + ".configMap.name", errors);
            items(map.items(), at + ".configMap.items", errors);
            map.items().forEach(item -> unique(item.path(), text(map.name()), volume, paths, errors));
        }
        if (source.downwardAPI() != null) {
            files(source.downwardAPI().items(), at + ".downwardAPI", errors);
            source.downwardAPI().items().forEach(item -> unique(item.path(), text(item.path()), volume, paths, errors));
        }
        if (source.serviceAccountToken() != null) {
            token(source.serviceAccountToken(), at + ".serviceAccountToken", volume, errors);
        }
    }

    private static void unique(
            @Nullable String file, String value, String path, Set<String> paths, FieldErrors errors) {
        if (!text(file).isEmpty() && !paths.add(text(file))) {
            errors.invalid(path, value, "conflicting duplicate paths");
        }
    }

    private static void token(ServiceAccountTokenProjection token, String path, String volume, FieldErrors errors) {
        Long seconds = token.expirationSeconds();
        if (seconds != null && seconds < MIN_TOKEN_SECONDS) {
            errors.invalid(path + ".expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds != null && seconds > MAX_TOKEN_SECONDS) {
            errors.invalid(path + ".expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds");
        }
        if (text(token.path()).isEmpty()) {
            errors.required(volume + ".path", "");
        } else {
            References.nonReservedPath(token.path(), volume + ".path", errors);
        }
    }

    private static void items(List<KeyToPath> items, String path, FieldErrors errors) {
        for (int i = 0; i < items.size(); i++) {
            KeyToPath item = items.get(i);
            String at = path + "[" + i + "]";
            References.required(item.key(), at + ".key", errors);
            References.required(item.path(), at + ".path", errors);
            References.nonReservedPath(text(item.path()), at + ".path", errors);
            mode(item.mode(), at + ".mode", errors);
        }
    }

    private static void files(List<DownwardAPIVolumeFile> files, String path, FieldErrors errors) {
        for (DownwardAPIVolumeFile file : files) {
            References.required(file.path(), path + ".path", errors);
            References.nonReservedPath(text(file.path()), path + ".path", errors);
            if (file.fieldRef() != null) {
                EnvironmentValidation.field(file.fieldRef(), FILE_FIELDS, path + ".fieldRef", errors);
                if (file.resourceFieldRef() != null) {
                    errors.invalid(
                            path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
                }
            } else if (file.resourceFieldRef() != null) {
                EnvironmentValidation.resource(file.resourceFieldRef(), true, path + ".resourceFieldRef", errors);
            } else {
                errors.required(path, "one of fieldRef and resourceFieldRef is required");
            }
            mode(file.mode(), path + ".mode", errors);
        }
    }

    private static void mode(@Nullable Integer mode, String path, FieldErrors errors) {
        if (mode != null && (mode < 0 || mode > MAX_MODE)) {
            errors.invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }
}
