package io.gantry.api.managedfields;

import static io.gantry.api.managedfields.Configurations.CONFIG_MAP;
import static io.gantry.api.managedfields.Configurations.DEPLOYMENT;
import static io.gantry.api.managedfields.Configurations.LATER;
import static io.gantry.api.managedfields.Configurations.NOW;
import static io.gantry.api.managedfields.Configurations.by;
import static io.gantry.api.managedfields.Configurations.config;
import static io.gantry.api.managedfields.Configurations.json;
import static io.gantry.api.managedfields.Configurations.owners;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding.ValidatingAdmissionPolicyBindingKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyKind;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Who owns what creates and updates wrote.
class TrackedWritesTest {
    @Test
    void tracksUpdates() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a':'1','b':'1'}");
        ManagedFields.trackCreate(CONFIG_MAP, live, by("one", NOW));
        ObjectNode changed = live.deepCopy();
        changed.withObject("/data").put("a", "2").remove("b");
        changed.withObject("/data").put("c", "3");
        ManagedFields.trackUpdate(CONFIG_MAP, live, changed, by("two", LATER));
        assertEquals(List.of("two f:a", "two f:c"), owners(changed));

        ObjectNode same = changed.deepCopy();
        ManagedFields.trackUpdate(CONFIG_MAP, changed, same, by("three", LATER));
        assertEquals(changed, same);
    }

    @Test
    void aCreateOwnsItsFields() {
        ObjectNode object = config(
                DEPLOYMENT,
                "'metadata':{'name':'x','labels':{'a':'b'}},'spec':{'replicas':1,'template':{'spec':{'containers':[{'name':'c'}]}}}");
        ManagedFields.trackCreate(DEPLOYMENT, object, by("kubectl", NOW));
        assertEquals(
                json(
                        "{'f:metadata':{'f:labels':{'.':{},'f:a':{}}},'f:spec':{'f:replicas':{},'f:template':{'f:spec':{'f:containers':{"
                                + "'k:{\\\"name\\\":\\\"c\\\"}':{'.':{},'f:name':{}}}}}}}"),
                object.get("metadata").get("managedFields").get(0).get("fieldsV1"));
    }

    record Created(Kind<?> kind, String object, String owned) {}

    static Stream<Created> created() {
        return Stream.of(
                new Created(
                        ReplicationControllerKind.KIND,
                        "'spec':{'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c'}]}}}",
                        "{'f:spec':{'f:template':{'.':{},'f:metadata':{'.':{},'f:labels':{'.':{},'f:a':{}}},'f:spec':{'.':{},"
                                + "'f:containers':{'.':{},'k:{\\\"name\\\":\\\"c\\\"}':{'.':{},'f:name':{}}}}}}}"),
                new Created(
                        PersistentVolumeClaimKind.KIND,
                        "'spec':{'resources':{'requests':{'storage':'1'}}}",
                        "{'f:spec':{'f:resources':{'f:requests':{'.':{},'f:storage':{}}}}}"),
                new Created(
                        NetworkPolicyKind.KIND,
                        "'spec':{'podSelector':{},'policyTypes':['Ingress']}",
                        "{'f:spec':{'f:policyTypes':{}}}"),
                new Created(
                        NetworkPolicyKind.KIND,
                        "'spec':{'podSelector':{'matchLabels':{'a':'b'}}}",
                        "{'f:spec':{'f:podSelector':{}}}"),
                new Created(
                        ValidatingAdmissionPolicyBindingKind.KIND,
                        "'spec':{'validationActions':['Deny']}",
                        "{'f:spec':{'f:validationActions':{'.':{},'v:\\\"Deny\\\"':{}}}}"));
    }

    @ParameterizedTest
    @MethodSource("created")
    void nobodyOwnsWhatIsAlwaysThere(Created one) {
        ResourceSchema schema = Schemas.of(one.kind());
        ObjectNode object = config(schema, one.object());
        ManagedFields.trackCreate(schema, object, by("kubectl", NOW));
        assertEquals(
                json(one.owned()),
                object.get("metadata").get("managedFields").get(0).get("fieldsV1"));
    }

    @Test
    void statusIsResetAtTheObjectItself() {
        ObjectNode live = config(DEPLOYMENT, "'spec':{'replicas':1}");
        ManagedFields.trackCreate(DEPLOYMENT, live, by("one", NOW));
        ObjectNode changed = live.deepCopy();
        changed.withObject("/status").put("replicas", 1);
        ManagedFields.trackUpdate(DEPLOYMENT, live, changed, new FieldWriter("two", "", LATER, Set.of("status")));
        assertEquals(1, changed.get("metadata").get("managedFields").size());
        ManagedFields.trackUpdate(DEPLOYMENT, live, changed, new FieldWriter("two", "status", LATER, Set.of("spec")));
        assertEquals(
                "status",
                changed.get("metadata")
                        .get("managedFields")
                        .get(1)
                        .get("subresource")
                        .stringValue());
    }

    @Test
    void oldUpdatersAreCapped() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a0':'1'}");
        ManagedFields.trackCreate(CONFIG_MAP, live, by("m0", NOW));
        for (int i = 1; i < 15; i++) {
            ObjectNode next = live.deepCopy();
            next.withObject("/data").put("a" + i, "1");
            ManagedFields.trackUpdate(CONFIG_MAP, live, next, by("m" + i, NOW.plusSeconds(i)));
            live = next;
        }
        assertEquals(10, live.get("metadata").get("managedFields").size());
        assertEquals(
                "ancient-changes",
                live.get("metadata").get("managedFields").get(0).get("manager").stringValue());
    }

    @Test
    void itemsWithoutKeysDoNotStopAWrite() {
        ResourceSchema accounts = Schemas.of(ServiceAccountKind.KIND);
        ObjectNode object = config(accounts, "'secrets':[{'namespace':'a'}]");
        ManagedFields.trackCreate(accounts, object, by("one", NOW));
        assertEquals(false, object.get("metadata").has("managedFields"));
    }

    @Test
    void managersWithoutAnOperationAreNotTaken() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a':'1'}");
        ManagedFields.trackCreate(CONFIG_MAP, live, by("one", NOW));
        ObjectNode changed = live.deepCopy();
        changed.withObject("/metadata")
                .set(
                        "managedFields",
                        json("[{'manager':'x','operation':'Zork','apiVersion':'v1','fieldsType':'FieldsV1',"
                                + "'fieldsV1':{}}]"));
        ManagedFields.trackUpdate(CONFIG_MAP, live, changed, by("two", LATER));
        assertEquals(live.get("metadata"), changed.get("metadata"));
    }

    @Test
    void anEmptyListResets() {
        ObjectNode live = config(CONFIG_MAP, "'data':{'a':'1'}");
        ManagedFields.trackCreate(CONFIG_MAP, live, by("one", NOW));
        ObjectNode changed = live.deepCopy();
        changed.withObject("/metadata").putArray("managedFields");
        ManagedFields.trackUpdate(CONFIG_MAP, live, changed, by("two", LATER));
        assertEquals(false, changed.get("metadata").has("managedFields"));
    }
}
