/// The data plane: requests from clients to endpoints, on event loops. A connection to a client and those
/// to endpoints that serve it are on one loop, so nothing here is locked. Nothing is read that cannot be
/// passed on: what is in memory of a body is what sockets' buffers and one read hold.
package io.gantry.ingress.proxy;
