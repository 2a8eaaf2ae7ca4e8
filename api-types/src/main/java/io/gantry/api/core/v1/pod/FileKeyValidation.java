package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Variables that come from a file in a volume of the pod (`fileKeyRef`): the volume is there and an emptyDir. Pure.
final class FileKeyValidation {
    private FileKeyValidation() {}

    static void check(PodSpec spec, String path, FieldErrors errors) {
        for (PlacedContainer placed : PlacedContainer.all(spec, path)) {
            environment(spec, placed.container().env(), placed.path(), errors);
        }
    }

    private static void environment(PodSpec spec, List<EnvVar> variables, String container, FieldErrors errors) {
        for (int i = 0; i < variables.size(); i++) {
            EnvVarSource source = variables.get(i).valueFrom();
            FileKeySelector file = source == null ? null : source.fileKeyRef();
            if (file != null) {
                String path = container + ".env[" + i + "].valueFrom.fileKeyRef";
                selector(file, path, errors);
                volume(spec, file.volumeName(), path + ".volumeName", errors);
            }
        }
    }

    private static void selector(FileKeySelector file, String path, FieldErrors errors) {
        References.required(file.key(), path + ".key", errors);
        References.requiredFormat(file.volumeName(), Names::label, path + ".volumeName", errors);
        References.required(file.path(), path + ".path", errors);
        if (Arrays.asList(text(file.path()).split("/", -1)).contains("..")) {
            errors.invalid(path + ".path", file.path(), "must not contain '..'");
        }
    }

    private static void volume(PodSpec spec, String name, String path, FieldErrors errors) {
        Optional<Volume> volume = spec.volumes().stream()
                .filter(each -> text(each.name()).equals(name))
                .findFirst();
        if (volume.isEmpty() && !text(name).isEmpty()) {
            errors.notFound(path, name);
        } else if (volume.isPresent() && volume.get().emptyDir() == null) {
            errors.invalid(path, name, "referenced volume must be of type emptyDir");
        }
    }
}
