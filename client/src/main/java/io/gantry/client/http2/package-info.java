/// HTTP/2 over TLS as a client of an API server needs it: callers block, one thread of a connection reads, one writes.
/// [io.gantry.client.http2.Http2Link] is the way in.
package io.gantry.client.http2;
