package io.gantry.api.schema;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Body;
import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The schema of one kind at one version, with everything a write does by it. The way of a write is
/// [#decode] → [#applyDefaults] → [#validate]; patches and managed fields take it as a parameter. Thread-safe.
public final class ResourceSchema {
    private final String apiVersion;
    private final String kind;
    private final boolean custom;
    private final StructSchema root;
    private final ValueRules rules;

    ResourceSchema(String apiVersion, String kind, boolean custom, StructSchema root, ValueRules rules) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.custom = custom;
        this.root = root;
        this.rules = rules;
    }

    /// `v1` or `group/version`.
    public String apiVersion() {
        return apiVersion;
    }

    /// Whether a text names this version: an empty group may have its slash (upstream `schema.ParseGroupVersion`).
    public boolean isNamed(String text) {
        return text.equals(apiVersion)
                || text.length() == apiVersion.length() + 1
                        && text.startsWith("/")
                        && text.endsWith(apiVersion)
                        && apiVersion.indexOf('/') < 0;
    }

    /// The version alone, e.g. `v1`.
    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /// The kind in CamelCase.
    public String kind() {
        return kind;
    }

    /// Whether this is a custom resource: no strategic merge patch, types checked by validation.
    public boolean custom() {
        return custom;
    }

    /// The whole object's schema.
    public StructSchema root() {
        return root;
    }

    /// Makes a decoded tree conform, in place: types checked, unknown fields dropped, nulls removed, scalars canonical.
    /// What strict decoding objects to is told in upstream's order.
    ///
    /// @param body what the tree was read from
    /// @return warnings for the client, empty unless `validation` is `WARN`
    /// @throws StatusException 400 when a value does not fit, or with strict errors when `validation` is `STRICT`
    public List<String> decode(ObjectNode object, Body body, FieldValidation validation) {
        List<UnknownField> unknown = walk(object, new Conformer(false, false));
        boolean clean = unknown.isEmpty() && body.strictErrors().isEmpty();
        if (clean || validation == FieldValidation.IGNORE) {
            return List.of();
        }
        boolean mixed = !custom && !body.yaml() && !body.strictErrors().isEmpty();
        List<String> read = mixed ? List.of() : body.strictErrors();
        List<String> typed = mixed ? body.typed().apply(new StrictTarget(root)) : texts(unknown, body.yaml());
        if (validation == FieldValidation.STRICT && !(read.isEmpty() && typed.isEmpty())) {
            String first = read.isEmpty() ? "" : body.strictText() + (typed.isEmpty() ? "" : ", ");
            throw cannotHandle("strict decoding error: " + first + String.join(", ", typed));
        }
        return Stream.concat(read.stream(), typed.stream()).toList();
    }

    private List<String> texts(List<UnknownField> unknown, boolean sorted) {
        if (custom) {
            return UnknownField.ofCustom(unknown);
        }
        return sorted ? UnknownField.byName(unknown) : UnknownField.errors(unknown);
    }

    /// As [#decode], for a configuration to be applied on the server: what it says is owned by who says it, so zeros
    /// and empty containers stay.
    ///
    /// @return the fields that the schema does not know
    /// @throws DecodeException when a value does not fit
    public List<String> conformApplied(ObjectNode object) {
        return UnknownField.errors(new Conformer(true, true).conform(root, object));
    }

    /// As [#conform], for what an apply leaves: nulls of custom resources stay for their defaults and validation.
    ///
    /// @throws StatusException 400 when a value does not fit
    public void conformMerged(ObjectNode object) {
        walk(object, new Conformer(false, true));
    }

    /// As [#decode], giving the strict errors (unknown fields) as they are, for patches, which report them as 422.
    ///
    /// @throws StatusException 400 when a value does not fit
    public List<String> conform(ObjectNode object) {
        return UnknownField.errors(walk(object, new Conformer(false, false)));
    }

    /// As [#conform], for what a patch leaves, which upstream writes in the order of names and reads again.
    ///
    /// @throws DecodeException when a value does not fit
    public List<String> conformPatched(ObjectNode object) {
        return texts(new Conformer(false, false).conform(root, object), true);
    }

    private List<UnknownField> walk(ObjectNode object, Conformer conformer) {
        try {
            return conformer.conform(root, object);
        } catch (DecodeException unfit) {
            throw cannotHandle(String.valueOf(unfit.getMessage()));
        }
    }

    /// Fills constant defaults in place. Gives the same again when run twice.
    public void applyDefaults(ObjectNode object) {
        Defaulter.fill(root, object);
    }

    /// Checks what the schema declares; for custom resources every OpenAPI keyword.
    public void validate(JsonNode object, FieldErrors errors) {
        if (custom) {
            rules.validate(object, errors);
        } else {
            new RecordValidator(errors).root(root, object);
        }
    }

    /// Checks the whole objects inside a custom resource; nothing in built-in kinds.
    public void validateEmbedded(JsonNode object, FieldErrors errors) {
        rules.validateEmbedded(object, errors);
    }

    /// Checks that elements of sets and maps of a custom resource differ; nothing in built-in kinds.
    ///
    /// @param old the object before; where its own were at fault nothing is looked at
    public void validateLists(JsonNode object, Optional<ObjectNode> old, FieldErrors errors) {
        rules.validateLists(object, old.orElse(null), errors);
    }

    /// As [#validate], passing by what is wrong but was so before (ratcheting, KEP-4008): a value of a custom resource
    /// that did not change is not checked.
    public void validateUpdate(JsonNode object, JsonNode old, FieldErrors errors) {
        if (custom) {
            rules.validateUpdate(object, old, errors);
        } else {
            validate(object, errors);
        }
    }

    /// Whether decoding and defaults would leave a custom resource as it is: a look that changes nothing and costs
    /// little. Metadata is not looked at.
    public boolean isCanonical(ObjectNode object) {
        return CanonicalForm.holds(root, object);
    }

    /// A group, version and kind as Go prints them: `/v1, Kind=Pod`.
    ///
    /// @param apiVersion `group/version`, or the version of the core group alone
    public static String shown(String apiVersion, String kind) {
        return (apiVersion.contains("/") ? apiVersion : "/" + apiVersion) + ", Kind=" + kind;
    }

    /// The 400 of a body that cannot be decoded, in upstream's words.
    public StatusException cannotHandle(String why) {
        return StatusException.badRequest(
                kind + " in version \"" + version() + "\" cannot be handled as a " + kind + ": " + why);
    }
}
