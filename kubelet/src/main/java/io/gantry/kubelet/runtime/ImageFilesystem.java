package io.gantry.kubelet.runtime;

/// Where images are kept.
public record ImageFilesystem(String mountPoint, long usedBytes, long usedInodes) {}
