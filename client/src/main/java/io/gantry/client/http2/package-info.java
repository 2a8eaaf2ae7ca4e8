/// HTTP/2 over TLS as a client of an API server needs it, on Netty: callers block, one event loop of a process reads
/// and writes. [io.gantry.client.http2.Http2Link] is the way in.
package io.gantry.client.http2;
