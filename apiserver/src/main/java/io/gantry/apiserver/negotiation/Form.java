package io.gantry.apiserver.negotiation;

import io.gantry.api.StatusException;
import java.util.Optional;

/// The negotiated form of an answer.
///
/// @param shape objects as they are, or made into something smaller
/// @param version of group `meta.k8s.io`, `v1` or `v1beta1`; empty for [Shape#OBJECT]
/// @param encoding of the bytes
/// @param managedFields whether objects have theirs: not for those who ask for JSON without them, as the caches of our
///     own components do (docs/decisions/objects-without-managed-fields.md)
public record Form(Shape shape, String version, Encoding encoding, boolean managedFields) {
    /// With managed fields.
    public Form(Shape shape, String version, Encoding encoding) {
        this(shape, version, encoding, true);
    }

    /// What stands in the answer.
    public enum Shape {
        OBJECT,
        TABLE,
        PARTIAL_OBJECT,
        PARTIAL_LIST;

        static Optional<Shape> named(String as) {
            return switch (as) {
                case "Table" -> Optional.of(TABLE);
                case "PartialObjectMetadata" -> Optional.of(PARTIAL_OBJECT);
                case "PartialObjectMetadataList" -> Optional.of(PARTIAL_LIST);
                default -> Optional.empty();
            };
        }
    }

    /// How it is written.
    public enum Encoding {
        JSON("application/json"),
        YAML("application/yaml"),
        /// What has this form is JSON until it leaves the server: one place encodes it.
        PROTOBUF("application/vnd.kubernetes.protobuf");

        private final String contentType;

        Encoding(String contentType) {
            this.contentType = contentType;
        }

        public String contentType() {
            return contentType;
        }
    }

    /// Objects as JSON.
    public static final Form JSON = new Form(Shape.OBJECT, "", Encoding.JSON);

    /// Whether cached bytes can be sent as they are, but perhaps for managed fields.
    public boolean verbatim() {
        return shape == Shape.OBJECT && encoding == Encoding.JSON;
    }

    /// Refuses a form that one object or a list cannot take.
    ///
    /// @param list whether the answer is a list (a watch is none: each event holds one object)
    /// @throws StatusException 406
    public Form checked(boolean list) {
        if (shape == Shape.PARTIAL_OBJECT && list) {
            throw refuse("you requested PartialObjectMetadata, but the requested object is a list");
        }
        if (shape == Shape.PARTIAL_LIST && !list) {
            throw refuse("you requested PartialObjectMetadataList, but the requested object is not a list");
        }
        return this;
    }

    private static StatusException refuse(String message) {
        return StatusException.of(406, "NotAcceptable", message, null);
    }
}
