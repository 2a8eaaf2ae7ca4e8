package io.gantry.kubelet.csi;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.kubelet.csi.v1.NodeGetVolumeStatsResponse;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import io.gantry.kubelet.csi.v1.VolumeUsage;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.volume.VolumeRoom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks drivers how full pods' volumes are (upstream `csi_metrics.go`). What a driver cannot tell is left out. Blocks;
/// thread-safe.
record CsiRoom(CsiPaths paths, HeldVolumes held, CsiUnmounter.DriverSource drivers, Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(CsiRoom.class);

    List<VolumeRoom> of(Pod pod) {
        String uid = PodIdentity.of(pod).uid();
        List<VolumeRoom> rooms = new ArrayList<>();
        for (Volume volume :
                held.of(uid).isEmpty() ? List.<Volume>of() : pod.spec().volumes()) {
            Optional<String> claim = claim(pod, volume);
            claim.flatMap(name -> held.claimed(uid, name))
                    .or(() -> inline(uid, volume))
                    .filter(ref -> held.isPublished(uid, ref))
                    .flatMap(ref -> ask(uid, ref))
                    .ifPresent(answer -> rooms.add(new VolumeRoom(
                            volume.name(),
                            claim,
                            clock.instant(),
                            amount(answer, VolumeUsage.Unit.BYTES),
                            amount(answer, VolumeUsage.Unit.INODES))));
        }
        return rooms;
    }

    private static Optional<String> claim(Pod pod, Volume volume) {
        if (volume.persistentVolumeClaim() != null) {
            return Optional.of(volume.persistentVolumeClaim().claimName());
        }
        return volume.ephemeral() == null
                ? Optional.empty()
                : Optional.of(PodIdentity.of(pod).name() + "-" + volume.name());
    }

    private Optional<VolumeRef> inline(String uid, Volume volume) {
        return held.of(uid).stream()
                .filter(ref ->
                        volume.csi() != null && ref.inline() && ref.name().equals(volume.name()))
                .findFirst();
    }

    private Optional<NodeGetVolumeStatsResponse> ask(String uid, VolumeRef ref) {
        try (DriverClient client = drivers.client(ref.key().driver())) {
            if (!client.capabilities().contains(Type.GET_VOLUME_STATS)) {
                return Optional.empty();
            }
            NodeGetVolumeStatsResponse answer = client.stats(ref.key().handle(), paths.target(uid, ref));
            return answer.getUsageCount() == 0 ? Optional.empty() : Optional.of(answer);
        } catch (CsiFailure failure) {
            LOG.debug("how full volume {} is: {}", ref.name(), failure.getMessage());
            return Optional.empty();
        }
    }

    private static VolumeRoom.Amount amount(NodeGetVolumeStatsResponse answer, VolumeUsage.Unit unit) {
        return answer.getUsageList().stream()
                .filter(usage -> usage.getUnit() == unit)
                .reduce((former, last) -> last)
                .map(usage -> new VolumeRoom.Amount(usage.getAvailable(), usage.getTotal(), usage.getUsed()))
                .orElse(VolumeRoom.Amount.UNKNOWN);
    }
}
