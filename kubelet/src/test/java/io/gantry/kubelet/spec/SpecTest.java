package io.gantry.kubelet.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceFieldSelector;
import io.gantry.api.core.v1.pod.VolumeMount;
import io.gantry.api.core.v1.pod.VolumeMountBuilder;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.pod.Qos;
import io.gantry.kubelet.runtime.DnsSpec;
import io.gantry.kubelet.runtime.LinuxResources;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pure parts of what a pod's spec becomes.
class SpecTest {
    private static Pod pod(String spec) {
        return Json.MAPPER.readValue(
                ("{'metadata':{'name':'web-0','namespace':'ns','uid':'u','labels':{'b':'2','a':'1'}},'spec':" + spec
                                + "}")
                        .replace('\'', '"'),
                Pod.class);
    }

    @ParameterizedTest
    @CsvSource({
        "$(A)-$(B),1-$(B)",
        "$$(A),$(A)",
        "$A,$A",
        "$(A,$(A",
        "$(A)$(A),11",
        "costs 5$,costs 5$",
        "$$$(A),$1",
    })
    void references(String input, String expected) {
        assertEquals(expected, Expansion.expand(input, Map.of("A", "1")));
    }

    @Test
    void serviceVariablesAreThoseOfDockerLinks() {
        Service service = Json.MAPPER.readValue("""
                {"metadata":{"name":"my-db"},"spec":{"clusterIP":"10.0.0.5","ports":[{"name":"sql","port":5432}]}}""", Service.class);
        assertEquals(
                Map.of(
                        "MY_DB_SERVICE_HOST", "10.0.0.5",
                        "MY_DB_SERVICE_PORT", "5432",
                        "MY_DB_SERVICE_PORT_SQL", "5432",
                        "MY_DB_PORT", "tcp://10.0.0.5:5432",
                        "MY_DB_PORT_5432_TCP", "tcp://10.0.0.5:5432",
                        "MY_DB_PORT_5432_TCP_PROTO", "tcp",
                        "MY_DB_PORT_5432_TCP_PORT", "5432",
                        "MY_DB_PORT_5432_TCP_ADDR", "10.0.0.5"),
                ServiceEnvironment.of(List.of(service)));
    }

    @ParameterizedTest
    @CsvSource({
        "Disabled,",
        "IfPossible,",
        "Enabled,'failed to resolve recursive read-only mode: volume \"v\""
                + " requested recursive read-only mode, but it is not supported by the runtime'"
    })
    void nothingIsReadOnlyWithAllThatIsBelow(String mode, @Nullable String refused) {
        VolumeMount mount = VolumeMountBuilder.builder()
                .name("v")
                .readOnly(true)
                .recursiveReadOnly(mode)
                .build();
        String said = "";
        try {
            RecursiveReadOnly.requirePossible(mount);
        } catch (SpecFailure failure) {
            said = failure.text();
        }
        assertEquals(refused == null ? "" : refused, said);
    }

    @Test
    void fieldsOfThePod() {
        PodFacts facts = new PodFacts(List.of("10.1.0.1"), List.of("192.168.0.1"), Map.of());
        Pod pod = pod("{'nodeName':'n','containers':[]}");
        assertEquals("a=\"1\"\nb=\"2\"", FieldRefs.value(pod, "metadata.labels", facts));
        assertEquals("2", FieldRefs.value(pod, "metadata.labels['b']", facts));
        assertEquals("10.1.0.1", FieldRefs.value(pod, "status.podIP", facts));
        assertEquals("192.168.0.1", FieldRefs.value(pod, "status.hostIP", facts));
        assertEquals("n", FieldRefs.value(pod, "spec.nodeName", facts));
    }

