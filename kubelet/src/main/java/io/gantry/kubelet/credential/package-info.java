/// Programs of the node that know credentials for registries (upstream's kubelet image credential provider plugins,
/// KEP-2133).
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.credential;
