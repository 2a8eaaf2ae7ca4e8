package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.storage.v1.DriverName;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Rules of VolumeAttachments (upstream `ValidateVolumeAttachment`).
public final class VolumeAttachmentRules implements KindRules<VolumeAttachment> {
    @Override
    public void validate(VolumeAttachment object, FieldErrors errors) {
        DriverName.check(object.spec().attacher(), "spec.attacher", errors);
        References.format(object.spec().nodeName(), Names::subdomain, "spec.nodeName", errors);
        VolumeAttachmentSource source = object.spec().source();
        String volume = source == null ? null : source.persistentVolumeName();
        boolean inline = source != null && source.inlineVolumeSpec() != null;
        if (volume == null && !inline) {
            errors.required("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (volume != null && inline) {
            errors.forbidden("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (volume != null) {
            String path = "spec.source.persistentVolumeName";
            if (volume.isEmpty()) {
                errors.required(path, "must specify non empty persistentVolumeName");
            }
            References.format(volume, Names::subdomain, path, errors);
        }
    }

    @Override
    public void validateUpdate(VolumeAttachment object, VolumeAttachment old, FieldErrors errors) {
        Immutable.check(object.spec(), old.spec(), "spec", errors);
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        for (String field : List.of("attachError", "detachError")) {
            long code = object.path("status").path(field).path("errorCode").asLong(0);
            if (code < 0 || code > Integer.MAX_VALUE) {
                errors.invalid(
                        "status." + field + ".errorCode",
                        code,
                        "must be between 0 and " + Integer.MAX_VALUE + ", inclusive");
            }
        }
    }
}
