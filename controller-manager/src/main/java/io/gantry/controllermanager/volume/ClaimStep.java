package io.gantry.controllermanager.volume;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;

/// What the binder does next for a claim.
sealed interface ClaimStep {
    /// Ties both together and says so in both.
    record Bind(PersistentVolume volume) implements ClaimStep {}

    /// Leaves the claim waiting.
    record Wait(Told told) implements ClaimStep {}

    /// Asks the provisioner for a volume, and waits.
    record Provision(String provisioner, Told told) implements ClaimStep {}

    /// The claim names no class, and a default one has come since.
    record SetClass(String name) implements ClaimStep {}

    /// Data are gone.
    record Lose(Told told) implements ClaimStep {}

    /// An event to tell; none when the reason is empty.
    record Told(String type, String reason, String message) {
        static final Told NOTHING = new Told("", "", "");
    }
}
