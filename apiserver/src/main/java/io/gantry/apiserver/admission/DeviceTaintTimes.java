package io.gantry.apiserver.admission;

import io.gantry.api.schema.GoTimes;
import io.gantry.apiserver.objects.Trees;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A device's taint that does not say since when it is there, is there since now: tolerations for a time count from
/// then (upstream's default of `DeviceTaint`, which needs a clock, as rules of kinds have none).
public final class DeviceTaintTimes implements AdmissionPlugin {
    private final Clock clock;

    public DeviceTaintTimes(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "DeviceTaintTimes";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode slice, Optional<ObjectNode> old) {
        if (!attributes.is("resource.k8s.io", "resourceslices")) {
            return;
        }
        for (JsonNode device : Trees.list(slice, "spec", "devices")) {
            for (JsonNode taint : Trees.list(device, "taints")) {
                if (taint instanceof ObjectNode object && !object.hasNonNull("timeAdded")) {
                    object.put("timeAdded", GoTimes.seconds(clock.instant()));
                }
            }
        }
    }
}
