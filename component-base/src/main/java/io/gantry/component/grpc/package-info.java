/// gRPC over Unix sockets, as container runtimes and plugins speak it.
@org.jspecify.annotations.NullMarked
package io.gantry.component.grpc;
