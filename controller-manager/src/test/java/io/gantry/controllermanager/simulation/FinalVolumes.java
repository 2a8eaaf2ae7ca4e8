package io.gantry.controllermanager.simulation;

import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every claim has one volume of its own, as large as it asks for; a volume without its claim is there only when it is
/// to be retained.
final class FinalVolumes {
    private final MemoryApi api;
    private final List<String> wrong = new ArrayList<>();

    private FinalVolumes(MemoryApi api) {
        this.api = api;
    }

    static List<String> complaints(MemoryApi api) {
        FinalVolumes state = new FinalVolumes(api);
        api.all(PersistentVolumeClaimKind.KIND).forEach(state::claim);
        api.all(PersistentVolumeKind.KIND).forEach(state::volume);
        return state.wrong;
    }

    private void claim(ObjectNode claim) {
        String uid = claim.at("/metadata/uid").asString("");
        List<ObjectNode> volumes = api.all(PersistentVolumeKind.KIND).stream()
                .filter(v -> v.at("/spec/claimRef/uid").asString("").equals(uid))
                .toList();
        String bound = claim.at("/spec/volumeName").asString("");
        if (volumes.size() != 1 || !name(volumes.getFirst()).equals(bound) || !phase(claim, "Bound")) {
            wrong.add("claim " + name(claim) + " has " + volumes.size() + " volumes, names \"" + bound + "\" and is "
                    + claim.path("status"));
        }
        JsonNode asked = claim.at("/spec/resources/requests/storage");
        if (!asked.equals(claim.at("/status/capacity/storage"))) {
            wrong.add("claim " + name(claim) + " asks for " + asked + " and has " + claim.path("status"));
        }
    }

    private void volume(ObjectNode volume) {
        JsonNode ref = volume.at("/spec/claimRef");
        if (ref.isMissingNode()) {
            return;
        }
        Optional<ObjectNode> claim = api.find(
                        PersistentVolumeClaimKind.KIND,
                        ref.path("namespace").asString(""),
                        ref.path("name").asString(""))
                .filter(c -> c.at("/metadata/uid").equals(ref.path("uid")));
        boolean retained =
                volume.at("/spec/persistentVolumeReclaimPolicy").asString("").equals("Retain");
        boolean right = claim.isPresent() ? phase(volume, "Bound") : retained && phase(volume, "Released");
        if (!right) {
            wrong.add("volume " + name(volume) + " is " + volume.path("status") + " for " + ref);
        }
    }

    private static boolean phase(ObjectNode object, String wanted) {
        return object.at("/status/phase").asString("").equals(wanted);
    }

    private static String name(ObjectNode object) {
        return object.at("/metadata/name").asString("");
    }
}
