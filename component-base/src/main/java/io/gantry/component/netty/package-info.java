/// What the processes' servers and clients on Netty have in common: TLS, and the set-up of HTTP/2.
@org.jspecify.annotations.NullMarked
package io.gantry.component.netty;
