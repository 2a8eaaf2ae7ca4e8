package io.gantry.benchmarks.jmh;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.json.SharedValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.ContextAttributes;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reading and writing the record of a pod of 3 KB with its generated codec, and by reflection for comparison.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
    private static final JsonInclude.Value NON_EMPTY =
            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS);

    private static final String CONTAINER = """
            {"name":"%s","image":"registry.example/team/service:1.0","command":["/bin/serve","--port=8080"],
             "ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],
             "env":[{"name":"MODE","value":"production"},{"name":"POD_IP","valueFrom":{"fieldRef":{"apiVersion":"v1",
               "fieldPath":"status.podIP"}}}],
             "resources":{"limits":{"cpu":"500m","memory":"128Mi"},"requests":{"cpu":"10m","memory":"16Mi"}},
             "volumeMounts":[{"name":"kube-api-access","readOnly":true,
               "mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],
             "readinessProbe":{"httpGet":{"path":"/readyz","port":"http","scheme":"HTTP"},"timeoutSeconds":1,
               "periodSeconds":10,"successThreshold":1,"failureThreshold":3},
             "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
             "imagePullPolicy":"IfNotPresent"}""";
    private static final String CONDITION = """
            {"type":"%s","status":"True","lastProbeTime":null,"lastTransitionTime":"2026-11-21T10:00:00Z"}""";
    private static final String STATUS = """
            {"name":"%s","state":{"running":{"startedAt":"2026-11-21T10:00:00Z"}},"lastState":{},"ready":true,
             "restartCount":0,"image":"registry.example/team/service:1.0","imageID":"sha256:0123456789abcdef",
             "containerID":"containerd://0123456789abcdef0123456789abcdef","started":true}""";
    private static final String POD = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-5d8c7b9f6d-x2x7l","generateName":"web-5d8c7b9f6d-",
             "namespace":"default","uid":"0b8a1e1c-6f0e-4b59-8d52-6f3b8d6b7f10","resourceVersion":"123456",
             "creationTimestamp":"2026-11-21T10:00:00Z","labels":{"app":"web","pod-template-hash":"5d8c7b9f6d"},
             "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-5d8c7b9f6d",
               "uid":"1b8a1e1c-6f0e-4b59-8d52-6f3b8d6b7f10","controller":true,"blockOwnerDeletion":true}]},
             "spec":{"volumes":[{"name":"kube-api-access","projected":{"sources":[{"serviceAccountToken":
                {"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt","items":
                [{"key":"ca.crt","path":"ca.crt"}]}}],"defaultMode":420}}],
              "containers":[%s,%s],"restartPolicy":"Always","terminationGracePeriodSeconds":30,
              "dnsPolicy":"ClusterFirst","serviceAccountName":"default","serviceAccount":"default",
              "nodeName":"node-1","securityContext":{},"schedulerName":"default-scheduler","tolerations":[
               {"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},
               {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute",
                "tolerationSeconds":300}],"priority":0,"enableServiceLinks":true,
              "preemptionPolicy":"PreemptLowerPriority"},
             "status":{"phase":"Running","conditions":[%s,%s,%s,%s],"hostIP":"10.0.0.1","podIP":"10.244.1.17",
              "podIPs":[{"ip":"10.244.1.17"}],"startTime":"2026-11-21T10:00:00Z","containerStatuses":[%s,%s],
              "qosClass":"Burstable"}}
            """.formatted(
                    CONTAINER.formatted("main"),
                    CONTAINER.formatted("side"),
                    CONDITION.formatted("PodScheduled"),
                    CONDITION.formatted("Initialized"),
                    CONDITION.formatted("ContainersReady"),
                    CONDITION.formatted("Ready"),
                    STATUS.formatted("main"),
                    STATUS.formatted("side"));

    private final JsonMapper cacheMapper = Json.MAPPER
            .rebuild()
            .defaultAttributes(ContextAttributes.getEmpty().withSharedAttribute(SharedValues.class, new SharedValues()))
            .build();
    private final JsonMapper reflection = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
            .withConfigOverride(List.class, o -> o.setInclude(NON_EMPTY))
            .withConfigOverride(Map.class, o -> o.setInclude(NON_EMPTY))
            .build();
    private final JsonNode tree = Json.MAPPER.readTree(POD);
    private final byte[] json = tree.toString().getBytes(StandardCharsets.UTF_8);
    private final Pod pod = Json.MAPPER.readValue(json, Pod.class);

    @Benchmark
    public Pod read() {
        return Json.MAPPER.readValue(json, Pod.class);
    }

    /// As an informer does: equal parts become one.
    @Benchmark
    public Pod readForCache() {
        return cacheMapper.readValue(json, Pod.class);
    }

    @Benchmark
    public Pod readTree() {
        return Json.MAPPER.treeToValue(tree, Pod.class);
    }

    @Benchmark
    public byte[] write() {
        return Json.MAPPER.writeValueAsBytes(pod);
    }

    @Benchmark
    public Pod readByReflection() {
        return reflection.readValue(json, Pod.class);
    }

    @Benchmark
    public byte[] writeByReflection() {
        return reflection.writeValueAsBytes(pod);
    }
}
