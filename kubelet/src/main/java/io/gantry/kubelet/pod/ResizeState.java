package io.gantry.kubelet.pod;

/// How far a pod's resize has come.
///
/// @param plan whether the amounts asked for may be had
/// @param underWay the containers do not have them all yet
/// @param failure why they do not; empty where nothing is known to be wrong
public record ResizeState(ResizePlan plan, boolean underWay, String failure) {
    public static final ResizeState NONE = new ResizeState(ResizePlan.FITS, false, "");
}
