package io.gantry.controllermanager.volume;

/// What the binder does next for a volume.
sealed interface VolumeStep {
    /// Says the phase, with nothing else to do.
    record Phase(String phase) implements VolumeStep {}

    /// The claim is gone; the volume stays for somebody to look after it.
    record Release() implements VolumeStep {}

    /// The claim is gone; what the volume holds is to go too.
    record Reclaim(String policy) implements VolumeStep {}

    /// The claim took another volume: this one is free again.
    ///
    /// @param keepName the user reserved it by name: only the uid goes
    record Unbind(boolean keepName) implements VolumeStep {}

    /// The claim does not name the volume yet: it is the claim's turn.
    record AskClaim() implements VolumeStep {}
}
