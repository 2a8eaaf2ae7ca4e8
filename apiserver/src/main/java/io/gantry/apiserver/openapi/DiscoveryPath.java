package io.gantry.apiserver.openapi;

import io.gantry.api.meta.v1.APIGroup;
import io.gantry.api.meta.v1.APIGroupList;
import io.gantry.api.meta.v1.APIResourceList;
import io.gantry.api.meta.v1.APIVersions;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A path by which clients ask what this server is and offers. As upstream's, each but those of resources has a v3
/// document of its own.
///
/// @param document its name in `/openapi/v3`
record DiscoveryPath(String document, String tag, Operation operation) {
    /// All but those of resources.
    ///
    /// @param groups the built-in ones
    static List<DiscoveryPath> all(Collection<String> groups) {
        List<DiscoveryPath> all = new ArrayList<>();
        groups.stream().map(DiscoveryPath::group).forEach(all::add);
        String list = DefinitionCatalog.name(APIGroupList.class);
        all.add(of("apis", "apis", "getAPIVersions", MediaTypes.DISCOVERY, Optional.of(list)));
        all.add(of("version", "version", "getCodeVersion", MediaTypes.VERSION, Optional.of(StructDefinitions.VERSION)));
        all.add(of(
                ".well-known/openid-configuration",
                "WellKnown",
                "getServiceAccountIssuerOpenIDConfiguration",
                MediaTypes.ISSUER,
                Optional.empty()));
        all.add(of(
                "openid/v1/jwks", "openid", "getServiceAccountIssuerOpenIDKeyset", MediaTypes.KEYS, Optional.empty()));
        return List.copyOf(all);
    }

    /// What a version serves; it stands in the version's own document.
    static DiscoveryPath resources(DiscoveryVersion version) {
        OperationNames names = OperationNames.of(version.group(), version.version());
        return of(
                OpenApi.name(version),
                names.tag(),
                names.id("get", "APIResources"),
                MediaTypes.DISCOVERY,
                Optional.of(DefinitionCatalog.name(APIResourceList.class)));
    }

    private static DiscoveryPath group(String group) {
        OperationNames names = OperationNames.ofGroup(group);
        boolean core = group.isEmpty();
        return of(
                core ? "api" : "apis/" + group,
                names.tag(),
                names.id("get", core ? "APIVersions" : "APIGroup"),
                MediaTypes.DISCOVERY,
                Optional.of(DefinitionCatalog.name(core ? APIVersions.class : APIGroup.class)));
    }

    private static DiscoveryPath of(String document, String tag, String id, MediaTypes types, Optional<String> answer) {
        Operation operation =
                new Operation("get", id, Optional.empty(), List.of(), types, Optional.empty(), answer, List.of(200));
        return new DiscoveryPath(document, tag, operation);
    }

    void write(ObjectNode paths, Dialect dialect) {
        new PathItem(List.of()).add(operation).write(paths.putObject("/" + document + "/"), dialect, tag);
    }
}
