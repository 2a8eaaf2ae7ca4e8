package io.gantry.apiserver.negotiation;

import io.gantry.api.StatusException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A parsed Accept header: what the client wants, best first. Immutable.
public final class Accept {
    private static final int MAX_CLAUSES = 32;
    private static final List<String> JSON = List.of("application/json");
    private static final List<String> YAML = List.of("application/yaml", "application/x-yaml", "text/yaml");
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String META_GROUP = "meta.k8s.io";

    private final List<MediaType> clauses;

    private Accept(List<MediaType> clauses) {
        this.clauses = clauses;
    }

    /// Reads a header's value; an empty one accepts everything. At most 32 clauses are looked at.
    public static Accept parse(String header) {
        if (header.isBlank()) {
            return new Accept(List.of(MediaType.parse("*/*")));
        }
        return new Accept(Arrays.stream(header.split(","))
                .limit(MAX_CLAUSES)
                .map(MediaType::parse)
                .filter(clause -> clause.quality() > 0)
                .sorted(Comparator.comparingDouble(MediaType::quality).reversed())
                .toList());
    }

    /// Clauses, best first; those of the same quality in the client's order.
    public List<MediaType> clauses() {
        return clauses;
    }

    /// The form of an answer that holds objects. Protobuf is not written: a client that also takes something else gets
    /// that, any other one JSON, which every client can read.
    ///
    /// @param transformable whether Tables and PartialObjectMetadata can be had (not of reviews and the like)
    /// @throws StatusException 406 when nothing fits
    public Form form(boolean transformable) {
        return clauses.stream()
                .flatMap(clause -> form(clause, transformable).stream())
                .findFirst()
                .or(() -> clauses.stream()
                        .filter(clause -> clause.type().equals(PROTOBUF))
                        .map(clause -> Form.JSON)
                        .findFirst())
                .orElseThrow(Accept::notAcceptable);
    }

    /// The form of an answer that is JSON whatever is asked, for documents such as `/version`.
    ///
    /// @param types what can be had, the preferred one first
    /// @throws StatusException 406 when nothing fits
    public String choose(List<String> types) {
        return clauses.stream()
                .flatMap(clause -> types.stream().filter(clause::allows).findFirst().stream())
                .findFirst()
                .orElseThrow(Accept::notAcceptable);
    }

    /// 406 in upstream's words.
    public static StatusException notAcceptable() {
        return StatusException.of(
                406,
                "NotAcceptable",
                "only the following media types are accepted: application/json, application/yaml",
                null);
    }

    private static Optional<Form> form(MediaType clause, boolean transformable) {
        boolean json = JSON.stream().anyMatch(clause::allows);
        boolean yaml = !json && YAML.contains(clause.type());
        if (!json && !yaml) {
            return Optional.empty();
        }
        Form.Encoding encoding = json ? Form.Encoding.JSON : Form.Encoding.YAML;
        String as = clause.parameter("as");
        if (as.isEmpty()) {
            return Optional.of(new Form(Form.Shape.OBJECT, "", encoding));
        }
        String version = clause.parameter("v");
        boolean known = clause.parameter("g").equals(META_GROUP) && (version.equals("v1") || version.equals("v1beta1"));
        if (!known || !transformable) {
            return Optional.empty();
        }
        return Form.Shape.named(as).map(shape -> new Form(shape, version, encoding));
    }
}
