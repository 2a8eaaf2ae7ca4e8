package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.event.EventKind;
import io.gantry.api.core.v1.limitrange.LimitRangeKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.kind.Column;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacityKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class ColumnsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    record Case(KindDefinition<?> kind, String json, String cells) {}

    static Stream<Case> cases() {
        String meta = "'metadata':{'name':'a','creationTimestamp':'2026-01-01T00:00:00Z'}";
        return Stream.of(
                new Case(
                        new PodKind(),
                        "{" + meta
                                + ",'spec':{'containers':[{'name':'c'}]},'status':{'phase':'Running','podIP':'10.0.0.1',"
                                + "'containerStatuses':[{'name':'c','ready':true,'restartCount':2,'state':{'running':{}},"
                                + "'lastState':{'terminated':{'finishedAt':'2026-01-01T00:09:00Z'}}}]}}",
                        "1/1|Running|2 (60s ago)|10m|10.0.0.1|<none>|<none>|<none>"),
                new Case(
                        new PodKind(),
                        "{" + meta + ",'spec':{'containers':[{'name':'c'}]},'status':{'phase':'Pending',"
                                + "'containerStatuses':[{'name':'c','state':{'waiting':{'reason':'ImagePullBackOff'}}}]}}",
                        "0/1|ImagePullBackOff|0|10m|<none>|<none>|<none>|<none>"),
                new Case(
                        new PodKind(),
                        "{" + meta
                                + ",'spec':{'initContainers':[{'name':'i'}],'containers':[{'name':'c'}]},'status':{'phase':'Pending',"
                                + "'initContainerStatuses':[{'name':'i','state':{'running':{}}}],"
                                + "'containerStatuses':[{'name':'c','state':{'waiting':{'reason':'PodInitializing'}}}]}}",
                        "0/1|Init:0/1|0|10m|<none>|<none>|<none>|<none>"),
                new Case(
                        new ServiceKind(),
                        "{" + meta
                                + ",'spec':{'type':'NodePort','clusterIP':'10.96.0.1','ports':[{'port':80,'nodePort':30080,'protocol':'TCP'}],'selector':{'b':'2','a':'1'}}}",
                        "NodePort|10.96.0.1|<none>|80:30080/TCP|10m|a=1,b=2"),
                new Case(
                        new NodeKind(),
                        "{'metadata':{'name':'n','creationTimestamp':'2026-01-01T00:00:00Z','labels':{'node-role.kubernetes.io/control-plane':''}},"
                                + "'spec':{'unschedulable':true},'status':{'conditions':[{'type':'Ready','status':'True'}],"
                                + "'addresses':[{'type':'InternalIP','address':'10.0.0.2'}],'nodeInfo':{'kubeletVersion':'v1'}}}",
                        "Ready,SchedulingDisabled|control-plane|10m|v1|10.0.0.2|<none>|<unknown>|<unknown>|<unknown>"),
                new Case(
                        new PersistentVolumeClaimKind(),
                        "{" + meta + ",'spec':{'volumeName':'v'},'status':{'phase':'Pending'}}",
                        "Pending|v|0|||<unset>|10m|<unset>"),
                new Case(
                        new EventKind(),
                        "{" + meta
                                + ",'involvedObject':{'kind':'Pod','name':'p'},'type':'Normal','reason':'Started','message':'m','count':3,"
                                + "'firstTimestamp':'2026-01-01T00:08:00Z','lastTimestamp':'2026-01-01T00:09:30Z','source':{'component':'kubelet','host':'n'}}",
                        "30s|Normal|Started|pod/p||kubelet, n|m|2m|3|a"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shows(Case one) {
        ObjectNode object = RulesHarness.parse(one.json());
        String cells = one.kind().columns().stream()
                .map(c -> String.valueOf(c.cell().apply(object, NOW)))
                .collect(Collectors.joining("|"));
        assertEquals(one.cells(), cells);
    }

    /// Types as upstream declares them, where they are not those of the values.
    static Stream<Case> types() {
        return Stream.of(
                new Case(new ServiceAccountKind(), "", "Age:string"),
                new Case(new ConfigMapKind(), "", "Data:string|Age:string"),
                new Case(new SecretKind(), "", "Type:string|Data:string|Age:string"),
                new Case(new LimitRangeKind(), "", "Created At:date"),
                new Case(new CSIStorageCapacityKind(), "", "Created At:date"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void hasUpstreamsTypes(Case one) {
        assertEquals(
                one.cells(),
                one.kind().columns().stream()
                        .map(c -> c.name() + ":" + c.type())
                        .collect(Collectors.joining("|")));
    }

    @Test
    void everyCellOfAnEmptyObjectIsThere() {
        ObjectNode empty = RulesHarness.parse("{}");
        for (KindDefinition<?> kind : KindCatalog.all()) {
            List<Column> columns = kind.columns();
            assertFalse(columns.isEmpty());
            for (Column column : columns) {
                Object cell = column.cell().apply(empty, NOW);
                boolean plain = cell instanceof String || cell instanceof Number || cell instanceof Boolean;
                assertEquals(true, plain, kind.kind().name() + "." + column.name());
            }
            assertEquals(
                    kind.rules().selectableFields(empty).keySet(),
                    kind.rules().selectableFields(empty).keySet());
        }
    }
}
