package io.gantry.apiserver.openapi;

import java.util.List;

/// Media types of an operation's body and of its answer.
record MediaTypes(List<String> consumes, List<String> produces) {
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String STREAM = ";stream=watch";
    private static final List<String> ANY = List.of("*/*");
    private static final List<String> TREES = List.of(JSON, YAML);
    private static final List<String> ALL = List.of(JSON, YAML, PROTOBUF);

    static final MediaTypes BUILT_IN = new MediaTypes(ANY, ALL);
    static final MediaTypes CUSTOM = new MediaTypes(TREES, TREES);
    static final MediaTypes WATCHABLE =
            new MediaTypes(ANY, List.of(JSON, YAML, PROTOBUF, JSON + STREAM, PROTOBUF + STREAM));
    static final MediaTypes CONNECT = new MediaTypes(ANY, ANY);
    static final MediaTypes LOG = new MediaTypes(ANY, List.of("text/plain", JSON, YAML, PROTOBUF));
    static final MediaTypes BUILT_IN_PATCH = new MediaTypes(
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml"),
            ALL);
    static final MediaTypes CUSTOM_PATCH = new MediaTypes(
            List.of("application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"),
            TREES);

    static final MediaTypes DISCOVERY = new MediaTypes(ALL, ALL);
    static final MediaTypes VERSION = new MediaTypes(List.of(JSON), List.of(JSON));
    static final MediaTypes ISSUER = new MediaTypes(List.of(), List.of(JSON));
    static final MediaTypes KEYS = new MediaTypes(List.of(), List.of("application/jwk-set+json"));

    MediaTypes {
        consumes = List.copyOf(consumes);
        produces = List.copyOf(produces);
    }
}
