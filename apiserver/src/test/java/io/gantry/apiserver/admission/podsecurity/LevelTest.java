package io.gantry.apiserver.admission.podsecurity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                test.level().violations(pod, PolicyVersion.LATEST).stream()
                        .map(Violation::toString)
                        .toList());
    }

    /// What an older version of the standards says otherwise: reasons of those it has and has not.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "RESTRICTED|v1.7|{'containers':[{'name':'c'}]}|runAsNonRoot != true",
                "RESTRICTED|v1.8|{'containers':[{'name':'c'}]}|allowPrivilegeEscalation != false,runAsNonRoot != true",
                "RESTRICTED|v1.19|{'containers':[{'name':'c'}]}"
                        + "|allowPrivilegeEscalation != false,runAsNonRoot != true,seccompProfile",
                "RESTRICTED|v1.22|{'securityContext':{'runAsUser':0},'containers':[{'name':'c'}]}"
                        + "|allowPrivilegeEscalation != false,unrestricted capabilities,runAsNonRoot != true,seccompProfile",
                "RESTRICTED|v1.24|{'os':{'name':'windows'},'containers':[]}|",
                "RESTRICTED|v1.24|{'os':{'name':'windows'},'containers':[{'name':'c'}]}"
                        + "|allowPrivilegeEscalation != false,unrestricted capabilities,runAsNonRoot != true,seccompProfile",
                "RESTRICTED|v1.25|{'os':{'name':'windows'},'containers':[{'name':'c'}]}|runAsNonRoot != true",
                "RESTRICTED|v1.35|{'os':{'name':'windows'},'hostUsers':false,'containers':[{'name':'c'}]}|",
                "BASELINE|v1.33|{'containers':[{'name':'c','livenessProbe':{'httpGet':{'host':'h'}}}]}|",
                "BASELINE|v1.34|{'containers':[{'name':'c','livenessProbe':{'httpGet':{'host':'h'}}}]}"
                        + "|probe or lifecycle host",
                "BASELINE|latest|{'containers':[{'name':'c','lifecycle':{'preStop':{'tcpSocket':{'host':'h'}}}}]}"
                        + "|probe or lifecycle host",
                "BASELINE|v1.34|{'hostUsers':false,'containers':[{'name':'c','securityContext':{'procMount':'Unmasked'}}]}"
                        + "|procMount",
                "BASELINE|v1.35|{'hostUsers':false,'containers':[{'name':'c','securityContext':{'procMount':'Unmasked'}}]}|",
                "BASELINE|v1.31|{'securityContext':{'sysctls':[{'name':'net.ipv4.tcp_rmem'}]}}|forbidden sysctls",
                "BASELINE|v1.32|{'securityContext':{'sysctls':[{'name':'net.ipv4.tcp_rmem'}]}}|",
                "BASELINE|v1.30|{'securityContext':{'seLinuxOptions':{'type':'container_engine_t'}}}|seLinuxOptions",
                "BASELINE|v1.31|{'securityContext':{'seLinuxOptions':{'type':'container_engine_t'}}}|",
                "BASELINE|v1.18|{'securityContext':{'seccompProfile':{'type':'Unconfined'}}}|",
                "BASELINE|v1.19|{'securityContext':{'seccompProfile':{'type':'Unconfined'}}}|seccompProfile",
                "BASELINE|newest|{'securityContext':{'seccompProfile':{'type':'Unconfined'}}}|seccompProfile"
            })
    void isAsOldAsAsked(Level level, String version, String spec, String reasons) {
        PodView pod = PodView.of(Json.MAPPER.createObjectNode(), Json.MAPPER.readTree(spec.replace('\'', '"')));
        assertEquals(
                reasons == null ? "" : reasons,
                level.violations(pod, PolicyVersion.parse(version)).stream()
                        .map(Violation::reason)
                        .collect(Collectors.joining(",")));
    }

    @Test
    void seccompWasAnAnnotation() {
        JsonNode metadata = Json.MAPPER.readTree(
                "{\"annotations\":{\"seccomp.security.alpha.kubernetes.io/pod\":\"runtime/default\","
                        + "\"container.seccomp.security.alpha.kubernetes.io/c\":\"unconfined\"}}");
        PodView pod = PodView.of(metadata, Json.MAPPER.readTree("{\"containers\":[{\"name\":\"c\"}]}"));
        assertEquals(
                "[seccompProfile (forbidden annotation"
                        + " container.seccomp.security.alpha.kubernetes.io/c=\"unconfined\")]",
                Level.BASELINE.violations(pod, new PolicyVersion(18)).toString());
        assertEquals(List.of(), Level.BASELINE.violations(pod, PolicyVersion.LATEST));
    }
}
