package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What may change in a pod, and when (upstream `pkg/apis/core/validation`).
final class PodChangeRulesTest {
    private static final RulesHarness<Pod> PODS = new RulesHarness<>(new PodKind());
    private static final String TERMS =
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

    /// A change of a pod.
    ///
    /// @param errors how those there are begin
    record Change(String name, String old, String now, List<String> errors) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String pod(String spec) {
        return "{'metadata':{'name':'a','namespace':'default'},'spec':{" + spec
                + "'containers':[{'name':'a','image':'x'}]}}";
    }

    private static String gated(String affinity) {
        return pod("'schedulingGates':[{'name':'g'}]," + (affinity.isEmpty() ? "" : "'affinity':{" + affinity + "},"));
    }

    private static String required(String... terms) {
        return "'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':["
                + String.join(",", terms) + "]}}";
    }

    private static String term(String... keys) {
        return "{'matchExpressions':["
                + String.join(
                        ",",
                        Stream.of(keys)
                                .map(key -> "{'key':'" + key + "','operator':'Exists'}")
                                .toList())
                + "]}";
    }

    private static String preferred(String key) {
        return "'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':1,'preference':"
                + term(key) + "}]}";
    }

    static Stream<Change> affinities() {
        String pods = "'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'t'}]}";
        String only = "only additions are allowed (no mutations or deletions)";
        return Stream.of(
                new Change("none to some", gated(""), gated(required(term("a"))), List.of()),
                new Change(
                        "a requirement more", gated(required(term("a"))), gated(required(term("a", "b"))), List.of()),
                new Change(
                        "a requirement less",
                        gated(required(term("a", "b"))),
                        gated(required(term("a"))),
                        List.of(TERMS + "[0]: Invalid value: " + only)),
                new Change(
                        "another requirement",
                        gated(required(term("a"))),
                        gated(required(term("b"))),
                        List.of(TERMS + "[0]: Invalid value: " + only)),
                new Change(
                        "a term more",
                        gated(required(term("a"))),
                        gated(required(term("a"), term("b"))),
                        List.of(TERMS
                                + ": Invalid value: no additions/deletions to non-empty NodeSelectorTerms list are"
                                + " allowed")),
                new Change("other wishes", gated(preferred("a")), gated(preferred("b")), List.of()),
                new Change("wishes go", gated(preferred("a")), gated(""), List.of()),
                new Change(
                        "other pods",
                        gated(""),
                        gated(pods),
                        List.of("spec: Forbidden: pod updates may not change fields other than")),
                new Change(
                        "no gates",
                        pod(""),
                        pod("'affinity':{" + required(term("a")) + "},"),
                        List.of("spec: Forbidden: pod updates may not change fields other than")));
    }

    @ParameterizedTest
    @MethodSource("affinities")
    void whatNodesMustBeMayBecomeNarrowerWhileGated(Change change) {
        assertBegin(change.errors(), PODS.update(change.now(), change.old()));
    }

    private static String whole(String resources, String container) {
        return "{'metadata':{'name':'a','namespace':'default'},'spec':{"
                + (resources.isEmpty() ? "" : "'resources':{" + resources + "},")
                + "'containers':[{'name':'a','image':'x','resources':{" + container + "}}]}}";
    }

    static Stream<Change> resizes() {
        String cpu = "'requests':{'cpu':'1'}";
        return Stream.of(
                new Change("more", whole(cpu, ""), whole("'requests':{'cpu':'2'}", ""), List.of()),
                new Change("memory too", whole(cpu, ""), whole("'requests':{'cpu':'1','memory':'1Gi'}", ""), List.of()),
                new Change("first for the whole", whole("", cpu), whole(cpu, cpu), List.of()),
                new Change(
                        "none for the whole",
                        whole(cpu, cpu),
                        whole("", cpu),
                        List.of("spec.resources: Forbidden: pod-level resources cannot be removed")),
                new Change(
                        "a request less",
                        whole("'requests':{'cpu':'1','memory':'1Gi'}", ""),
                        whole(cpu, ""),
                        List.of("spec.resources.requests: Forbidden: pod-level resource requests cannot be removed")),
                new Change(
                        "a limit less",
                        whole(cpu + ",'limits':{'cpu':'2'}", ""),
                        whole(cpu, ""),
                        List.of("spec.resources.limits: Forbidden: pod-level resource limits cannot be removed")),
                new Change(
                        "a container's request less",
                        whole(cpu, "'requests':{'cpu':'1','memory':'1Gi'}"),
                        whole(cpu, cpu),
                        List.of(
                                "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed")),
                new Change(
                        "another class",
                        whole("", cpu),
                        whole("", "'requests':{'cpu':'1','memory':'1Gi'},'limits':{'cpu':'1','memory':'1Gi'}"),
                        List.of("spec: Invalid value: ")));
    }

    @ParameterizedTest
    @MethodSource("resizes")
    void amountsOfAWholePodAreAddedAndChanged(Change change) {
        assertBegin(change.errors(), PODS.updatePart("resize", change.now(), change.old()));
    }

    @Test
    void ephemeralContainersComeLater() {
        String with = pod("'ephemeralContainers':[{'name':'e','image':'x'}],");
        assertEquals(List.of("spec.ephemeralContainers: Forbidden: cannot be set on create"), PODS.create(with));
        assertEquals(List.of(), PODS.updatePart("ephemeralcontainers", with, pod("")));
        assertBegin(
                List.of("spec.ephemeralContainers: Forbidden: existing ephemeral containers \"e\" may not be removed"),
                PODS.updatePart("ephemeralcontainers", pod(""), with));
    }

    /// Values that are shown in errors are left out.
    private static void assertBegin(List<String> wanted, List<String> errors) {
        List<String> begun = errors.stream()
                .map(error -> error.replaceFirst("(Invalid value: )[\\[{].*[\\]}]: ", "$1"))
                .toList();
        assertEquals(wanted.size(), begun.size(), begun.toString());
        for (int i = 0; i < wanted.size(); i++) {
            String error = begun.get(i);
            assertEquals(
                    wanted.get(i),
                    error.substring(0, Math.min(error.length(), wanted.get(i).length())),
                    error);
        }
    }
}
