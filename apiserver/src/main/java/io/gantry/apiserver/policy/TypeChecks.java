package io.gantry.apiserver.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.gantry.api.Json;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.cel.type.DeclType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks the expressions of a policy against the types of the resources that it names (upstream
/// `admission/plugin/policy/validating/typechecking.go`). What it finds are warnings: the policy works all the same.
record TypeChecks(Resources resources) {
    private static final int MAX_TYPES = 10;

    /// `expressionWarnings` of the policy's status.
    ArrayNode check(ObjectNode policy) {
        JsonNode spec = policy.path("spec");
        List<ServedResource> types = types(spec);
        ArrayNode warnings = Json.MAPPER.createArrayNode();
        List<JsonNode> validations = Trees.list(spec, "validations");
        for (int i = 0; i < validations.size(); i++) {
            for (String field : List.of("expression", "messageExpression")) {
                String found = Trees.text(validations.get(i), field).isBlank()
                        ? ""
                        : check(spec, validations.get(i), field, types);
                if (!found.isEmpty()) {
                    warnings.addObject()
                            .put("fieldRef", "spec.validations[" + i + "]." + field)
                            .put("warning", found);
                }
            }
        }
        return warnings;
    }

    private String check(JsonNode spec, JsonNode validation, String field, List<ServedResource> types) {
        Optional<DeclType> params = ParamKind.of(spec)
                .flatMap(kind -> resources.all().stream().filter(kind::is).findFirst())
                .map(resource -> declaration(resource, "params"));
        List<String> issues = new ArrayList<>();
        for (ServedResource type : types) {
            DeclType object = declaration(type, type.kind());
            List<DeclType> declared = new ArrayList<>(List.of(object));
            params.ifPresent(declared::add);
            PolicyCompiler compiler = PolicyCompiler.with(
                    spec.path("paramKind").isObject(),
                    object.celType(),
                    params.<CelType>map(DeclType::celType).orElse(SimpleType.DYN),
                    declared);
            compiler.variables(spec);
            Compiled compiled = compiler.expression("", validation, field, Compiled.ANY);
            if (!compiled.error().isEmpty()) {
                String issue = compiled.error().replaceFirst("^compilation failed: ", "");
                issues.add(type.apiVersion() + ", Kind=" + type.kind() + ": " + issue + "\n");
            }
        }
        return String.join("\n", issues);
    }

    private static DeclType declaration(ServedResource resource, String name) {
        return SchemaDeclarations.of(resource.schema().root(), name);
    }

    private List<ServedResource> types(JsonNode spec) {
        TreeSet<ServedResource> found = new TreeSet<>(Comparator.comparing(ServedResource::group)
                .thenComparing(ServedResource::version)
                .thenComparing(ServedResource::kind));
        for (JsonNode rule : Trees.list(spec, "matchConstraints", "resourceRules")) {
            List<String> groups = Trees.texts(rule, "apiGroups");
            List<String> versions = Trees.texts(rule, "apiVersions");
            List<String> plurals = Trees.texts(rule, "resources");
            if (groups.contains("*") || versions.contains("*")) {
                continue;
            }
            resources.all().stream()
                    .filter(resource -> groups.contains(resource.group())
                            && versions.contains(resource.version())
                            && plurals.contains(resource.plural()))
                    .forEach(found::add);
        }
        return found.stream().limit(MAX_TYPES).toList();
    }
}
