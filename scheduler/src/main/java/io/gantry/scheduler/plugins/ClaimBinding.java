package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import java.time.Duration;
import java.util.List;

/// How the scheduler has claims bound that waited for their first consumer. Calls write to the API server
/// and block.
public interface ClaimBinding {
    /// Asks for a volume to be provisioned for the node (annotation `volume.kubernetes.io/selected-node`); returns the
    /// claim that asks.
    PersistentVolumeClaim provisionOn(PersistentVolumeClaim claim, String node);

    /// Reserves an existing volume for the claim.
    void reserve(PersistentVolume volume, PersistentVolumeClaim claim);

    /// Waits until all claims are bound.
    ///
    /// @param claims as they were written last: who takes back what one asks for has failed
    /// @param limit how long; zero only looks
    /// @throws io.gantry.scheduler.framework.PreBindPlugin.PreBindException when they are not in time
    void awaitBound(List<PersistentVolumeClaim> claims, Duration limit) throws InterruptedException;
}
