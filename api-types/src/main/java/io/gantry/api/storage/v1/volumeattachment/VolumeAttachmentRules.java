package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.storage.v1.DriverName;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;

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
}
