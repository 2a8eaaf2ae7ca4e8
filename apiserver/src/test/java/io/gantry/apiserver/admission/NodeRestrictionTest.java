package io.gantry.apiserver.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.apiserver.admission.AdmissionAttributes.Operation;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.objects.FakeObjects;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// What a node is refused, in upstream's words (`plugin/pkg/admission/noderestriction`).
final class NodeRestrictionTest {
    private static final FakeObjects OBJECTS = new FakeObjects()
            .put(NodeKind.KIND, json("{'metadata':{'name':'me','uid':'n1'}}"))
            .put(
                    PodKind.KIND,
                    json(
                            "{'metadata':{'namespace':'n','name':'mine','uid':'u1'},'spec':{'nodeName':'me',"
                                    + "'volumes':[{'name':'a','projected':{'sources':[{'serviceAccountToken':{'audience':'vault'}}]}},"
                                    + "{'name':'b','csi':{'driver':'d'}},{'name':'c','persistentVolumeClaim':{'claimName':'c'}}]}}"))
            .put(
                    PodKind.KIND,
                    json("{'metadata':{'namespace':'n','name':'theirs','uid':'u2'},'spec':{'nodeName':'x'}}"))
            .put(CSIDriverKind.KIND, json("{'metadata':{'name':'d'},'spec':{'tokenRequests':[{'audience':'csi'}]}}"))
            .put(CSIDriverKind.KIND, json("{'metadata':{'name':'e'},'spec':{'tokenRequests':[{'audience':'pv'}]}}"))
            .put(
                    PersistentVolumeClaimKind.KIND,
                    json("{'metadata':{'namespace':'n','name':'c'},'spec':{'volumeName':'v'}}"))
            .put(PersistentVolumeKind.KIND, json("{'metadata':{'name':'v'},'spec':{'csi':{'driver':'e'}}}"));

    private static final NodeRestriction PLUGIN = new NodeRestriction(
            OBJECTS,
            asked -> asked.verb().equals("request-serviceaccounts-token-audience")
                            && asked.resource().equals("granted")
                    ? Decision.allow("")
                    : Decision.noOpinion(""));

    private static final String OWNER = "{'apiVersion':'v1','kind':'Node','name':'me','uid':'n1','controller':true}";
    private static final String ITSELF = " is forbidden: node 'me' can only create pods with ";

    /// @param what `operation resource/subresource name`
    record Case(String what, String object, String old, String answer) {}

    private static Case mirror(String owners, String spec, String answer) {
        return new Case(
                "CREATE pods m",
                "{'metadata':{'name':'m','annotations':{'kubernetes.io/config.mirror':'1'},'ownerReferences':[" + owners
                        + "]},'spec':{'nodeName':'me'" + spec + "}}",
                "",
                answer);
    }

    private static Case token(String ref, String audiences, String answer) {
        return new Case(
                "CREATE serviceaccounts/token sa",
                "{'spec':{'audiences':[" + audiences + "],'boundObjectRef':{'apiVersion':'v1','kind':'Pod'" + ref
                        + "}}}",
                "",
                answer);
    }

