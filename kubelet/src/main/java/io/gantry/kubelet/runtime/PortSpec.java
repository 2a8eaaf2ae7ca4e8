package io.gantry.kubelet.runtime;

/// A container port; `hostPort` is 0 where none is published.
public record PortSpec(String protocol, int containerPort, int hostPort, String hostIp) {}
