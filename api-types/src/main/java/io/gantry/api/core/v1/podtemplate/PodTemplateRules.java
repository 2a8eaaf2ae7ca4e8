package io.gantry.api.core.v1.podtemplate;

import io.gantry.api.core.v1.pod.PodSpecDefaults;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Rules of PodTemplates.
public final class PodTemplateRules implements KindRules<PodTemplate> {
    @Override
    public void defaults(ObjectNode object) {
        PodSpecDefaults.applyToTemplate(object.path("template"));
    }

    @Override
    public void validate(PodTemplate object, FieldErrors errors) {
        if (object.template() != null) {
            PodTemplateValidation.check(object.template(), "template", errors);
        }
    }

    @Override
    public List<String> specWarnings(PodTemplate object) {
        return PodSpecWarnings.ofTemplate(object.template(), "template");
    }
}
