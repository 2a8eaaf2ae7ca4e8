package io.gantry.apiserver.admission.optional;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes.Operation;
import io.gantry.apiserver.admission.PodAttributes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What a webhook behind the plugin sets is checked again.
class AlwaysPullImagesTest {
    private static final AlwaysPullImages PLUGIN = new AlwaysPullImages();

    private static ObjectNode pod(String image, String policy) {
        String text =
                "{'spec':{'containers':[{'image':'%s','imagePullPolicy':'%s'}],'volumes':[{'image':{'pullPolicy':'%s'}}]}}";
        return (ObjectNode)
                Json.MAPPER.readTree(text.formatted(image, policy, policy).replace('\'', '"'));
    }

    @Test
    void everyImageIsPulled() {
        ObjectNode pod = pod("a", "Never");
        PLUGIN.mutate(PodAttributes.of(Operation.CREATE, ""), pod, Optional.empty());
        assertEquals(pod("a", "Always"), pod);
        assertDoesNotThrow(() -> PLUGIN.validate(PodAttributes.of(Operation.CREATE, ""), pod, Optional.empty()));
    }

    @Test
    void whatIsWrongIsToldAsUpstreamDoes() {
        StatusException refused = assertThrows(
                StatusException.class,
                () -> PLUGIN.validate(PodAttributes.of(Operation.CREATE, ""), pod("a", "Never"), Optional.empty()));
        assertEquals(500, refused.code());
        String each = "pods \"p\" is forbidden: %s: Unsupported value: \"Never\": supported values: \"Always\"";
        assertEquals(
                "[" + each.formatted("spec.containers[0].imagePullPolicy") + ", "
                        + each.formatted("spec.volumes[0].image.pullPolicy") + "]",
                refused.getMessage());
    }

    @Test
    void anUpdateWithoutANewImageIsLeftAlone() {
        ObjectNode same = pod("a", "Never");
        PLUGIN.mutate(PodAttributes.update(""), same, Optional.of(pod("a", "Never")));
        assertEquals(pod("a", "Never"), same);
        ObjectNode other = pod("b", "Never");
        PLUGIN.mutate(PodAttributes.update(""), other, Optional.of(pod("a", "Never")));
        assertEquals(pod("b", "Always"), other);
    }
}
