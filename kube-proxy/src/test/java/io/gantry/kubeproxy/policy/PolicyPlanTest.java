package io.gantry.kubeproxy.policy;

import static io.gantry.kubeproxy.Fixtures.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicy;
import io.gantry.kubeproxy.rules.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who reaches whom, as upstream's cases of network policies: pods `a`, `b`, `c` in each of the namespaces
/// `x`, `y`, `z`; all of `x` run here, the others elsewhere.
class PolicyPlanTest {
    private static final String OUTSIDE = "203.0.113.9";
    private static final String NODE = "10.1.0.1";
    private static final Map<String, String> IPS = Map.of(
            "x/a",
            "10.244.0.1",
            "x/b",
            "10.244.0.2",
            "x/c",
            "10.244.0.3",
            "y/a",
            "10.244.1.1",
            "y/b",
            "10.244.1.2",
            "y/c",
            "10.244.1.3",
            "z/a",
            "10.244.2.1",
            "z/b",
            "10.244.2.2",
            "out",
            OUTSIDE,
            "node",
            NODE);

    /// @param policies specs in namespace `x`
    /// @param passes packets `from>to protocol port` that must pass
    /// @param dropped packets that must not
    record Case(String name, List<String> policies, List<String> passes, List<String> dropped) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String ALL = "'podSelector':{}";
    private static final String A = "'podSelector':{'matchLabels':{'pod':'a'}}";
    private static final String IN = ",'policyTypes':['Ingress']";
    private static final String OUT = ",'policyTypes':['Egress']";
    private static final String DNS =
            "'namespaceSelector':{'matchLabels':{'ns':'kube-system'}},'podSelector':{'matchLabels':{'k8s-app':'kube-dns'}}";

