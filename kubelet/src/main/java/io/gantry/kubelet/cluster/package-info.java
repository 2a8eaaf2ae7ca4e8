/// What the kubelet asks of the API server, as a port, and its implementation on the client.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.cluster;
