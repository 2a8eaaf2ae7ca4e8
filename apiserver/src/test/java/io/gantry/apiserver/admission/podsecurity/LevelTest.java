package io.gantry.apiserver.admission.podsecurity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class LevelTest {
    private static final String HARDENED =
            "'securityContext':{'runAsNonRoot':true,'seccompProfile':{'type':'RuntimeDefault'}},";
    private static final String OWN =
            "'securityContext':{'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']}}";

    record Case(Level level, String spec, List<String> violations) {}

    static List<Case> cases() {
        return List.of(
                new Case(Level.PRIVILEGED, "{'hostNetwork':true,'containers':[{'name':'c'}]}", List.of()),
                new Case(Level.BASELINE, "{'containers':[{'name':'c'}]}", List.of()),
                new Case(
                        Level.BASELINE,
                        "{'hostNetwork':true,'hostPID':true,'containers':[{'name':'c','ports':[{'hostPort':80}]}]}",
                        List.of(
                                "host namespaces (hostNetwork=true, hostPID=true)",
                                "hostPort (container \"c\" uses hostPort 80)")),
                new Case(
                        Level.BASELINE,
                        "{'containers':[{'name':'a','securityContext':{'privileged':true}},"
                                + "{'name':'b','securityContext':{'privileged':true}}]}",
                        List.of("privileged (containers \"a\", \"b\" must not set securityContext.privileged=true)")),
                new Case(
                        Level.BASELINE,
                        "{'volumes':[{'name':'v','hostPath':{'path':'/'}}],'containers':[{'name':'c',"
                                + "'securityContext':{'capabilities':{'add':['NET_ADMIN','CHOWN']}}}]}",
                        List.of(
                                "non-default capabilities (container \"c\" must not include \"NET_ADMIN\" in"
                                        + " securityContext.capabilities.add)",
                                "hostPath volumes (volume \"v\")")),
                new Case(
                        Level.BASELINE,
                        "{'securityContext':{'sysctls':[{'name':'kernel.msgmax'}]},'containers':[]}",
                        List.of("forbidden sysctls (kernel.msgmax)")),
                new Case(
                        Level.RESTRICTED,
                        "{'containers':[{'name':'c'}]}",
                        List.of(
                                "allowPrivilegeEscalation != false (container \"c\" must set"
                                        + " securityContext.allowPrivilegeEscalation=false)",
                                "unrestricted capabilities (container \"c\" must set"
                                        + " securityContext.capabilities.drop=[\"ALL\"])",
                                "runAsNonRoot != true (pod or container \"c\" must set"
                                        + " securityContext.runAsNonRoot=true)",
                                "seccompProfile (pod or container \"c\" must set securityContext.seccompProfile.type to"
                                        + " \"RuntimeDefault\" or \"Localhost\")")),
                new Case(Level.RESTRICTED, "{" + HARDENED + "'containers':[{'name':'c'," + OWN + "}]}", List.of()),
                new Case(
                        Level.RESTRICTED,
                        "{" + HARDENED + "'volumes':[{'name':'v','hostPath':{'path':'/'}}],'containers':[{'name':'c',"
                                + OWN + "}]}",
                        List.of("restricted volume types (volume \"v\" uses restricted volume type \"hostPath\")")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesWhatIsForbidden(Case test) {
        JsonNode spec = Json.MAPPER.readTree(test.spec().replace('\'', '"'));
        PodView pod = PodView.of(Json.MAPPER.createObjectNode(), spec);
        assertEquals(
                test.violations(),
                test.level().violations(pod).stream().map(Violation::toString).toList());
    }
}
