package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;

/// Rules of VolumeAttachments (upstream `ValidateVolumeAttachment`).
public final class VolumeAttachmentRules implements KindRules<VolumeAttachment> {
    @Override
    public void validate(VolumeAttachment object, FieldErrors errors) {
        References.required(object.spec().attacher(), "spec.attacher", errors);
        References.required(object.spec().nodeName(), "spec.nodeName", errors);
        VolumeAttachmentSource source = object.spec().source();
        boolean volume = source != null && source.persistentVolumeName() != null;
        boolean inline = source != null && source.inlineVolumeSpec() != null;
        if (!volume && !inline) {
            errors.required("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (volume && inline) {
            errors.forbidden("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        }
    }

    @Override
    public void validateUpdate(VolumeAttachment object, VolumeAttachment old, FieldErrors errors) {
        Immutable.check(object.spec(), old.spec(), "spec", errors);
    }
}
