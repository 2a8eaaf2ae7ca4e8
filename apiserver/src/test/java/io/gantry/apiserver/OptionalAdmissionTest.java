package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.admission.optional.OptionalPlugins;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Plugins that are off until a flag enables them.
class OptionalAdmissionTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    /// This one takes nothing but a configuration.
    private static final Set<String> ALL = OptionalPlugins.NAMES.stream()
            .filter(name -> !name.equals("EventRateLimit"))
            .collect(Collectors.toSet());

    @AutoClose
    private static final LocalServer SERVER =
            new LocalServer(new AdmissionFlags(ALL, Set.of()), objects -> secured(OptionalAdmissionTest::allows));

    private static boolean allows(Attributes attributes) {
        return !attributes.subresource().equals("finalizers")
                && !(attributes.verb().equals("delete") && attributes.name().equals("kept"));
    }

    private static Security secured(Predicate<Attributes> allowed) {
        Authorizer authorizer =
                attributes -> allowed.test(attributes) ? Decision.allow("") : Decision.deny("not by him");
        Security none = Security.none();
        return new Security(
                none.authenticator(),
                authorizer,
                none.admission(),
                none.posts(),
                none.documents(),
                none.bootstrap(),
                none.refresh(),
                Optional.empty(),
                Optional.empty());
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String pod(String name, String spec) {
        return json("{'metadata':{'name':'" + name + "'},'spec':{" + spec + "}}");
    }

    @Test
    void nothingOfThemRunsByDefault() throws Exception {
        try (LocalServer plain = new LocalServer()) {
            JsonNode made =
                    plain.json(201, "POST", PODS, pod("a", "'containers':[{'name':'c','image':'a:1','resources':{}}]"));
            assertEquals(
                    "IfNotPresent",
                    made.at("/spec/containers/0/imagePullPolicy").asString());
        }
    }

    @Test
    void aNamespaceIsMadeForWhatComesToIt() throws Exception {
        SERVER.json(201, "POST", "/api/v1/namespaces/fresh/configmaps", json("{'metadata':{'name':'a'}}"));
        assertEquals(
                "Active",
                SERVER.json(200, "GET", "/api/v1/namespaces/fresh", "")
                        .at("/status/phase")
                        .asString());
        SERVER.json(404, "POST", "/api/v1/namespaces/none/configmaps?dryRun=All", json("{'metadata':{'name':'a'}}"));
    }

    @Test
    void podsPullTheirImagesAndTolerateWhatTheyAskFor() throws Exception {
        JsonNode spec = SERVER.json(
                        201,
                        "POST",
                        PODS,
                        pod(
                                "pulls",
                                "'initContainers':[{'name':'i','image':'a:1'}],'containers':[{'name':'c','image':'a:1',"
                                        + "'resources':{'requests':{'example.com/gpu':'1'},"
                                        + "'limits':{'example.com/gpu':'1'}}}]"))
                .path("spec");
        assertEquals("Always", spec.at("/containers/0/imagePullPolicy").asString());
        assertEquals("Always", spec.at("/initContainers/0/imagePullPolicy").asString());
        assertEquals(
                json("[{'key':'example.com/gpu','operator':'Exists','effect':'NoSchedule'}]"),
                spec.path("tolerations").toString());
    }

    @Test
    void aNamespaceSaysOnWhichNodesItsPodsRun() throws Exception {
        SERVER.json(
                201,
                "POST",
                "/api/v1/namespaces",
                json("{'metadata':{'name':'placed','annotations':{"
                        + "'scheduler.alpha.kubernetes.io/node-selector':'disk=ssd, zone=a'}}}"));
        String pods = "/api/v1/namespaces/placed/pods";
        String container = "'containers':[{'name':'c','image':'a'}]";
        assertEquals(
                Set.of("disk", "zone", "own"),
                SERVER.json(201, "POST", pods, pod("a", container + ",'nodeSelector':{'own':'x','zone':'a'}"))
                        .at("/spec/nodeSelector")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
        assertEquals(
                json("pods 'b' is forbidden: pod node label selector conflicts with its namespace node label selector"),
                SERVER.json(403, "POST", pods, pod("b", container + ",'nodeSelector':{'zone':'b'}"))
                        .path("message")
                        .asString());
    }

    @Test
    void aNamespaceSaysWhatItsPodsTolerate() throws Exception {
        SERVER.json(
                201,
                "POST",
                "/api/v1/namespaces",
                json("{'metadata':{'name':'tolerant','annotations':{")
                        + "\"scheduler.alpha.kubernetes.io/defaultTolerations\":"
                        + "\"[{\\\"key\\\":\\\"a\\\",\\\"operator\\\":\\\"Exists\\\"}]\","
                        + "\"scheduler.alpha.kubernetes.io/tolerationsWhitelist\":"
                        + "\"[{\\\"key\\\":\\\"a\\\",\\\"operator\\\":\\\"Exists\\\"}]\"}}}");
        String pods = "/api/v1/namespaces/tolerant/pods";
        String container = "'containers':[{'name':'c','image':'a'}]";
        assertEquals(
                json("[{'key':'a','operator':'Exists'}]"),
                SERVER.json(201, "POST", pods, pod("a", container))
                        .at("/spec/tolerations")
                        .toString());
        JsonNode refused = SERVER.json(
                500, "POST", pods, pod("b", container + ",'tolerations':[{'key':'b','operator':'Exists'}]"));
        assertEquals(
                "pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace"
                        + " whitelist",
                refused.path("message").asString());
    }

    @Test
    void podsKeepOthersOffTheirNodeAlone() throws Exception {
        String affinity = "'containers':[{'name':'c','image':'a'}],'affinity':{'podAntiAffinity':"
                + "{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'%s','labelSelector':{}}]}}";
        SERVER.json(201, "POST", PODS, pod("near", affinity.formatted("kubernetes.io/hostname")));
        assertEquals(
                json("pods 'far' is forbidden: affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey zone"
                        + " but only key kubernetes.io/hostname is allowed"),
                SERVER.json(403, "POST", PODS, pod("far", affinity.formatted("zone")))
                        .path("message")
                        .asString());
    }

    @Test
    void servicesGetNoExternalAddresses() throws Exception {
        String services = "/api/v1/namespaces/default/services";
        String service = json("{'metadata':{'name':'s'},'spec':{'ports':[{'port':80}]%s}}");
        SERVER.json(201, "POST", services, service.formatted(""));
        assertEquals(
                json("services 's' is forbidden: Use of external IPs is denied by admission control"),
                SERVER.patch(403, services + "/s", json("{'spec':{'externalIPs':['192.0.2.1']}}"))
                        .path("message")
                        .asString());
    }

    @Test
    void anOwnerIsSetByWhoMayDeleteAndHoldsUpByWhoMayFinalize() throws Exception {
        String maps = "/api/v1/namespaces/default/configmaps";
        String owner = "'ownerReferences':[{'apiVersion':'%s','kind':'%s','name':'o','uid':'u'%s}]";
        String plain = owner.formatted("v1", "ConfigMap", "");
        SERVER.json(201, "POST", maps, json("{'metadata':{'name':'free'," + plain + "}}"));
        SERVER.json(201, "POST", maps, json("{'metadata':{'name':'kept'}}"));
        assertEquals(
                json("configmaps 'kept' is forbidden: cannot set an ownerRef on a resource you can't delete: not by him,"
                                + " <nil>")
                        .replace("can\"t", "can't"),
                SERVER.patch(403, maps + "/kept", json("{'metadata':{" + plain + "}}"))
                        .path("message")
                        .asString());
        String blocking = owner.formatted("v1", "ConfigMap", ",'blockOwnerDeletion':true");
        assertTrue(SERVER.patch(403, maps + "/free", json("{'metadata':{" + blocking + "}}"))
                .path("message")
                .asString()
                .contains("cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set"
                        + " finalizers on: not by him, <nil>"));
        String unknown = owner.formatted("x.test/v1", "Gone", ",'blockOwnerDeletion':true");
        assertTrue(SERVER.json(403, "POST", maps, json("{'metadata':{'name':'lost'," + unknown + "}}"))
                .path("message")
                .asString()
                .endsWith("cannot find RESTMapping for APIVersion x.test/v1 Kind Gone: no matches for kind \"Gone\" in"
                        + " version \"x.test/v1\""));
    }
}
