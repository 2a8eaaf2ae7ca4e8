package io.gantry.api.certificates.v1.certificatesigningrequest;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Who may decide about a request and how (upstream `validateCertificateSigningRequestUpdate`): conditions
/// `Approved` and `Denied` come by the `approval` subresource alone, where admission asks whether the user
/// may approve for the signer.
final class RequestConditionRules {
    private static final String PATH = "status.conditions";
    private static final String APPROVED = "Approved";
    private static final String DENIED = "Denied";
    private static final String FAILED = "Failed";
    private static final Set<String> LASTING = Set.of(APPROVED, DENIED, FAILED);
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private RequestConditionRules() {}

    /// Puts the old decisions in the place of as many new ones (upstream `preserveConditionInstances`).
    static void keepDecisions(JsonNode conditions, JsonNode old) {
        for (String decision : List.of(APPROVED, DENIED)) {
            List<Integer> before = places(old, decision);
            List<Integer> now = places(conditions, decision);
            if (conditions instanceof ArrayNode list && before.size() == now.size()) {
                for (int i = 0; i < now.size(); i++) {
                    list.set(now.get(i), old.get(before.get(i)).deepCopy());
                }
            }
        }
    }

    private static List<Integer> places(JsonNode conditions, String type) {
        return IntStream.range(0, conditions.size())
                .filter(i -> conditions.get(i).path("type").asString("").equals(type))
                .boxed()
                .toList();
    }

    /// @param decides whether the update is one of the approval
    static void check(
            List<CertificateSigningRequestCondition> conditions,
            List<CertificateSigningRequestCondition> old,
            boolean decides,
            FieldErrors errors) {
        for (int i = 0; i < conditions.size(); i++) {
            condition(conditions.get(i), PATH + "[" + i + "]", errors);
        }
        if (!areBoth(old)) {
            exclusive(conditions, errors);
        }
        once(conditions, old, errors);
        for (String type : List.of(APPROVED, DENIED, FAILED)) {
            if (of(conditions, type).size() < of(old, type).size()) {
                errors.forbidden(PATH, "updates may not remove a condition of type \"" + type + '"');
            }
        }
        if (!decides) {
            undecided(conditions, old, errors);
        }
    }

    private static void condition(CertificateSigningRequestCondition condition, String path, FieldErrors errors) {
        if (text(condition.type()).isEmpty()) {
            errors.required(path + ".type", "");
        }
        String status = text(condition.status());
        List<String> allowed = LASTING.contains(text(condition.type())) ? List.of("True") : STATUSES;
        if (status.isEmpty()) {
            errors.required(path + ".status", "");
        } else if (!allowed.contains(status)) {
            errors.notSupported(path + ".status", status, allowed);
        }
    }

    private static boolean areBoth(List<CertificateSigningRequestCondition> conditions) {
        return !of(conditions, APPROVED).isEmpty() && !of(conditions, DENIED).isEmpty();
    }

    private static void exclusive(List<CertificateSigningRequestCondition> conditions, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (CertificateSigningRequestCondition condition : conditions) {
            String type = text(condition.type());
            seen.add(type);
            if (type.equals(APPROVED) && seen.contains(DENIED) || type.equals(DENIED) && seen.contains(APPROVED)) {
                errors.invalid(PATH, type, "Approved and Denied conditions are mutually exclusive");
            }
        }
    }

    /// A request that has a condition twice already may go on having it.
    private static void once(
            List<CertificateSigningRequestCondition> conditions,
            List<CertificateSigningRequestCondition> old,
            FieldErrors errors) {
        Set<String> before = new HashSet<>();
        if (old.stream().anyMatch(condition -> !before.add(text(condition.type())))) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String type = text(conditions.get(i).type());
            if (!seen.add(type)) {
                errors.duplicate(PATH + "[" + i + "].type", type);
            }
        }
    }

    private static void undecided(
            List<CertificateSigningRequestCondition> conditions,
            List<CertificateSigningRequestCondition> old,
            FieldErrors errors) {
        for (String type : List.of(APPROVED, DENIED)) {
            List<CertificateSigningRequestCondition> now = of(conditions, type);
            List<CertificateSigningRequestCondition> before = of(old, type);
            if (now.size() > before.size()) {
                errors.forbidden(PATH, "updates may not add a condition of type \"" + type + '"');
            } else if (now.size() == before.size() && !now.equals(before)) {
                errors.forbidden(PATH, "updates may not modify a condition of type \"" + type + '"');
            }
        }
    }

    private static List<CertificateSigningRequestCondition> of(
            List<CertificateSigningRequestCondition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> text(condition.type()).equals(type))
                .toList();
    }
}