    static List<Case> cases() {
        String mine = ",'name':'mine','uid':'u1'";
        String no = "serviceaccounts 'sa' is forbidden: ";
        String refer = "pods 'm' is forbidden: node 'me' can not create pods that reference ";
        return List.of(
                mirror(OWNER, "", ""),
                mirror("", "", "pods 'm'" + ITSELF + "an owner reference set to itself"),
                mirror(OWNER + "," + OWNER, "", "pods 'm'" + ITSELF + "a single owner reference set to itself"),
                mirror(
                        OWNER.replace("'controller':true", "'controller':false"),
                        "",
                        "pods 'm'" + ITSELF + "a controller owner reference set to itself"),
                mirror(
                        OWNER.replace("'uid':'n1'", "'uid':'n1','blockOwnerDeletion':true"),
                        "",
                        "pods 'm' is forbidden: node 'me' must not set blockOwnerDeletion on an owner reference"),
                mirror(
                        OWNER.replace("n1", "n2"),
                        "",
                        "pods 'm' is forbidden: node me UID mismatch: expected n2 got n1"),
                mirror(OWNER, ",'serviceAccountName':'s'", refer + "a service account"),
                mirror(OWNER, ",'volumes':[{'secret':{'secretName':'s'}}]", refer + "secrets"),
                mirror(
                        OWNER,
                        ",'volumes':[{'projected':{'sources':[{'clusterTrustBundle':{'name':'s'}}]}}]",
                        refer + "clustertrustbundles"),
                mirror(
                        OWNER,
                        ",'volumes':[{'persistentVolumeClaim':{'claimName':'s'}}]",
                        refer + "persistentvolumeclaims"),
                token(mine, "'vault'", ""),
                token(mine, "'csi'", ""),
                token(mine, "'pv'", ""),
                token(mine, "'granted'", ""),
                token(
                        mine,
                        "'other'",
                        no
                                + "audience 'other' not found in pod spec volume, system:node:me is not authorized to"
                                + " request tokens for this audience"),
                token(mine, "'vault','csi'", no + "node may only request 0 or 1 audiences"),
                token(",'name':'mine'", "", no + "node requested token with a pod binding without a uid"),
                token(",'uid':'u1'", "", no + "node requested token not bound to a pod"),
                token(",'name':'gone','uid':'u1'", "", "pods 'gone' not found"),
                token(
                        ",'name':'theirs','uid':'u2'",
                        "",
                        no + "node requested token bound to a pod scheduled on a different node"),
                new Case(
                        "CREATE pods/eviction theirs",
                        "{}",
                        "",
                        "pods 'theirs' is forbidden: node me can only evict pods with spec.nodeName set to itself"),
                new Case(
                        "UPDATE pods/status mine",
                        "{'spec':{'nodeName':'me'},'status':{'extendedResourceClaimStatus':{'resourceClaimName':'c'}}}",
                        "{'spec':{'nodeName':'me'},'status':{}}",
                        "pods 'mine' is forbidden: node 'me' cannot update extended resource claim status"),
                new Case(
                        "UPDATE nodes me",
                        "{'metadata':{'name':'me','ownerReferences':[" + OWNER + "]}}",
                        "{'metadata':{'name':'me'}}",
                        "nodes 'me' is forbidden: node 'me' is not allowed to modify ownerReferences"),
                new Case(
                        "UPDATE nodes me",
                        "{'metadata':{'name':'me','labels':{'foo.k8s.io/a':'1','a':'b'}}}",
                        "{'metadata':{'name':'me'}}",
                        "nodes 'me' is forbidden: is not allowed to modify labels: foo.k8s.io/a"),
                new Case(
                        "CREATE nodes me",
                        "{'metadata':{'name':'me','labels':{'foo.k8s.io/a':'1'}}}",
                        "",
                        "nodes 'me' is forbidden: node 'me' is not allowed to set the following labels: foo.k8s.io/a"),
                new Case(
                        "UPDATE persistentvolumeclaims/status c",
                        "{'metadata':{'name':'c'},'status':{'capacity':{'storage':'1'}}}",
                        "{'metadata':{'name':'c'}}",
                        ""),
                new Case(
                        "UPDATE persistentvolumeclaims/status c",
                        "{'metadata':{'name':'c'},'status':{'phase':'Lost'}}",
                        "{'metadata':{'name':'c'}}",
                        "persistentvolumeclaims 'c' is forbidden: node 'me' is not allowed to update fields other than"
                                + " status.capacity and status.conditions"),
                new Case(
                        "UPDATE persistentvolumeclaims c",
                        "{'metadata':{'name':'c'}}",
                        "{'metadata':{'name':'c'}}",
                        "persistentvolumeclaims 'c' is forbidden: may only update PVC status"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refuses(Case test) {
        String[] what = test.what().split("[ /]");
        boolean part = what.length == 4;
        AdmissionAttributes attributes = new AdmissionAttributes(
                Operation.valueOf(what[0]),
                what[0].toLowerCase(Locale.ROOT),
                "",
                "v1",
                "",
                what[1],
                part ? what[2] : "",
                what[1].equals("nodes") ? "" : "n",
                what[what.length - 1],
                new UserInfo("system:node:me", "", List.of("system:nodes"), Map.of()),
                false,
                Json.MAPPER.createObjectNode(),
                warning -> {},
                new AdmissionNotes());
        String answer = "";
        try {
            PLUGIN.validate(
                    attributes,
                    tree(test.object()),
                    test.old().isEmpty() ? Optional.empty() : Optional.of(tree(test.old())));
        } catch (StatusException e) {
            answer = String.valueOf(e.getMessage()).replace('"', '\'');
        }
        assertEquals(test.answer(), answer);
    }

    private static ObjectNode tree(String text) {
        return (ObjectNode) Json.MAPPER.readTree(json(text));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
