package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.admissionregistration.v1.validatingwebhookconfiguration.ValidatingWebhookConfigurationKind;
import io.gantry.api.apiextensions.v1.customresourcedefinition.CustomResourceDefinitionKind;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.flowcontrol.v1.flowschema.FlowSchemaKind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRKind;
import io.gantry.api.node.v1.runtimeclass.RuntimeClassKind;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class ExtensionRulesTest {
    private static final String CRD = "{'metadata':{'name':'NAME'},'spec':{'group':'example.com','scope':'Namespaced',"
            + "'names':{'plural':'widgets','kind':'Widget'},'versions':[{'name':'v1','served':true,'storage':STORED,"
            + "'schema':{'openAPIV3Schema':{'type':'object'}}}]}}";

    record Case(String name, KindDefinition<?> kind, String json, List<String> errors) {}

    static Stream<Case> creates() {
        return Stream.of(
                new Case(
                        "good",
                        new CustomResourceDefinitionKind(),
                        CRD.replace("NAME", "widgets.example.com").replace("STORED", "true"),
                        List.of()),
                new Case(
                        "wrong name",
                        new CustomResourceDefinitionKind(),
                        CRD.replace("NAME", "widget.example.com").replace("STORED", "true"),
                        List.of("metadata.name: Invalid value: \"widget.example.com\": must be"
                                + " spec.names.plural+\".\"+spec.group")),
                new Case(
                        "no versions",
                        new CustomResourceDefinitionKind(),
                        "{'metadata':{'name':'widgets.example.com'},'spec':{'group':'example.com',"
                                + "'scope':'Namespaced','names':{'plural':'widgets','kind':'Widget'}}}",
                        List.of(
                                "status.storedVersions: Invalid value: null: must have at least one stored version",
                                "spec.versions: Invalid value: null: must have exactly one version marked as storage"
                                        + " version")),
                new Case(
                        "the community's group",
                        new CustomResourceDefinitionKind(),
                        CRD.replace("NAME", "widgets.a.k8s.io")
                                .replace("STORED", "true")
                                .replace("example.com", "a.k8s.io"),
                        List.of(
                                "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must"
                                        + " have approval annotation \"api-approved.kubernetes.io\", see"
                                        + " https://github.com/kubernetes/enhancements/pull/1111")),
                new Case(
                        "parts of versions",
                        new CustomResourceDefinitionKind(),
                        CRD.replace("NAME", "widgets.example.com")
                                .replace(
                                        "STORED",
                                        "true,'deprecationWarning':'x','subresources':{'scale':{"
                                                + "'specReplicasPath':'.status.a','statusReplicasPath':'b'}},"
                                                + "'additionalPrinterColumns':[{'name':'A','type':'text','jsonPath':'a'}],"
                                                + "'selectableFields':[{'jsonPath':'.spec.a'}]"),
                        List.of(
                                "spec.versions[0].deprecationWarning: Invalid value: \"x\": can only be set for deprecated"
                                        + " versions",
                                "spec.subresources.scale.specReplicasPath: Invalid value: \".status.a\": should be a json"
                                        + " path under .spec",
                                "spec.subresources.scale.statusReplicasPath: Invalid value: \"b\": must be a simple json"
                                        + " path starting with .",
                                "spec.additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of"
                                        + " boolean,date,integer,number,string",
                                "spec.additionalPrinterColumns[0].JSONPath: Invalid value: \"a\": must be a simple json"
                                        + " path starting with .",
                                "spec.selectableFields[0].jsonPath: Invalid value: \".spec.a\": is an invalid path: does"
                                        + " not refer to a valid field")),
                new Case(
                        "conversion",
                        new CustomResourceDefinitionKind(),
                        CRD.replace("NAME", "widgets.example.com")
                                .replace("STORED", "true")
                                .replace(
                                        "'scope'",
                                        "'conversion':{'strategy':'Webhook','webhook':{"
                                                + "'conversionReviewVersions':['v2'],'clientConfig':{'url':'http://a'}}},'scope'"),
                        List.of(
                                "spec.conversion.webhookClientConfig.url: Invalid value: \"http\": 'https' is the only"
                                        + " allowed URL scheme; desired format: https://host[/path]",
                                "spec.conversion.conversionReviewVersions: Invalid value: [\"v2\"]: must include at least"
                                        + " one of v1, v1beta1")),
                new Case(
                        "conversion by a service",
                        new CustomResourceDefinitionKind(),
                        converting("'caBundle':'Cg==','service':{'name':'s','namespace':'','port':0,'path':'x'}"),
                        List.of(
                                "spec.conversion.webhookClientConfig.service.name: Required value",
                                "spec.conversion.webhookClientConfig.service.port: Invalid value: 0: port is not valid:"
                                        + " must be between 1 and 65535, inclusive",
                                "spec.conversion.webhookClientConfig.service.path: Invalid value: \"x\": must start with a"
                                        + " '/'",
                                "spec.conversion.webhookClientConfig.service.path: Invalid value: \"x\": segment[0] may not"
                                        + " be empty")),
                new Case(
                        "conversion at an odd URL",
                        new CustomResourceDefinitionKind(),
                        converting("'url':'HTTPS://u:p@/x?q=1#f'"),
                        List.of(
                                "spec.conversion.webhookClientConfig.url: Invalid value: \"\": host must be specified;"
                                        + " desired format: https://host[/path]",
                                "spec.conversion.webhookClientConfig.url: Invalid value: \"u:p\": user information is not"
                                        + " permitted in the URL",
                                "spec.conversion.webhookClientConfig.url: Invalid value: \"f\": fragments are not"
                                        + " permitted in the URL",
                                "spec.conversion.webhookClientConfig.url: Invalid value: \"q=1\": query parameters are"
                                        + " not permitted in the URL")),
                new Case(
                        "short webhook name",
                        new ValidatingWebhookConfigurationKind(),
                        "{'metadata':{'name':'a'},'webhooks':[{'name':'a.b','sideEffects':'None','admissionReviewVersions':['v1'],"
                                + "'clientConfig':{'url':'http://x'},'timeoutSeconds':31}]}",
                        List.of(
                                "webhooks[0].name: Invalid value: \"a.b\": should be a domain with at least three segments"
                                        + " separated by dots",
                                "webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30"
                                        + " seconds",
                                "webhooks[0].clientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL"
                                        + " scheme; desired format: https://host[/path]")),
                new Case(
                        "what is missing is told once, with the rule's words",
                        new ValidatingWebhookConfigurationKind(),
                        "{'metadata':{'name':'a'},'webhooks':[{'name':'a.b.c','admissionReviewVersions':['v1'],"
                                + "'clientConfig':{'url':'https://x'}}]}",
                        List.of("webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun")),
                new Case(
                        "no priority level",
                        new FlowSchemaKind(),
                        "{'metadata':{'name':'a'},'spec':{'priorityLevelConfiguration':{'name':''}}}",
                        List.of("spec.priorityLevelConfiguration.name: Required value")),
                new Case(
                        "bad handler",
                        new RuntimeClassKind(),
                        "{'metadata':{'name':'a'},'handler':'a.b'}",
                        List.of("handler: Invalid value: \"a.b\": must not contain dots")),
                new Case(
                        "no range",
                        new ServiceCIDRKind(),
                        "{'metadata':{'name':'a'},'spec':{'cidrs':['x']}}",
                        List.of("spec.cidrs[0]: Invalid value: \"x\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or"
                                + " 2001:db8::/64)")));
    }

    private static String converting(String client) {
        return CRD.replace("NAME", "widgets.example.com")
                .replace("STORED", "true")
                .replace(
                        "'scope'",
                        "'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],"
                                + "'clientConfig':{" + client + "}}},'scope'");
    }

    /// A bundle of a newline alone, which tools leave to be filled in.
    record Bundle(String old, String established, String now, List<String> errors) {}

    static Stream<Bundle> bundles() {
        String none = "'url':'https://a'";
        String empty = "'caBundle':'Cg=='," + none;
        String refused = "spec.conversion.webhookClientConfig.caBundle: Invalid value: \"%s\": unable to load root"
                + " certificates: %s";
        return Stream.of(
                new Bundle(none, "False", empty, List.of()),
                new Bundle(empty, "True", empty, List.of()),
                new Bundle(
                        none, "True", empty, List.of(refused.formatted("Cg==", "unable to parse bytes as PEM block"))),
                new Bundle(
                        none,
                        "True",
                        "'caBundle':'" + pem("CERTIFICATE") + "'," + none,
                        List.of(refused.formatted(
                                pem("CERTIFICATE"), "failed to parse certificate: x509: malformed certificate"))),
                new Bundle(
                        none,
                        "True",
                        "'caBundle':'" + pem("PUBLIC KEY") + "'," + none,
                        List.of(refused.formatted(pem("PUBLIC KEY"), "no valid certificate authority data seen"))));
    }

    private static String pem(String type) {
        String text = "-----BEGIN " + type + "-----\nYWFh\n-----END " + type + "-----\n";
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void aServedDefinitionKeepsCertificates(Bundle one) {
        String old = converting(one.old())
                .replaceFirst(
                        "^\\{",
                        "{'status':{'storedVersions':['v1'],'conditions':[{'type':'Established','status':'"
                                + one.established() + "'}]},");
        assertEquals(
                one.errors(),
                new RulesHarness<>(new CustomResourceDefinitionKind()).update(converting(one.now()), old));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(Case one) {
        assertEquals(one.errors(), new RulesHarness<>(one.kind()).create(one.json()));
    }

    @Test
    void anEmptyTextBehindAPointerIsWritten() {
        ObjectNode pod = new RulesHarness<>(new PodKind())
                .defaulted("{'metadata':{'name':'a'},'spec':{'volumes':[{'name':'v','hostPath':{'path':'/x'}}],"
                        + "'imagePullSecrets':[{}],'containers':[{'name':'a','image':'($IMAGE)',"
                        + "'livenessProbe':{'grpc':{'port':1}}}]}}");
        assertEquals(
                "{\"path\":\"/x\",\"type\":\"\"}",
                pod.at("/spec/volumes/0/hostPath").toString());
        assertEquals(
                "{\"port\":1,\"service\":\"\"}",
                pod.at("/spec/containers/0/livenessProbe/grpc").toString());
        assertEquals("[{}]", pod.at("/spec/imagePullSecrets").toString());
        assertEquals(
                "IfNotPresent", pod.at("/spec/containers/0/imagePullPolicy").asString());
    }

    /// Required in OpenAPI, but Go reads what is missing as empty and no rule of upstream's looks at it.
    @Test
    void textsThatMayBeEmptyNeedNotBeSaid() {
        String pod = "{'metadata':{'name':'a','namespace':'default'},'spec':{'securityContext':{'sysctls':"
                + "[{'name':'kernel.shm_rmid_forced'}]},'containers':[{'name':'a','image':'a',"
                + "'livenessProbe':{'httpGet':{'port':80,'httpHeaders':[{'name':'X-Probe'}]}}}]}}";
        RulesHarness<?> pods = new RulesHarness<>(new PodKind());
        assertEquals(List.of(), pods.create(pod));
        assertEquals(
                "{\"name\":\"kernel.shm_rmid_forced\",\"value\":\"\"}",
                pods.defaulted(pod).at("/spec/securityContext/sysctls/0").toString());
        assertEquals(
                "{\"name\":\"X-Probe\",\"value\":\"\"}",
                pods.defaulted(pod)
                        .at("/spec/containers/0/livenessProbe/httpGet/httpHeaders/0")
                        .toString());
        assertEquals(
                List.of(),
                new RulesHarness<>(new CSIDriverKind())
                        .create("{'metadata':{'name':'a'},'spec':{'tokenRequests':[{'expirationSeconds':3600}]}}"));
    }

    @Test
    void aJobHasTheLabelsOfItsPods() {
        ObjectNode job = new RulesHarness<>(new JobKind())
                .defaulted("{'metadata':{'name':'a','uid':'u'},'spec':{'template':{'spec':{}}}}");
        new JobKind().rules().prepareForCreate(job);
        assertEquals(job.at("/spec/template/metadata/labels"), job.at("/metadata/labels"));
        assertEquals("a", job.at("/metadata/labels/job-name").asString());
    }

    @Test
    void aDefinitionGetsItsNames() {
        ObjectNode crd = new RulesHarness<>(new CustomResourceDefinitionKind())
                .defaulted(CRD.replace("NAME", "widgets.example.com").replace("STORED", "true"));
        new CustomResourceDefinitionKind().rules().prepareForCreate(crd);
        assertEquals("widget", crd.path("spec").path("names").path("singular").asString());
        assertEquals(
                "WidgetList", crd.path("spec").path("names").path("listKind").asString());
        assertEquals(
                "{\"conditions\":null,\"acceptedNames\":{\"plural\":\"\",\"kind\":\"\"},\"storedVersions\":[\"v1\"]}",
                crd.path("status").toString());
    }
}
