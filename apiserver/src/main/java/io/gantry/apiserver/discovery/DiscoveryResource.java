package io.gantry.apiserver.discovery;

import io.gantry.component.Digests;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A resource as discovery shows it.
///
/// @param name the plural in URLs
/// @param singular empty where upstream has none
/// @param kind what requests and answers hold
/// @param namespaced whether objects live in a namespace
/// @param verbs in alphabetical order
/// @param shortNames abbreviations
/// @param categories e.g. `all`
/// @param storageVersionHash tells the stored version from others; empty where it is not known
/// @param subresources in alphabetical order
public record DiscoveryResource(
        String name,
        String singular,
        String kind,
        boolean namespaced,
        List<String> verbs,
        List<String> shortNames,
        List<String> categories,
        String storageVersionHash,
        List<DiscoverySubresource> subresources) {
    private static final int HASH_BYTES = 8;

    /// Upstream's hash of the version in which objects are stored
    /// (`k8s.io/apiserver/pkg/endpoints/discovery/storageversionhash.go`).
    public static String hashOf(String group, String version, String kind) {
        byte[] digest = Digests.sha256(group + "/" + version + "/" + kind);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
    }

    public DiscoveryResource {
        verbs = List.copyOf(verbs);
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        subresources = List.copyOf(subresources);
    }
}
