/// The kubelet's HTTPS server: logs, exec, attach, port-forward, pods, stats.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.server;
