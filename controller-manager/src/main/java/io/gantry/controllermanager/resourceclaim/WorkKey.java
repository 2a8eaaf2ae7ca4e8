package io.gantry.controllermanager.resourceclaim;

import io.gantry.client.ObjectKey;

/// What the controller's queue holds.
sealed interface WorkKey {
    record ForPod(ObjectKey key) implements WorkKey {}

    record ForClaim(ObjectKey key) implements WorkKey {}
}
