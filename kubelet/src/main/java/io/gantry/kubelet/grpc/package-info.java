/// gRPC over Unix sockets, as the runtime and plugins speak it.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.grpc;
