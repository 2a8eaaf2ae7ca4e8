package io.gantry.apiserver.http;

import io.netty.channel.Channel;

/// A client's connection that has left HTTP/1.1: what follows the request head is bytes. The new owner adds its own
/// handlers; TLS stays below. Reading is off until the owner turns it on.
///
/// @param channel only handlers of TLS are left in its pipeline
public record RawConnection(Channel channel) {}
