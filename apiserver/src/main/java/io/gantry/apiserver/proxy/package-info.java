/// Requests that are passed on to kubelets, pods and services: logs, exec, attach, port-forward and `proxy`. Plain
/// requests are streamed; those that leave HTTP are relayed byte by byte.
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.proxy;