    static Stream<Case> cases() {
        return Stream.of(
                new Case("none", List.of(), List.of("y/a>x/a tcp 80", "x/a>y/a tcp 80"), List.of()),
                new Case(
                        "default deny ingress",
                        List.of(ALL + IN),
                        List.of("x/a>y/a tcp 80", "y/a>y/b tcp 80", "x/a>x/a tcp 80", "x/a>node tcp 6443"),
                        List.of("y/a>x/a tcp 80", "x/b>x/a tcp 80", "out>x/a tcp 80", "x/b>x/a udp 80")),
                new Case(
                        "default deny egress",
                        List.of(ALL + OUT),
                        List.of("y/a>x/a tcp 80", "out>x/a tcp 80", "x/a>x/a tcp 80"),
                        List.of(
                                "x/a>x/b tcp 80",
                                "x/a>y/a tcp 80",
                                "x/a>out tcp 80",
                                "x/a>node tcp 6443",
                                "x/a>node udp 10053")),
                new Case(
                        "deny all, allow all",
                        List.of(
                                ALL + ",'policyTypes':['Ingress','Egress']",
                                ALL + ",'ingress':[{}],'egress':[{}],'policyTypes':['Ingress','Egress']"),
                        List.of("y/a>x/a tcp 80", "x/a>y/a sctp 80", "x/a>node udp 10053", "out>x/b tcp 9"),
                        List.of()),
                new Case(
                        "only a is isolated, pods of the own namespace may",
                        List.of(A + ",'ingress':[{'from':[{'podSelector':{'matchLabels':{'pod':'b'}}}]}]" + IN),
                        List.of("x/b>x/a tcp 80", "y/c>x/b tcp 80"),
                        List.of("x/c>x/a tcp 80", "y/b>x/a tcp 80")),
                new Case(
                        "namespaceSelector",
                        List.of(A + ",'ingress':[{'from':[{'namespaceSelector':{'matchLabels':{'ns':'y'}}}]}]" + IN),
                        List.of("y/a>x/a tcp 80", "y/b>x/a udp 1"),
                        List.of("x/b>x/a tcp 80", "z/a>x/a tcp 80", "out>x/a tcp 80")),
                new Case(
                        "both selectors in one peer",
                        List.of(A
                                + ",'ingress':[{'from':[{'namespaceSelector':{'matchExpressions':[{'key':'ns','operator':'NotIn','values':['x']}]},'podSelector':{'matchLabels':{'pod':'b'}}}]}]"
                                + IN),
                        List.of("y/b>x/a tcp 80", "z/b>x/a tcp 80"),
                        List.of("x/b>x/a tcp 80", "y/a>x/a tcp 80")),
                new Case(
                        "two peers",
                        List.of(A
                                + ",'ingress':[{'from':[{'namespaceSelector':{'matchLabels':{'ns':'y'}}},{'podSelector':{'matchLabels':{'pod':'b'}}}]}]"
                                + IN),
                        List.of("y/a>x/a tcp 80", "x/b>x/a tcp 80"),
                        List.of("x/c>x/a tcp 80", "z/b>x/a tcp 80")),
                new Case(
                        "empty namespaceSelector is all namespaces, and no address outside",
                        List.of(A + ",'ingress':[{'from':[{'namespaceSelector':{}}]}]" + IN),
                        List.of("z/a>x/a tcp 80"),
                        List.of("out>x/a tcp 80")),
                new Case(
                        "an empty list of peers is everybody; no rule is nobody",
                        List.of(A + ",'ingress':[{'ports':[{'port':80}]}]" + IN),
                        List.of("out>x/a tcp 80"),
                        List.of("out>x/a tcp 81", "y/a>x/a udp 80")),
                new Case(
                        "ports: number, name, range, protocol",
                        List.of(A
                                + ",'ingress':[{'from':[{'namespaceSelector':{}}],'ports':[{'port':81},{'port':'web'},{'port':'dns','protocol':'UDP'},{'port':8000,'endPort':8080},{'protocol':'SCTP'}]}]"
                                + IN),
                        List.of(
                                "y/a>x/a tcp 81",
                                "y/a>x/a tcp 80",
                                "y/a>x/a udp 53",
                                "y/a>x/a tcp 8000",
                                "y/a>x/a tcp 8080",
                                "y/a>x/a sctp 7"),
                        List.of(
                                "y/a>x/a tcp 82",
                                "y/a>x/a udp 81",
                                "y/a>x/a tcp 53",
                                "y/a>x/a tcp 8081",
                                "y/a>x/a udp 8000",
                                "out>x/a tcp 81")),
                new Case(
                        "egress to a named port of pods",
                        List.of(A
                                + ",'egress':[{'to':[{'namespaceSelector':{'matchLabels':{'ns':'y'}}}],'ports':[{'port':'web'}]}]"
                                + OUT),
                        List.of("x/a>y/b tcp 80"),
                        List.of("x/a>y/b tcp 81", "x/a>z/b tcp 80", "x/a>x/b tcp 80")),
                new Case(
                        "ipBlock with except",
                        List.of(A
                                + ",'egress':[{'to':[{'ipBlock':{'cidr':'10.244.1.0/24','except':['10.244.1.2/32','10.244.1.3/32']}}]}]"
                                + OUT),
                        List.of("x/a>y/a tcp 80"),
                        List.of("x/a>y/b tcp 80", "x/a>y/c tcp 80", "x/a>z/a tcp 80", "x/a>out tcp 80")),
                new Case(
                        "ipBlock of everything",
                        List.of(A
                                + ",'ingress':[{'from':[{'ipBlock':{'cidr':'0.0.0.0/0','except':['203.0.113.0/24']}}]}]"
                                + IN),
                        List.of("y/a>x/a tcp 80", "x/b>x/a tcp 80"),
                        List.of("out>x/a tcp 80")),
                new Case(
                        "policies add up",
                        List.of(
                                A + IN,
                                A
                                        + ",'ingress':[{'from':[{'podSelector':{'matchLabels':{'pod':'b'}}}],'ports':[{'port':80}]}]"
                                        + IN,
                                A
                                        + ",'ingress':[{'from':[{'podSelector':{'matchLabels':{'pod':'c'}}}],'ports':[{'port':81}]}]"
                                        + IN),
                        List.of("x/b>x/a tcp 80", "x/c>x/a tcp 81"),
                        List.of("x/b>x/a tcp 81", "x/c>x/a tcp 80")),
                new Case(
                        "both ends must allow",
                        List.of(
                                A + ",'egress':[{'to':[{'podSelector':{}}]}]" + OUT,
                                "'podSelector':{'matchLabels':{'pod':'b'}}" + IN),
                        List.of("x/a>x/c tcp 80"),
                        List.of("x/a>x/b tcp 80", "x/a>y/a tcp 80")),
                new Case(
                        "egress to DNS by port",
                        List.of(A + ",'egress':[{'ports':[{'port':53,'protocol':'UDP'}]}]" + OUT),
                        List.of("x/a>node udp 10053", "x/a>out udp 53"),
                        List.of("x/a>node tcp 10053", "x/a>node tcp 6443", "x/a>y/a tcp 80")),
                new Case(
                        "egress to DNS by the pods that it has elsewhere",
                        List.of(A + ",'egress':[{'to':[{" + DNS
                                + "}],'ports':[{'port':53,'protocol':'UDP'},{'port':53,'protocol':'TCP'}]}]" + OUT),
                        List.of("x/a>node udp 10053", "x/a>node tcp 10053"),
                        List.of("x/a>node tcp 6443", "x/a>out udp 53")),
                new Case(
                        "egress to DNS by its address",
                        List.of(A + ",'egress':[{'to':[{'ipBlock':{'cidr':'10.96.0.10/32'}}]}]" + OUT),
                        List.of("x/a>node udp 10053"),
                        List.of("x/a>node tcp 6443")),
                new Case(
                        "egress elsewhere is not to DNS",
                        List.of(A + ",'egress':[{'to':[{'podSelector':{}}]}]" + OUT),
                        List.of("x/a>x/b udp 53"),
                        List.of("x/a>node udp 10053")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whoReachesWhom(Case given) {
        Ruleset rules = PolicyPlan.of(world(given.policies()));
        List<String> wrong = new ArrayList<>();
        given.passes().stream().filter(packet -> !passes(rules, packet)).forEach(p -> wrong.add("dropped: " + p));
        given.dropped().stream().filter(packet -> passes(rules, packet)).forEach(p -> wrong.add("passed: " + p));
        assertEquals(List.of(), wrong, rules::toString);
    }

    @Test
    void aPodThatComesChangesElementsOnly() {
        PolicyWorld before = world(List.of(ALL + ",'ingress':[{'from':[{'namespaceSelector':{}}]}]" + IN));
        List<Pod> more = new ArrayList<>(before.pods());
        more.add(pod("y", "d", "10.244.1.9", "elsewhere"));
        more.add(pod("x", "d", "10.244.0.9", "here"));
        PolicyWorld after = new PolicyWorld(
                before.policies(), more, before.namespaces(), before.dns(), before.dnsIp(), before.node());
        assertEquals(PolicyPlan.of(before).chains(), PolicyPlan.of(after).chains());
    }

    @Test
    void podsWithTheSamePoliciesShareAChain() {
        long chains = PolicyPlan.of(world(List.of(ALL + IN))).chains().keySet().stream()
                .filter(name -> name.startsWith("in-of-"))
                .count();
        assertEquals(1, chains);
    }

    private static boolean passes(Ruleset rules, String packet) {
        String[] words = packet.split("[> ]");
        Verdicts verdicts =
                new Verdicts(rules, IPS.get(words[0]), IPS.get(words[1]), words[2], Integer.parseInt(words[3]));
        return words[1].equals("node") ? verdicts.toTheNode() : verdicts.forwarded();
    }

    private static PolicyWorld world(List<String> specs) {
        List<NetworkPolicy> policies = new ArrayList<>();
        for (String spec : specs) {
            policies.add(json(
                    NetworkPolicy.class,
                    "{'metadata':{'namespace':'x','name':'p" + policies.size() + "'},'spec':{" + spec + "}}"));
        }
        List<Pod> pods = new ArrayList<>();
        IPS.forEach((name, ip) -> {
            if (name.contains("/")) {
                String[] parts = name.split("/");
                pods.add(pod(parts[0], parts[1], ip, parts[0].equals("x") ? "here" : "elsewhere"));
            }
        });
        List<Namespace> namespaces = Stream.of("x", "y", "z", "kube-system")
                .map(ns -> json(Namespace.class, "{'metadata':{'name':'" + ns + "','labels':{'ns':'" + ns + "'}}}"))
                .toList();
        EndpointSlice dns = json(
                EndpointSlice.class,
                "{'metadata':{'name':'dns','namespace':'kube-system'},'addressType':'IPv4','ports':[{'name':'dns','port':10053,'protocol':'UDP'},{'name':'dns-tcp','port':10053,'protocol':'TCP'}],'endpoints':[{'addresses':['"
                        + NODE + "']}]}");
        return new PolicyWorld(policies, pods, namespaces, List.of(dns), "10.96.0.10", "here");
    }

    private static Pod pod(String namespace, String name, String ip, String node) {
        return json(
                Pod.class,
                "{'metadata':{'namespace':'" + namespace + "','name':'" + name + "','labels':{'pod':'" + name
                        + "'}},'spec':{'nodeName':'" + node
                        + "','containers':[{'name':'c','ports':[{'name':'web','containerPort':80},{'name':'dns','containerPort':53,'protocol':'UDP'}]}]},'status':{'phase':'Running','podIP':'"
                        + ip + "','podIPs':[{'ip':'" + ip + "'}]}}");
    }
}
