package io.gantry.apiserver.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class ServiceFamiliesTest {
    record Case(String spec, List<String> errors) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("{'selector':{'a':'b'},'ipFamilies':['IPv4'],'ipFamilyPolicy':'PreferDualStack'}", List.of()),
                new Case(
                        "{'selector':{'a':'b'},'ipFamilies':['IPv6','IPv4'],'ipFamilyPolicy':'RequireDualStack'}",
                        List.of(
                                "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured"
                                        + " for dual-stack services",
                                "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster")),
                new Case(
                        "{'selector':{'a':'b'},'clusterIP':'fd00::1'}",
                        List.of("spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on this"
                                + " cluster")),
                new Case(
                        "{'clusterIP':'None','ipFamilies':['IPv4','IPv6'],'ipFamilyPolicy':'RequireDualStack'}",
                        List.of()),
                new Case(
                        "{'clusterIP':'None','selector':{'a':'b'},'ipFamilies':['IPv6']}",
                        List.of("spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatCannotBeHad(Case one) {
        FieldErrors errors = new FieldErrors();
        ServiceFamilies.check(Json.MAPPER.readTree(one.spec().replace('\'', '"')), errors);
        assertEquals(one.errors(), errors.all().stream().map(Object::toString).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'clusterIP':'None'}|RequireDualStack|['IPv4','IPv6']",
                "{'clusterIP':'None','ipFamilies':['IPv6']}|RequireDualStack|['IPv6','IPv4']",
                "{'clusterIP':'None','ipFamilyPolicy':'SingleStack'}|SingleStack|['IPv4']",
                "{'clusterIP':'None','ipFamilyPolicy':'PreferDualStack'}|PreferDualStack|['IPv4','IPv6']",
                "{'clusterIP':'None','selector':{'a':'b'}}|SingleStack|['IPv4']",
                "{'clusterIP':'10.0.0.9','ipFamilyPolicy':'PreferDualStack'}|PreferDualStack|['IPv4']",
            })
    void fillsInWhatIsNotSaid(String given, String policy, String families) {
        ObjectNode spec = (ObjectNode) Json.MAPPER.readTree(given.replace('\'', '"'));
        ServiceFamilies.fill(spec);
        assertEquals(policy, spec.path("ipFamilyPolicy").asString(""));
        assertEquals(families.replace('\'', '"'), spec.path("ipFamilies").toString());
    }
}
