package io.gantry.api.core.v1.persistentvolume;

import static io.gantry.api.validation.References.text;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.SchedulingValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import io.gantry.api.validation.References;
import io.gantry.api.validation.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of PersistentVolumes (upstream `ValidatePersistentVolume`).
public final class PersistentVolumeRules implements KindRules<PersistentVolume> {

    @Override
    public List<String> warnings(PersistentVolume object) {
        return VolumeWarnings.of(object);
    }

    private static final int MAX_DRIVER_NAME = 63;
    private static final Set<String> NO_SOURCES = Set.of(
            "capacity",
            "accessModes",
            "claimRef",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "mountOptions",
            "volumeMode",
            "nodeAffinity",
            "volumeAttributesClassName");

    @Override
    public void prepareForCreate(ObjectNode object) {
        ObjectNode status = object.putObject("status").put("phase", "Pending");
        JsonNode created = object.path("metadata").path("creationTimestamp");
        if (created.isString()) {
            status.set("lastPhaseTransitionTime", created);
        }
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {
        Trees.restore(object, old, "spec");
    }

    @Override
    public void validate(PersistentVolume object, FieldErrors errors) {
        PersistentVolumeSpec spec = object.spec();
        if (spec.accessModes().isEmpty()) {
            errors.required("spec.accessModes", "");
        }
        capacity(spec, errors);
        List<String> sources = sources(spec);
        if (sources.isEmpty()) {
            errors.required("spec", "must specify a volume type");
        }
        for (String extra : sources.subList(Math.min(1, sources.size()), sources.size())) {
            errors.forbidden("spec." + extra, "may not specify more than 1 volume type");
        }
        hostPath(spec, errors);
        if (spec.csi() != null) {
            driver(text(spec.csi().driver()), errors);
            References.required(spec.csi().volumeHandle(), "spec.csi.volumeHandle", errors);
        }
        if (spec.local() != null) {
            References.required(spec.local().path(), "spec.local.path", errors);
            References.noBacksteps(text(spec.local().path()), "spec.local.path", errors);
        }
        if (spec.local() != null && spec.nodeAffinity() == null) {
            errors.required("spec.nodeAffinity", "Local volume requires node affinity");
        }
        if (spec.nodeAffinity() != null) {
            if (spec.nodeAffinity().required() == null) {
                errors.required("spec.nodeAffinity.required", "must specify required node constraints");
            } else {
                SchedulingValidation.nodeSelector(spec.nodeAffinity().required(), "spec.nodeAffinity.required", errors);
            }
        }
        References.optional(spec.storageClassName(), Names::subdomain, "spec.storageClassName", errors);
        attributesClass(spec, errors);
    }

    private static void attributesClass(PersistentVolumeSpec spec, FieldErrors errors) {
        String path = "spec.volumeAttributesClassName";
        String name = spec.volumeAttributesClassName();
        if (name == null) {
            return;
        }
        if (name.isEmpty()) {
            errors.required(path, "an empty string is disallowed");
        } else {
            References.format(name, Names::subdomain, path, errors);
        }
        if (spec.csi() == null) {
            errors.required("spec.csi", "has to be specified when using volumeAttributesClassName");
        }
    }

    @Override
    public void validateUpdate(PersistentVolume object, PersistentVolume old, FieldErrors errors) {
        JsonNode now = Json.MAPPER.valueToTree(object.spec());
        JsonNode before = Json.MAPPER.valueToTree(old.spec());
        for (String source : sources(old.spec())) {
            if (!now.path(source).equals(before.path(source))) {
                errors.forbidden(
                        "spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation");
            }
        }
        if (old.spec().volumeMode() != null
                && !old.spec().volumeMode().equals(object.spec().volumeMode())) {
            errors.invalid("volumeMode", object.spec().volumeMode(), "field is immutable");
        }
        if (old.spec().nodeAffinity() != null
                && !old.spec().nodeAffinity().equals(object.spec().nodeAffinity())) {
            errors.invalid(
                    "nodeAffinity",
                    object.spec().nodeAffinity(),
                    "field is immutable, except for updating from beta label to GA");
        }
    }

    private static void capacity(PersistentVolumeSpec spec, FieldErrors errors) {
        if (spec.capacity().isEmpty()) {
            errors.required("spec.capacity", "");
            return;
        }
        Quantity storage = spec.capacity().get("storage");
        if (storage == null || spec.capacity().size() > 1) {
            errors.notSupported("spec.capacity", spec.capacity(), List.of("storage"));
        } else if (storage.amount().signum() <= 0) {
            errors.invalid("spec.capacity[storage]", storage.canonical(), "must be greater than zero");
        }
    }

    private static void driver(String name, FieldErrors errors) {
        String path = "spec.csi.driver";
        References.required(name, path, errors);
        if (name.length() > MAX_DRIVER_NAME) {
            errors.tooLong(path, MAX_DRIVER_NAME);
        }
        if (!name.isEmpty()) {
            Names.subdomain(name.toLowerCase(Locale.ROOT)).forEach(m -> errors.invalid(path, name, m));
        }
    }

    private static void hostPath(PersistentVolumeSpec spec, FieldErrors errors) {
        if (spec.hostPath() == null) {
            return;
        }
        String path = text(spec.hostPath().path());
        References.required(path, "spec.hostPath.path", errors);
        References.noBacksteps(path, "spec.hostPath.path", errors);
        if (path.equals("/") && "Recycle".equals(spec.persistentVolumeReclaimPolicy())) {
            errors.forbidden("spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
        }
    }

    private static List<String> sources(PersistentVolumeSpec spec) {
        List<String> sources = new ArrayList<>();
        JsonNode tree = Json.MAPPER.valueToTree(spec);
        tree.propertyNames().forEach(name -> {
            if (!NO_SOURCES.contains(name)) {
                sources.add(name);
            }
        });
        return sources;
    }
}