    @ParameterizedTest
    @CsvSource({"own,100", "other,64", "node,300"})
    void aContainerWithoutALimitMayUseItsPodsOrTheNodes(String container, String limit) {
        PodFacts facts = new PodFacts(List.of(), List.of(), Map.of("memory", Quantity.parse("300")));
        String whole = container.equals("node") ? "{}" : "{'limits':{'memory':'64'}}";
        Pod pod = pod("{'resources':" + whole + ",'containers':[{'name':'own','resources':{'limits':{'memory':'100'}}},"
                + "{'name':'other'},{'name':'node'}]}");
        ResourceFieldSelector selector =
                Json.MAPPER.readValue("{\"resource\":\"limits.memory\"}", ResourceFieldSelector.class);
        assertEquals(limit, ResourceRefs.value(pod, container, selector, facts));
    }

    @Test
    void hostNamesAndHosts() {
        Pod pod = pod(
                "{'hostname':'h','subdomain':'sub','hostAliases':[{'ip':'1.2.3.4','hostnames':['x','y']}],'containers':[]}");
        Hostnames names = Hostnames.of(pod, "cluster.local");
        assertEquals(new Hostnames("h", "sub.ns.svc.cluster.local"), names);
        String hosts = HostsFile.of(pod, List.of("10.1.0.1"), names);
        assertEquals(
                "# Kubernetes-managed hosts file.", hosts.lines().findFirst().orElse(""));
        assertEquals(true, hosts.contains("10.1.0.1\th.sub.ns.svc.cluster.local\th\n"));
        assertEquals(true, hosts.endsWith("\n# Entries added by HostAliases.\n1.2.3.4\tx\ty\n"));
    }

    @Test
    void resolvConfFollowsTheDnsPolicy() {
        DnsSpec host = Resolv.parse("nameserver 9.9.9.9\nsearch corp\noptions timeout:1\n");
        Resolv resolv = new Resolv(List.of("10.96.0.10"), "cluster.local", host);
        assertEquals(
                new DnsSpec(
                        List.of("10.96.0.10"),
                        List.of("ns.svc.cluster.local", "svc.cluster.local", "cluster.local", "corp"),
                        List.of("ndots:5")),
                resolv.of(pod("{'containers':[]}")));
        assertEquals(host, resolv.of(pod("{'dnsPolicy':'Default','containers':[]}")));
        assertEquals(host, resolv.of(pod("{'hostNetwork':true,'containers':[]}")));
        assertEquals(
                new DnsSpec(List.of("1.1.1.1"), List.of("a"), List.of("ndots:2")),
                resolv.of(
                        pod(
                                "{'dnsPolicy':'None','dnsConfig':{'nameservers':['1.1.1.1'],'searches':['a'],'options':[{'name':'ndots','value':'2'}]},'containers':[]}")));
    }

    @Test
    void resourcesBecomeCgroupLimits() {
        Pod pod = pod(
                "{'containers':[{'name':'c','resources':{'requests':{'cpu':'250m','memory':'64Mi'},'limits':{'cpu':'500m','memory':'128Mi'}}}]}");
        assertEquals(Qos.Burstable, Qos.of(pod));
        assertEquals(
                new LinuxResources(256, 100_000, 50_000, 128L << 20, 938),
                Resources.of(pod, pod.spec().containers().getFirst(), 1L << 30));
    }

    @Test
    void resourcesOfTheWholePodLimitContainersWithoutTheirOwn() {
        Pod pod = pod("{'resources':{'requests':{'cpu':'1','memory':'512Mi'},'limits':{'cpu':'2','memory':'1Gi'}},"
                + "'initContainers':[{'name':'s','restartPolicy':'Always'}],"
                + "'containers':[{'name':'c','resources':{'requests':{'memory':'128Mi'}}}]}");
        assertEquals(Qos.Burstable, Qos.of(pod));
        Container container = pod.spec().containers().getFirst();
        assertEquals(new LinuxResources(2048, 100_000, 200_000, 1L << 30, 688), Resources.of(pod, container, 1L << 30));
        Container sidecar = pod.spec().initContainers().getFirst();
        assertEquals(688, Resources.of(pod, sidecar, 1L << 30).oomScoreAdj());
    }
}
