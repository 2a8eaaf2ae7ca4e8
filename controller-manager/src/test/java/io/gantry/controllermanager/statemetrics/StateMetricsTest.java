package io.gantry.controllermanager.statemetrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Kind;
import io.gantry.client.ApiClient;
import io.gantry.client.http.Call;
import io.gantry.client.http.Exchange;
import io.gantry.client.http.Reply;
import io.gantry.client.informer.InformerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateMetricsTest {
    private final InformerFactory informers = new InformerFactory(ApiClient.over(new Nobody(), "test"), informer -> {});

    /// Nothing is asked: the informers are fed.
    private static final class Nobody implements Exchange {
        @Override
        public Reply send(Call call) {
            throw new AssertionError("nobody is asked: " + call);
        }

        @Override
        public String name() {
            return "nobody";
        }

        @Override
        public String metrics() {
            return "";
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        informers.close();
    }

    private <T extends KubernetesObject> void has(Kind<T> kind, String json) {
        informers.informer(kind).feed().changed(Json.MAPPER.readValue(json.replace('\'', '"'), kind.type()));
    }

    /// The samples of metrics whose names begin so.
    private String samples(String prefix) throws IOException {
        StringBuilder out = new StringBuilder();
        new StateMetrics(CachedObjects.of(informers)).write(out);
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void pods() throws IOException {
        has(PodKind.KIND, """
                {'metadata': {'namespace': 'shop', 'name': 'web-1', 'uid': 'u1', 'creationTimestamp': '2026-01-01T00:00:00Z',
                  'ownerReferences': [{'apiVersion': 'apps/v1', 'kind': 'ReplicaSet', 'name': 'web', 'uid': 'u0', 'controller': true}]},
                 'spec': {'nodeName': 'n1', 'restartPolicy': 'Always', 'containers': [{'name': 'main', 'image': 'web:1',
                   'resources': {'requests': {'cpu': '100m', 'memory': '16Mi', 'example.com/gpu': '2'}, 'limits': {'memory': '1Gi'}}}]},
                 'status': {'phase': 'Running', 'hostIP': '10.0.0.1', 'podIP': '10.1.0.5', 'startTime': '2026-01-01T00:00:01Z',
                   'conditions': [{'type': 'Ready', 'status': 'False'}],
                   'containerStatuses': [{'name': 'main', 'ready': false, 'restartCount': 3, 'image': 'web:1', 'imageID': 'sha',
                     'containerID': 'c1', 'state': {'waiting': {'reason': 'CrashLoopBackOff'}}}]}}
                """);
        String who = "namespace=\"shop\",pod=\"web-1\",uid=\"u1\"";
        assertEquals("""
                kube_pod_info{WHO,host_ip="10.0.0.1",pod_ip="10.1.0.5",node="n1",created_by_kind="ReplicaSet",created_by_name="web",priority_class="",host_network="false"} 1
                """.replace("WHO", who), samples("kube_pod_info"));
        assertEquals("""
                kube_pod_status_phase{WHO,phase="Pending"} 0
                kube_pod_status_phase{WHO,phase="Succeeded"} 0
                kube_pod_status_phase{WHO,phase="Failed"} 0
                kube_pod_status_phase{WHO,phase="Unknown"} 0
                kube_pod_status_phase{WHO,phase="Running"} 1
                """.replace("WHO", who), samples("kube_pod_status_phase"));
        assertEquals("""
                kube_pod_status_ready{WHO,condition="true"} 0
                kube_pod_status_ready{WHO,condition="false"} 1
                kube_pod_status_ready{WHO,condition="unknown"} 0
                """.replace("WHO", who), samples("kube_pod_status_ready"));
        assertEquals("""
                kube_pod_container_status_waiting{WHO,container="main"} 1
                kube_pod_container_status_waiting_reason{WHO,container="main",reason="CrashLoopBackOff"} 1
                kube_pod_container_status_running{WHO,container="main"} 0
                kube_pod_container_status_terminated{WHO,container="main"} 0
                kube_pod_container_status_ready{WHO,container="main"} 0
                kube_pod_container_status_restarts_total{WHO,container="main"} 3
                """.replace("WHO", who), samples("kube_pod_container_status"));
        assertEquals("""
                kube_pod_container_resource_requests{WHO,container="main",node="n1",resource="cpu",unit="core"} 0.1
                kube_pod_container_resource_requests{WHO,container="main",node="n1",resource="memory",unit="byte"} 16777216
                kube_pod_container_resource_requests{WHO,container="main",node="n1",resource="example_com_gpu",unit="integer"} 2
                kube_pod_container_resource_limits{WHO,container="main",node="n1",resource="memory",unit="byte"} 1073741824
                """.replace("WHO", who), samples("kube_pod_container_resource"));
        assertEquals("kube_pod_created{" + who + "} 1767225600\n", samples("kube_pod_created"));
    }

    @Test
    void workloads() throws IOException {
        has(DeploymentKind.KIND, """
                {'metadata': {'namespace': 'shop', 'name': 'web', 'generation': 4}, 'spec': {'replicas': 3},
                 'status': {'replicas': 3, 'readyReplicas': 2, 'observedGeneration': 4,
                   'conditions': [{'type': 'Available', 'status': 'True', 'reason': 'Min'}]}}
                """);
        has(JobKind.KIND, """
                {'metadata': {'namespace': 'shop', 'name': 'j'}, 'spec': {'parallelism': 1},
                 'status': {'failed': 2, 'conditions': [{'type': 'Failed', 'status': 'True', 'reason': 'BackoffLimitExceeded'}]}}
                """);
        assertEquals("""
                kube_deployment_status_replicas{namespace="shop",deployment="web"} 3
                kube_deployment_status_replicas_ready{namespace="shop",deployment="web"} 2
                kube_deployment_status_replicas_available{namespace="shop",deployment="web"} 0
                kube_deployment_status_replicas_unavailable{namespace="shop",deployment="web"} 0
                kube_deployment_status_replicas_updated{namespace="shop",deployment="web"} 0
                kube_deployment_status_observed_generation{namespace="shop",deployment="web"} 4
                kube_deployment_status_condition{namespace="shop",deployment="web",reason="Min",condition="Available",status="true"} 1
                kube_deployment_status_condition{namespace="shop",deployment="web",reason="Min",condition="Available",status="false"} 0
                kube_deployment_status_condition{namespace="shop",deployment="web",reason="Min",condition="Available",status="unknown"} 0
                """, samples("kube_deployment_status"));
        assertEquals(
                "kube_job_status_failed{namespace=\"shop\",job_name=\"j\",reason=\"BackoffLimitExceeded\"} 2\n",
                samples("kube_job_status_failed"));
        assertTrue(samples("kube_job_failed").contains("condition=\"true\"} 1"));
        assertEquals("", samples("kube_job_complete"));
    }

    @Test
    void nodesAndStorage() throws IOException {
        has(NodeKind.KIND, """
                {'metadata': {'name': 'n1', 'labels': {'node-role.kubernetes.io/control-plane': ''}}, 'spec': {'unschedulable': true,
                   'taints': [{'key': 'k', 'value': 'a\\nb', 'effect': 'NoSchedule'}]},
                 'status': {'capacity': {'cpu': '4', 'ephemeral-storage': '1Ki'}, 'conditions': [{'type': 'Ready', 'status': 'Unknown'}]}}
                """);
        has(PersistentVolumeClaimKind.KIND, """
                {'metadata': {'namespace': 'shop', 'name': 'data'}, 'spec': {'storageClassName': 'fast',
                   'resources': {'requests': {'storage': '1Gi'}}}, 'status': {'phase': 'Bound'}}
                """);
        assertEquals("kube_node_spec_unschedulable{node=\"n1\"} 1\n", samples("kube_node_spec_unschedulable"));
        assertEquals("kube_node_role{node=\"n1\",role=\"control-plane\"} 1\n", samples("kube_node_role"));
        assertEquals(
                "kube_node_spec_taint{node=\"n1\",key=\"k\",value=\"a\\nb\",effect=\"NoSchedule\"} 1\n",
                samples("kube_node_spec_taint"));
        assertEquals("""
                kube_node_status_condition{node="n1",condition="Ready",status="true"} 0
                kube_node_status_condition{node="n1",condition="Ready",status="false"} 0
                kube_node_status_condition{node="n1",condition="Ready",status="unknown"} 1
                """, samples("kube_node_status_condition"));
        assertEquals("""
                kube_node_status_capacity{node="n1",resource="cpu",unit="core"} 4
                kube_node_status_capacity{node="n1",resource="ephemeral_storage",unit="byte"} 1024
                """, samples("kube_node_status_capacity"));
        assertEquals(
                "kube_persistentvolumeclaim_resource_requests_storage_bytes{namespace=\"shop\",persistentvolumeclaim=\"data\"} 1073741824\n",
                samples("kube_persistentvolumeclaim_resource_requests_storage_bytes"));
    }

    @Test
    void aKindThatNobodyFollowsHasNoSamples() throws IOException {
        StringBuilder out = new StringBuilder();
        new StateMetrics(CachedObjects.none()).write(out);
        assertTrue(out.toString().lines().allMatch(line -> line.startsWith("# TYPE kube_")));
        assertEquals(StateMetrics.names().size(), out.toString().lines().count());
        assertEquals(StateMetrics.names().size(), new TreeSet<>(StateMetrics.names()).size(), "each name once");
    }

    @Test
    void theDashboardOfGrafanaShowsWhatThereIs() throws IOException {
        String text = Files.readString(Path.of("../docs/grafana/cluster.json"));
        assertFalse(Json.MAPPER.readTree(text).path("panels").isEmpty());
        List<String> unknown = Pattern.compile("kube_[a-z_]+")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .filter(name -> !StateMetrics.names().contains(name))
                .toList();
        assertEquals(List.of(), unknown);
    }
}
