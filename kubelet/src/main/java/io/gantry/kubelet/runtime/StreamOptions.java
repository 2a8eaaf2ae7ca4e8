package io.gantry.kubelet.runtime;

/// Which streams a client wants.
public record StreamOptions(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}
