package io.gantry.controllermanager.resourceclaim;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReferenceBuilder;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimBuilder;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplate;
import io.gantry.client.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The claim that is made of a template for an entry of a pod. Pure.
final class GeneratedClaim {
    /// A name has 63 characters, of which a hyphen and five random ones are added.
    private static final int LONGEST_BASE = 57;

    private GeneratedClaim() {}

    static ResourceClaim of(Pod pod, PodResourceClaim entry, ResourceClaimTemplate template) {
        ObjectMeta wanted = template.spec().metadata();
        Map<String, String> annotations = new TreeMap<>(wanted.annotations());
        annotations.put(PodClaims.POD_CLAIM_ANNOTATION, entry.name());
        return ResourceClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(ObjectKey.of(pod).namespace())
                        .generateName(base(ObjectKey.of(pod).name(), entry.name()))
                        .labels(wanted.labels())
                        .annotations(annotations)
                        .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                .apiVersion(PodKind.KIND.apiVersion())
                                .kind(PodKind.KIND.name())
                                .name(ObjectKey.of(pod).name())
                                .uid(text(pod.metadata().uid()))
                                .controller(true)
                                .build()))
                        .build())
                .spec(template.spec().spec())
                .build();
    }

    /// `pod-entry-`; where that is too long, both parts are cut by the same share.
    static String base(String pod, String entry) {
        int length = pod.length() + entry.length() + 2;
        if (length <= LONGEST_BASE) {
            return pod + "-" + entry + "-";
        }
        return pod.substring(0, pod.length() * LONGEST_BASE / length)
                + "-"
                + entry.substring(0, entry.length() * LONGEST_BASE / length);
    }
}
