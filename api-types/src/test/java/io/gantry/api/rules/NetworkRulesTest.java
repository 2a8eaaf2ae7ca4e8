package io.gantry.api.rules;

import static io.gantry.api.rules.Manifests.META;
import static io.gantry.api.rules.Manifests.object;

import io.gantry.api.networking.v1.ingress.IngressKind;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules of Ingresses and NetworkPolicies.
final class NetworkRulesTest {
    static Stream<CreateCase> creates() {
        return Stream.of(
                new CreateCase(
                        "no path type",
                        new IngressKind(),
                        object(
                                META,
                                "'rules':[{'host':'1.2.3.4','http':{'paths':[{'path':'x','pathType':'Prefix',"
                                        + "'backend':{'service':{'name':'s'}}}]}}]"),
                        List.of(
                                "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address",
                                "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path",
                                "spec.rules[0].http.paths[0].backend: Required value: port name or number is required")),
                new CreateCase(
                        "block outside",
                        new NetworkPolicyKind(),
                        object(
                                META,
                                "'podSelector':{},'ingress':[{'from':[{'ipBlock':{'cidr':'10.0.0.0/8','except':['11.0.0.0/9']}},{}]}]"),
                        List.of(
                                "spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/9\": must be a strict"
                                        + " subset of `cidr`",
                                "spec.ingress[0].from[1]: Required value: must specify a peer")));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(CreateCase one) {
        one.check();
    }
}
