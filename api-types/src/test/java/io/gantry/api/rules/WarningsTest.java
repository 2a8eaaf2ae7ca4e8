package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.networking.v1.ingress.IngressKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is taken, and told to be old or likely a mistake.
final class WarningsTest {
    private static final String META = "'metadata':{'name':'a','namespace':'default'}";
    private static final String PORTS = "'ports':[{'containerPort':%s}]";

    record Case(KindDefinition<?> kind, String json, List<String> warnings) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        new IngressKind(),
                        "{'metadata':{'name':'a','annotations':{'kubernetes.io/ingress.class':'nginx'}}}",
                        List.of("annotation \"kubernetes.io/ingress.class\" is deprecated, please use"
                                + " 'spec.ingressClassName' instead")),
                new Case(
                        new IngressKind(),
                        "{'metadata':{'annotations':{'kubernetes.io/ingress.class':'n'}},'spec':{'ingressClassName':'n'}}",
                        List.of()),
                new Case(
                        new ServiceKind(),
                        "{" + META + ",'spec':{'externalIPs':['1.2.3.4'],'externalName':'x',"
                                + "'trafficDistribution':'PreferClose'}}",
                        List.of(
                                "spec.externalIPs is deprecated and may no longer be implemented in some clusters",
                                "spec.externalName is ignored when spec.type is not \"ExternalName\"",
                                "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"")),
                new Case(
                        new ServiceKind(),
                        "{" + META + ",'spec':{'clusterIP':'None','externalIPs':['1.2.3.4']}}",
                        List.of("spec.externalIPs is ignored for headless services")),
                new Case(
                        new PersistentVolumeClaimKind(),
                        "{'metadata':{'annotations':{'volume.beta.kubernetes.io/storage-class':'x'}},"
                                + "'spec':{'resources':{'requests':{'storage':'1500m'}}}}",
                        List.of(
                                "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use"
                                        + " \"storageClassName\" attribute instead",
                                "spec.resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be an"
                                        + " integer")),
                new Case(
                        new PersistentVolumeKind(),
                        "{'metadata':{'name':'a'},'spec':{'storageos':{}}}",
                        List.of("spec.storageOS: deprecated in v1.22, non-functional in v1.25+")),
                new Case(
                        new StatefulSetKind(),
                        "{" + META + ",'spec':{'revisionHistoryLimit':-1}}",
                        List.of(
                                "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >="
                                        + " 0 is recommended")),
                new Case(
                        new SecretKind(),
                        "{" + META + ",'type':'kubernetes.io/tls','data':{'tls.crt':'','tls.key':''}}",
                        List.of("tls: failed to find any PEM data in certificate input")),
                new Case(
                        new SecretKind(),
                        "{" + META + ",'type':'kubernetes.io/tls','stringData':{'tls.crt':'-----BEGIN"
                                + " CERTIFICATE-----\\nAA==\\n-----END CERTIFICATE-----\\n','tls.key':'x'}}",
                        List.of("tls: failed to find any PEM data in key input")),
                new Case(
                        new PodKind(),
                        "{" + META + ",'spec':{'initContainers':[{'name':'i'," + PORTS.formatted("80,'name':'p'")
                                + "}],'containers':[{'name':'c'," + PORTS.formatted("80,'hostPort':1,'name':'p'")
                                + "}]}}",
                        List.of(
                                "spec.containers[0].ports[0]: overlapping port definition with"
                                        + " spec.initContainers[0].ports[0]",
                                "spec.containers[0].ports[0]: duplicate port name \"p\" with"
                                        + " spec.initContainers[0].ports[0], services and probes that select ports by name"
                                        + " will use spec.initContainers[0].ports[0]")),
                new Case(
                        new PodKind(),
                        "{" + META
                                + ",'spec':{'volumes':[{'name':'v','rbd':{}},{'name':'w','configMap':{'name':'m','items':["
                                + "{'path':'a/b'},{'path':'a/'}]}},{'name':'x','projected':{'sources':[{}]}}]}}",
                        List.of(
                                "spec.volumes[0].rbd: deprecated in v1.28, non-functional in v1.31+",
                                "volume \"w\" (ConfigMap \"m\"): overlapping paths: \"a\" with \"a/b\"",
                                "volume \"x\" (Projected) has no sources provided")),
                new Case(
                        new PodKind(),
                        "{'metadata':{'name':'a','annotations':{'scheduler.alpha.kubernetes.io/critical-pod':''}},"
                                + "'spec':{'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                                + "[{}]},'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                                + "{'nodeSelectorTerms':[{'matchExpressions':[{'key':'beta.kubernetes.io/os'}]}]}}}}}",
                        List.of(
                                "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
                                        + ".nodeSelectorTerms[0].matchExpressions[0].key: beta.kubernetes.io/os is"
                                        + " deprecated since v1.14; use \"kubernetes.io/os\" instead",
                                "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]"
                                        + ".labelSelector: a null labelSelector results in matching no pod",
                                "metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in"
                                        + " v1.16+; use the \"priorityClassName\" field instead")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsOldOrOdd(Case one) {
        assertEquals(one.warnings(), warnings(one.kind(), one.json()));
    }

    private static <T extends KubernetesObject> List<String> warnings(KindDefinition<T> kind, String json) {
        T object = Json.MAPPER.treeToValue(
                new RulesHarness<>(kind).defaulted(json), kind.kind().type());
        List<String> all = new ArrayList<>(kind.rules().createWarnings(object));
        all.addAll(kind.rules().specWarnings(object));
        all.addAll(kind.rules().warnings(object));
        return all;
    }
}
