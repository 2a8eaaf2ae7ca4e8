package io.gantry.apiserver.policy;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import io.gantry.apiserver.objects.Trees;
import io.gantry.cel.Environment;
import io.gantry.cel.library.AuthorizerFunctions;
import io.gantry.cel.type.DeclType;
import io.gantry.cel.type.DeclTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Compiles the expressions of policies. Used once a policy.
final class PolicyCompiler {
    static final String OBJECT = "object";
    static final String OLD_OBJECT = "oldObject";
    static final String REQUEST = "request";
    static final String NAMESPACE_OBJECT = "namespaceObject";
    static final String PARAMS = "params";
    static final String AUTHORIZER = "authorizer";
    static final String REQUEST_RESOURCE = "authorizer.requestResource";
    static final String VARIABLES = "variables";

    private static final String VARIABLES_TYPE = "kubernetes.variables";
    private static final String OBJECT_TYPE = "Object";
    private static final String PATCH_TYPE = "JSONPatch";
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final DeclType PATCH = DeclType.object(
            PATCH_TYPE,
            Map.of("op", DeclType.STRING, "path", DeclType.STRING, "from", DeclType.STRING, "value", DeclType.DYN),
            2);

    private final Map<String, CelType> variables;
    private final List<DeclType> declared;
    private final Map<String, CelType> composed = new LinkedHashMap<>();
    private final Environment environment;

    private PolicyCompiler(Map<String, CelType> variables, List<DeclType> declared) {
        this.variables = variables;
        this.declared = declared;
        this.environment = Environment.of(variables, declared, this::composedType);
    }

    /// Compiles a policy of either sort.
    static CompiledPolicy compile(ObjectNode policy) {
        return compileSpec(policy.path("spec"));
    }

    static CompiledPolicy compileSpec(JsonNode spec) {
        PolicyCompiler compiler = with(spec.path("paramKind").isObject(), SimpleType.DYN, SimpleType.DYN, List.of());
        return compiler.policy(spec);
    }

    /// A compiler of expressions with an object of a known type.
    static PolicyCompiler with(boolean params, CelType object, CelType param, List<DeclType> types) {
        Map<String, CelType> variables = new HashMap<>(conditionVariables());
        variables.put(OBJECT, object);
        variables.put(OLD_OBJECT, object);
        variables.put(VARIABLES, StructTypeReference.create(VARIABLES_TYPE));
        if (params) {
            variables.put(PARAMS, param);
        }
        List<DeclType> declared = new ArrayList<>(List.of(PolicyTypes.REQUEST, PolicyTypes.NAMESPACE));
        declared.addAll(types);
        return new PolicyCompiler(variables, declared);
    }

    /// What conditions of webhooks may name.
    static Map<String, CelType> conditionVariables() {
        return Map.of(
                OBJECT,
                SimpleType.DYN,
                OLD_OBJECT,
                SimpleType.DYN,
                REQUEST,
                PolicyTypes.REQUEST.celType(),
                NAMESPACE_OBJECT,
                PolicyTypes.NAMESPACE.celType(),
                AUTHORIZER,
                AuthorizerFunctions.AUTHORIZER,
                REQUEST_RESOURCE,
                AuthorizerFunctions.RESOURCE_CHECK);
    }

    @SuppressWarnings("Immutable") // grows while a policy is compiled
    private Optional<CelType> composedType(String name) {
        return name.equals(VARIABLES_TYPE)
                ? Optional.of(StructType.create(
                        VARIABLES_TYPE,
                        ImmutableSet.copyOf(composed.keySet()),
                        field -> Optional.ofNullable(composed.get(field))))
                : Optional.empty();
    }

    private CompiledPolicy policy(JsonNode spec) {
        List<Compiled> compiledVariables = variables(spec);
        List<Compiled> conditions = new ArrayList<>();
        for (JsonNode condition : spec.path("matchConditions").values()) {
            conditions.add(expression(Trees.text(condition, "name"), condition, "expression", Compiled.BOOL));
        }
        List<CompiledPolicy.Validation> validations = new ArrayList<>();
        for (JsonNode validation : spec.path("validations").values()) {
            validations.add(validation(validation));
        }
        List<Compiled> annotations = new ArrayList<>();
        for (JsonNode annotation : spec.path("auditAnnotations").values()) {
            annotations.add(
                    expression(Trees.text(annotation, "key"), annotation, "valueExpression", Compiled.STRING_OR_NULL));
        }
        List<CompiledPolicy.Mutation> mutations = new ArrayList<>();
        for (JsonNode mutation : spec.path("mutations").values()) {
            mutations.add(mutation(mutation));
        }
        return new CompiledPolicy(
                conditions,
                compiledVariables,
                validations,
                annotations,
                mutations,
                Trees.text(spec, "reinvocationPolicy").equals("IfNeeded"));
    }

    /// Compiles the variables of a policy, and lets later expressions name them.
    List<Compiled> variables(JsonNode spec) {
        List<Compiled> compiled = new ArrayList<>();
        for (JsonNode variable : spec.path("variables").values()) {
            Compiled made = expression(Trees.text(variable, "name"), variable, "expression", Compiled.ANY);
            composed.put(made.name(), made.expression().map(e -> e.resultType()).orElse(SimpleType.DYN));
            compiled.add(made);
        }
        return compiled;
    }

    Compiled expression(String name, JsonNode tree, String field, List<String> results) {
        return Compiled.of(environment, name, Trees.text(tree, field), results);
    }

    private CompiledPolicy.Validation validation(JsonNode tree) {
        boolean hasMessage = !Trees.text(tree, "messageExpression").isBlank();
        return new CompiledPolicy.Validation(
                expression("", tree, "expression", Compiled.BOOL),
                hasMessage ? Optional.of(expression("", tree, "messageExpression", Compiled.STRING)) : Optional.empty(),
                Trees.text(tree, "message").strip(),
                Trees.text(tree, "reason"));
    }

    private CompiledPolicy.Mutation mutation(JsonNode tree) {
        boolean patch = Trees.text(tree, "patchType").equals("JSONPatch");
        String source = Trees.text(tree.path(patch ? "jsonPatch" : "applyConfiguration"), "expression");
        Environment mutating = Environment.of(variables, declared, new ObjectTypes(source)::find);
        return new CompiledPolicy.Mutation(
                Compiled.of(mutating, "", source, List.of(patch ? "list(JSONPatch)" : OBJECT_TYPE)), patch);
    }

    /// `Object{spec: Object.spec{…}}`: types named after the paths of fields, with whatever fields the expression
    /// names.
    private final class ObjectTypes {
        private final Map<String, DeclType> fields = new LinkedHashMap<>();

        ObjectTypes(String source) {
            Matcher word = WORD.matcher(source);
            while (word.find()) {
                fields.put(word.group(), DeclType.DYN);
            }
        }

        Optional<CelType> find(String name) {
            if (name.equals(PATCH_TYPE)) {
                return Optional.of(DeclTypes.struct(PATCH));
            }
            if (name.equals(OBJECT_TYPE) || name.startsWith(OBJECT_TYPE + ".")) {
                return Optional.of(DeclTypes.struct(DeclType.object(name, fields, 2)));
            }
            return composedType(name);
        }
    }
}
