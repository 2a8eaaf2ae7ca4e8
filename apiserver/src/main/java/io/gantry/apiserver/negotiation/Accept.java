package io.gantry.apiserver.negotiation;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import io.gantry.api.negotiation.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// A parsed Accept header: what the client wants, best first. Immutable.
public final class Accept {
    private static final List<String> JSON = List.of("application/json");
    private static final List<String> YAML = List.of("application/yaml", "application/x-yaml", "text/yaml");
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final List<String> OBJECTS = List.of(JSON.getFirst(), YAML.getFirst(), PROTOBUF);
    private static final List<String> STREAMED = List.of(
            JSON.getFirst(), YAML.getFirst(), PROTOBUF, JSON.getFirst() + ";stream=watch", PROTOBUF + ";stream=watch");

    /// The types that a clause may name to get past a route; older names of YAML are ours.
    private static final Set<String> WRITTEN =
            Set.of("*/*", JSON.getFirst(), PROTOBUF, YAML.get(0), YAML.get(1), YAML.get(2));

    private static final String META_GROUP = "meta.k8s.io";

    /// With the value `none`, in a clause for JSON: objects without their managed fields. Other servers ignore it.
    private static final String MANAGED_FIELDS = "managed-fields";

    /// Clients send the same few headers over and over. Once full it stays as it is.
    private static final Map<String, Accept> KNOWN = new ConcurrentHashMap<>();

    private static final int MAX_KNOWN = 256;
    private static final int MAX_KNOWN_LENGTH = 512;

    private final List<MediaType> clauses;
    /// Objects as JSON, where the best clause asks for that: it fits everything.
    private final Optional<Form> plain;

    private Accept(List<MediaType> clauses) {
        this.clauses = clauses;
        this.plain = clauses.stream()
                .limit(1)
                .flatMap(clause -> form(clause, false, () -> false).stream())
                .filter(form -> form.encoding() == Form.Encoding.JSON && form.shape() == Form.Shape.OBJECT)
                .findFirst();
    }

    /// Reads a header's value; an empty one accepts everything. At most 32 clauses are looked at.
    public static Accept parse(String header) {
        Accept known = KNOWN.get(header);
        if (known != null) {
            return known;
        }
        Accept parsed = new Accept(MediaType.clauses(header));
        if (KNOWN.size() < MAX_KNOWN && header.length() <= MAX_KNOWN_LENGTH) {
            KNOWN.put(header, parsed);
        }
        return parsed;
    }

    /// Clauses, best first; those of the same quality in the client's order.
    public List<MediaType> clauses() {
        return clauses;
    }

    /// The form of an answer that holds objects.
    ///
    /// @param transformable whether Tables and PartialObjectMetadata can be had (not of reviews and the like)
    /// @param messages whether objects have a protobuf message (those of custom resources have none); only asked
    /// when the client wants one
    /// @throws StatusException 406 when nothing fits
    public Form form(boolean transformable, BooleanSupplier messages) {
        if (plain.isPresent()) {
            return plain.get();
        }
        return clauses.stream()
                .flatMap(clause -> form(clause, transformable, messages).stream())
                .findFirst()
                .orElseThrow(Accept::notAcceptable);
    }

    /// As [#form], where upstream's routes of objects look first whether they write any of the types that the header
    /// names, whatever their parameters say.
    ///
    /// @param streamable whether the route is one of watches too
    /// @throws StatusException 406 when nothing fits
    public Form formOfObjects(boolean transformable, BooleanSupplier messages, boolean streamable) {
        if (plain.isEmpty() && clauses.stream().noneMatch(clause -> WRITTEN.contains(clause.type()))) {
            throw notAvailable(streamable ? STREAMED : OBJECTS);
        }
        return form(transformable, messages);
    }

    /// 406 in the words of upstream's routes (`go-restful`).
    private static StatusException notAvailable(List<String> types) {
        return StatusException.of(
                406,
                "NotAcceptable",
                "406: Not Acceptable\n\nAvailable representations: " + String.join(", ", types),
                StatusDetailsBuilder.builder().build());
    }

    /// The media type that the client likes best, where that is protobuf or YAML.
    public Optional<String> prefersOther() {
        if (clauses.isEmpty()) {
            return Optional.empty();
        }
        String best = clauses.getFirst().type();
        if (best.equals(PROTOBUF)) {
            return Optional.of(PROTOBUF);
        }
        return YAML.contains(best) ? Optional.of(YAML.getFirst()) : Optional.empty();
    }

    /// 406 for a watch in a form that has no stream, in upstream's words.
    public static StatusException notStreamable() {
        return StatusException.notAcceptable(List.of(JSON.getFirst() + ";stream=watch", PROTOBUF + ";stream=watch"));
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
        return StatusException.notAcceptable(List.of(JSON.getFirst(), YAML.getFirst(), PROTOBUF));
    }

    private static Optional<Form> form(MediaType clause, boolean transformable, BooleanSupplier messages) {
        return encoding(clause).flatMap(encoding -> form(clause, encoding, transformable, messages));
    }

    private static Optional<Form.Encoding> encoding(MediaType clause) {
        if (JSON.stream().anyMatch(clause::allows)) {
            return Optional.of(Form.Encoding.JSON);
        }
        if (clause.type().equals(PROTOBUF)) {
            return Optional.of(Form.Encoding.PROTOBUF);
        }
        return YAML.contains(clause.type()) ? Optional.of(Form.Encoding.YAML) : Optional.empty();
    }

    private static Optional<Form> form(
            MediaType clause, Form.Encoding encoding, boolean transformable, BooleanSupplier messages) {
        boolean protobuf = encoding == Form.Encoding.PROTOBUF;
        String as = clause.parameter("as");
        if (as.isEmpty()) {
            return protobuf && !messages.getAsBoolean()
                    ? Optional.empty()
                    : Optional.of(new Form(Form.Shape.OBJECT, "", encoding, !leavesOutManagedFields(clause, encoding)));
        }
        String version = clause.parameter("v");
        boolean known = clause.parameter("g").equals(META_GROUP) && (version.equals("v1") || version.equals("v1beta1"));
        if (!known || !transformable) {
            return Optional.empty();
        }
        return Form.Shape.named(as)
                .filter(shape -> !protobuf || shape != Form.Shape.TABLE)
                .map(shape -> new Form(shape, version, encoding, !leavesOutManagedFields(clause, encoding)));
    }

    private static boolean leavesOutManagedFields(MediaType clause, Form.Encoding encoding) {
        return encoding == Form.Encoding.JSON
                && clause.parameter(MANAGED_FIELDS).equals("none");
    }
}
