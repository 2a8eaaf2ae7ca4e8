package io.gantry.api.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.KindCatalog;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V2Autoscaling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class ProtobufDecoderTest {
    private static final ProtobufDecoder DECODER = new ProtobufDecoder(KindCatalog.all());

    /// @param json what the object is in JSON, without apiVersion and kind
    record Case(String apiVersion, String kind, Message message, String json) {
        @Override
        public String toString() {
            return kind;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                pod(),
                deployment(),
                configMap(),
                secret(),
                namespace(),
                tokenRequest(),
                access(),
                scaler(),
                deletion(),
                definition());
    }

    private static Case pod() {
        V1.Probe probe = V1.Probe.newBuilder()
                .setHandler(V1.ProbeHandler.newBuilder()
                        .setHttpGet(V1.HTTPGetAction.newBuilder()
                                .setPath("/")
                                .setPort(IntOrString.newBuilder().setType(1).setStrVal("http"))))
                .setPeriodSeconds(5)
                .setTimeoutSeconds(0)
                .build();
        V1.Container container = V1.Container.newBuilder()
                .setName("web")
                .setImage("nginx")
                .setLivenessProbe(probe)
                .addEnv(V1.EnvVar.newBuilder().setName("EMPTY").setValue(""))
                .addEnv(V1.EnvVar.newBuilder()
                        .setName("KEY")
                        .setValueFrom(V1.EnvVarSource.newBuilder()
                                .setConfigMapKeyRef(V1.ConfigMapKeySelector.newBuilder()
                                        .setLocalObjectReference(V1.LocalObjectReference.newBuilder()
                                                .setName("cm"))
                                        .setKey("k")
                                        .setOptional(false))))
                .setResources(V1.ResourceRequirements.newBuilder()
                        .putLimits(
                                "cpu",
                                Resource.Quantity.newBuilder().setString("250m").build()))
                .setSecurityContext(V1.SecurityContext.newBuilder().setPrivileged(false))
                .setStdin(false)
                .build();
        V1.Pod pod = V1.Pod.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("p")
                        .setGenerateName("")
                        .setCreationTimestamp(Meta.Time.newBuilder())
                        .putLabels("app", "web"))
                .setSpec(V1.PodSpec.newBuilder()
                        .addContainers(container)
                        .addVolumes(V1.Volume.newBuilder()
                                .setName("tmp")
                                .setVolumeSource(V1.VolumeSource.newBuilder()
                                        .setEmptyDir(V1.EmptyDirVolumeSource.newBuilder()
                                                .setMedium(""))))
                        .addEphemeralContainers(V1.EphemeralContainer.newBuilder()
                                .setEphemeralContainerCommon(V1.EphemeralContainerCommon.newBuilder()
                                        .setName("debug")
                                        .setImage("busybox"))
                                .setTargetContainerName("web"))
                        .setTerminationGracePeriodSeconds(0)
                        .setHostNetwork(false))
                .setStatus(V1.PodStatus.newBuilder())
                .build();
        return new Case("v1", "Pod", pod, """
            {"metadata":{"name":"p","labels":{"app":"web"}},
             "spec":{"containers":[{"name":"web","image":"nginx",
                "livenessProbe":{"httpGet":{"path":"/","port":"http"},"periodSeconds":5},
                "env":[{"name":"EMPTY"},{"name":"KEY","valueFrom":{"configMapKeyRef":{"name":"cm","key":"k","optional":false}}}],
                "resources":{"limits":{"cpu":"250m"}},"securityContext":{"privileged":false}}],
              "volumes":[{"name":"tmp","emptyDir":{}}],
              "ephemeralContainers":[{"name":"debug","image":"busybox","targetContainerName":"web"}],
              "terminationGracePeriodSeconds":0},
             "status":{}}""");
    }

    private static Case deployment() {
        V1Apps.Deployment deployment = V1Apps.Deployment.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("d"))
                .setSpec(V1Apps.DeploymentSpec.newBuilder()
                        .setReplicas(0)
                        .setMinReadySeconds(0)
                        .setSelector(Meta.LabelSelector.newBuilder().putMatchLabels("app", "d"))
                        .setTemplate(V1.PodTemplateSpec.newBuilder()
                                .setSpec(V1.PodSpec.newBuilder()
                                        .addContainers(V1.Container.newBuilder().setName("c"))))
                        .setStrategy(V1Apps.DeploymentStrategy.newBuilder()
                                .setRollingUpdate(V1Apps.RollingUpdateDeployment.newBuilder()
                                        .setMaxSurge(IntOrString.newBuilder()
                                                .setType(0)
                                                .setIntVal(1)))))
                .build();
        return new Case("apps/v1", "Deployment", deployment, """
            {"metadata":{"name":"d"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"d"}},
             "template":{"spec":{"containers":[{"name":"c"}]}},
             "strategy":{"rollingUpdate":{"maxSurge":1}}}}""");
    }

    private static Case configMap() {
        V1.ConfigMap map = V1.ConfigMap.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("c")
                        .setCreationTimestamp(
                                Meta.Time.newBuilder().setSeconds(1_700_000_000).setNanos(5))
                        .addManagedFields(Meta.ManagedFieldsEntry.newBuilder()
                                .setManager("m")
                                .setFieldsV1(
                                        Meta.FieldsV1.newBuilder().setRaw(ByteString.copyFromUtf8("{\"f:data\":{}}")))))
                .putData("a", "")
                .putData("b", "1")
                .putBinaryData("x", ByteString.copyFrom(new byte[] {1, 2, 3}))
                .setImmutable(false)
                .build();
        return new Case("v1", "ConfigMap", map, """
            {"metadata":{"name":"c","creationTimestamp":"2023-11-14T22:13:20Z",
               "managedFields":[{"manager":"m","fieldsV1":{"f:data":{}}}]},
             "data":{"a":"","b":"1"},"binaryData":{"x":"AQID"},"immutable":false}""");
    }

    private static Case secret() {
        V1.Secret secret = V1.Secret.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("s"))
                .putData("password", ByteString.copyFromUtf8("hunter2"))
                .setType("Opaque")
                .build();
        return new Case("v1", "Secret", secret, """
            {"metadata":{"name":"s"},"data":{"password":"aHVudGVyMg=="},"type":"Opaque"}""");
    }

    private static Case namespace() {
        V1.Namespace namespace = V1.Namespace.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setName("n"))
                .setSpec(V1.NamespaceSpec.newBuilder().addFinalizers("kubernetes"))
                .build();
        return new Case("v1", "Namespace", namespace, """
            {"metadata":{"name":"n"},"spec":{"finalizers":["kubernetes"]}}""");
    }

    private static Case tokenRequest() {
        V1Authentication.TokenRequest request = V1Authentication.TokenRequest.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder())
                .setSpec(V1Authentication.TokenRequestSpec.newBuilder()
                        .addAudiences("api")
                        .setExpirationSeconds(600)
                        .setBoundObjectRef(V1Authentication.BoundObjectReference.newBuilder()
                                .setKind("Pod")
                                .setUID("u1")))
                .build();
        return new Case("authentication.k8s.io/v1", "TokenRequest", request, """
            {"metadata":{},"spec":{"audiences":["api"],"expirationSeconds":600,"boundObjectRef":{"kind":"Pod","uid":"u1"}}}""");
    }

    private static Case access() {
        V1Authorization.SelfSubjectAccessReview review = V1Authorization.SelfSubjectAccessReview.newBuilder()
                .setSpec(V1Authorization.SelfSubjectAccessReviewSpec.newBuilder()
                        .setResourceAttributes(V1Authorization.ResourceAttributes.newBuilder()
                                .setVerb("get")
                                .setResource("pods")
                                .setNamespace("")))
                .build();
        return new Case("authorization.k8s.io/v1", "SelfSubjectAccessReview", review, """
            {"spec":{"resourceAttributes":{"verb":"get","resource":"pods"}}}""");
    }

    private static Case scaler() {
        V2Autoscaling.HorizontalPodAutoscaler scaler = V2Autoscaling.HorizontalPodAutoscaler.newBuilder()
                .setSpec(V2Autoscaling.HorizontalPodAutoscalerSpec.newBuilder()
                        .setMaxReplicas(5)
                        .setScaleTargetRef(V2Autoscaling.CrossVersionObjectReference.newBuilder()
                                .setKind("Deployment")
                                .setName("d")
                                .setApiVersion("apps/v1"))
                        .addMetrics(V2Autoscaling.MetricSpec.newBuilder()
                                .setType("Resource")
                                .setResource(V2Autoscaling.ResourceMetricSource.newBuilder()
                                        .setName("cpu")
                                        .setTarget(V2Autoscaling.MetricTarget.newBuilder()
                                                .setType("Utilization")
                                                .setAverageUtilization(80)))))
                .build();
        return new Case("autoscaling/v2", "HorizontalPodAutoscaler", scaler, """
            {"spec":{"maxReplicas":5,"scaleTargetRef":{"kind":"Deployment","name":"d","apiVersion":"apps/v1"},
             "metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}]}}""");
    }

    private static Case deletion() {
        Meta.DeleteOptions options = Meta.DeleteOptions.newBuilder()
                .setGracePeriodSeconds(0)
                .setPropagationPolicy("Foreground")
                .setPreconditions(Meta.Preconditions.newBuilder().setUid("u"))
                .build();
        return new Case("apps/v1", "DeleteOptions", options, """
            {"gracePeriodSeconds":0,"propagationPolicy":"Foreground","preconditions":{"uid":"u"}}""");
    }

    private static Case definition() {
        V1Apiextensions.JSONSchemaProps text =
                V1Apiextensions.JSONSchemaProps.newBuilder().setType("string").build();
        V1Apiextensions.JSONSchemaProps schema = V1Apiextensions.JSONSchemaProps.newBuilder()
                .setType("object")
                .setXKubernetesPreserveUnknownFields(true)
                .setDefault(V1Apiextensions.JSON.newBuilder().setRaw(ByteString.copyFromUtf8("{\"a\":1}")))
                .setMaximum(7)
                .putProperties(
                        "list",
                        V1Apiextensions.JSONSchemaProps.newBuilder()
                                .setType("array")
                                .setItems(V1Apiextensions.JSONSchemaPropsOrArray.newBuilder()
                                        .setSchema(text))
                                .setXKubernetesListType("set")
                                .build())
                .setAdditionalProperties(
                        V1Apiextensions.JSONSchemaPropsOrBool.newBuilder().setAllows(true))
                .build();
        V1Apiextensions.CustomResourceDefinition definition = V1Apiextensions.CustomResourceDefinition.newBuilder()
                .setSpec(V1Apiextensions.CustomResourceDefinitionSpec.newBuilder()
                        .addVersions(V1Apiextensions.CustomResourceDefinitionVersion.newBuilder()
                                .setName("v1")
                                .setServed(true)
                                .setStorage(false)
                                .setSubresources(V1Apiextensions.CustomResourceSubresources.newBuilder()
                                        .setStatus(V1Apiextensions.CustomResourceSubresourceStatus.newBuilder()))
                                .setSchema(V1Apiextensions.CustomResourceValidation.newBuilder()
                                        .setOpenAPIV3Schema(schema))))
                .build();
        return new Case("apiextensions.k8s.io/v1", "CustomResourceDefinition", definition, """
            {"spec":{"versions":[{"name":"v1","served":true,"storage":false,"subresources":{"status":{}},
              "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"default":{"a":1},
                "maximum":7,"properties":{"list":{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"set"}},
                "additionalProperties":true}}}]}}""");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheTreeOfJson(Case given) {
        byte[] body = envelope(given.apiVersion(), given.kind(), given.message().toByteArray());
        ObjectNode expected = (ObjectNode) Json.MAPPER.readTree(given.json());
        expected.put("apiVersion", given.apiVersion()).put("kind", given.kind());
        assertEquals(expected, Json.MAPPER.readTree(DECODER.decode(body).toString()));
    }

    @Test
    void everyServedKindHasAMessage() {
        ProtoFacts facts = ProtoFacts.load();
        KindCatalog.all()
                .forEach(kind -> assertTrue(
                        facts.knows(ProtobufDecoder.messageName(kind.kind().type())),
                        () -> kind.kind().name()));
    }

    @Test
    void takesTheExpectedKindWhereTheEnvelopeNamesNone() {
        byte[] body = envelope("", "", V1.Namespace.getDefaultInstance().toByteArray());
        ObjectNode object = DECODER.decode(body, "v1", "Namespace");
        assertEquals("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\"}", object.toString());
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertBad("{}".getBytes(StandardCharsets.UTF_8));
        assertBad(new byte[0]);
        assertBad(envelope("v1", "Nothing", new byte[0]));
        assertBad(envelope("v1", "Pod", new byte[] {10, 127, 1}));
        assertBad(envelope("v1", "Pod", new byte[] {8, 1}));
    }

    @Test
    void refusesDeepNesting() throws IOException {
        byte[] schema = {};
        for (int i = 0; i < 200; i++) {
            schema = field(28, schema);
        }
        byte[] definition = field(2, field(7, field(4, field(1, schema))));
        assertBad(envelope("apiextensions.k8s.io/v1", "CustomResourceDefinition", definition));
    }

    @Test
    void refusesTooManyValues() throws IOException {
        ByteArrayOutputStream containers = new ByteArrayOutputStream();
        for (int i = 0; i <= MessageReader.MAX_VALUES; i++) {
            containers.write(2 << 3 | 2);
            containers.write(0);
        }
        assertBad(envelope("v1", "Pod", field(2, containers.toByteArray())));
    }

    @Test
    void damagedBytesAreNeverMoreThanABadRequest() {
        byte[] body = envelope("v1", "Pod", pod().message().toByteArray());
        long seed = 20_261_121;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = body.clone();
            for (int change = 0; change < 3; change++) {
                damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt(256);
            }
            try {
                DECODER.decode(damaged);
            } catch (StatusException e) {
                assertEquals(400, e.code(), "seed " + seed);
            }
        }
    }

    private static void assertBad(byte[] body) {
        assertEquals(
                400,
                assertThrows(StatusException.class, () -> DECODER.decode(body)).code());
    }

    private static byte[] field(int number, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(number, content);
        out.flush();
        return bytes.toByteArray();
    }

    static byte[] envelope(String apiVersion, String kind, byte[] raw) {
        byte[] unknown = Runtime.Unknown.newBuilder()
                .setTypeMeta(
                        Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(ByteString.copyFrom(raw))
                .build()
                .toByteArray();
        byte[] body = new byte[unknown.length + 4];
        body[0] = 'k';
        body[1] = '8';
        body[2] = 's';
        System.arraycopy(unknown, 0, body, 4, unknown.length);
        return body;
    }
}
