package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.MutatingWebhookConfigurationKind;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.ValidatingAdmissionPolicyKind;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding.ValidatingAdmissionPolicyBindingKind;
import io.gantry.api.admissionregistration.v1.validatingwebhookconfiguration.ValidatingWebhookConfigurationKind;
import io.gantry.api.apiregistration.v1.apiservice.APIServiceKind;
import io.gantry.api.apps.v1.controllerrevision.ControllerRevisionKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestKind;
import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.api.core.v1.endpoints.EndpointsKind;
import io.gantry.api.core.v1.event.EventKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.podtemplate.PodTemplateKind;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.flowcontrol.v1.flowschema.FlowSchemaKind;
import io.gantry.api.flowcontrol.v1.prioritylevelconfiguration.PriorityLevelConfigurationKind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.networking.v1.ingressclass.IngressClassKind;
import io.gantry.api.networking.v1.ipaddress.IPAddressKind;
import io.gantry.api.rbac.v1.clusterrole.ClusterRoleKind;
import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBindingKind;
import io.gantry.api.scheduling.v1.priorityclass.PriorityClassKind;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentKind;
import io.gantry.api.storage.v1.volumeattributesclass.VolumeAttributesClassKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

final class OtherKindsRulesTest {
    private static final String META = "'metadata':{'name':'a','namespace':'default'}";
    private static final String CLUSTER = "'metadata':{'name':'a'}";
    private static final String FIELDS = "spec.nodeAffinity.required.nodeSelectorTerms[0].matchFields";

    record Case(KindDefinition<?> kind, String json, List<String> errors) {}

    static Stream<Case> creates() {
        return Stream.of(
                new Case(
                        new EndpointsKind(),
                        "{" + META + ",'subsets':[{'addresses':[{'ip':'169.254.1.1'}],'ports':[{'port':0}]}]}",
                        List.of(
                                "subsets[0].addresses[0].ip: Invalid value: \"169.254.1.1\": may not be in the link-local"
                                        + " range (169.254.0.0/16, fe80::/10)",
                                "subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive")),
                new Case(new CSIDriverKind(), "{" + CLUSTER + "}", List.of()),
                new Case(
                        new EndpointSliceKind(),
                        "{" + META + ",'addressType':'IPv4','ports':[{'name':'a','port':0},{'name':'b','port':-1}]}",
                        List.of()),
                new Case(
                        new PersistentVolumeKind(),
                        "{" + CLUSTER
                                + ",'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'},"
                                + "'nodeAffinity':{'required':{'nodeSelectorTerms':[{'matchFields':["
                                + "{'key':'metadata.name','operator':'Gt','values':['1']},{'key':'metadata.name','values':['a']},"
                                + "{'key':'metadata.name','operator':'In','values':['a','b']},{'operator':'In','values':['A_b']},"
                                + "{'key':'metadata.name','operator':'NotIn','values':['a_b']}]}]}}}}",
                        List.of(
                                FIELDS + "[0].operator: Invalid value: \"Gt\": not a valid selector operator",
                                FIELDS + "[1].operator: Invalid value: \"\": not a valid selector operator",
                                FIELDS
                                        + "[2].values: Required value: must be only one value when `operator` is 'In' or"
                                        + " 'NotIn' for node field selector",
                                FIELDS + "[3].key: Invalid value: \"\": not a valid field selector key",
                                FIELDS
                                        + "[4].values[0]: Invalid value: \"a_b\": a lowercase RFC 1123 subdomain must consist"
                                        + " of lower case alphanumeric characters, '-' or '.', and must start and end with an"
                                        + " alphanumeric character (e.g. 'example.com', regex used for validation is"
                                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")),
                new Case(
                        new PersistentVolumeClaimKind(),
                        "{" + META
                                + ",'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1'}},"
                                + "'dataSource':{'kind':'PersistentVolumeClaim','name':'a'},"
                                + "'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'b'}}}",
                        List.of("spec: Invalid value: \"spec.dataSource\": must match dataSourceRef")),
                new Case(
                        new LeaseKind(),
                        "{" + META + ",'spec':{'leaseDurationSeconds':0}}",
                        List.of("spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0")),
                new Case(
                        new NodeKind(),
                        "{" + CLUSTER
                                + ",'spec':{'podCIDR':'10.0.0.0','taints':[{'key':'a','effect':'NoSchedule'},{'key':'a','effect':'NoSchedule'}]}}",
                        List.of(
                                "spec.taints[1]: Duplicate value: {\"key\":\"a\",\"effect\":\"NoSchedule\"}",
                                "spec.podCIDRs[0]: Invalid value: \"10.0.0.0\": must be a valid CIDR value, (e.g."
                                        + " 10.9.8.0/24 or 2001:db8::/64)")),
                new Case(
                        new NodeKind(),
                        "{" + CLUSTER + ",'status':{'declaredFeatures':['B/c','A','A','a b']}}",
                        List.of(
                                "status.declaredFeatures[1]: Invalid value: \"A\": list must be sorted alphabetically",
                                "status.declaredFeatures[2]: Duplicate value: \"A\"",
                                "status.declaredFeatures[3]: Invalid value: \"a b\": invalid feature name \"a b\": must"
                                        + " start with an UpperCamelCase segment, with subsequent segments separated by"
                                        + " '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only"
                                        + " alphanumeric characters and slashes")),
                new Case(
                        new EventKind(),
                        "{" + META + ",'involvedObject':{'namespace':'other'}}",
                        List.of("involvedObject.namespace: Invalid value: \"other\": does not match event.namespace")),
                new Case(
                        new SecretKind(),
                        "{" + META + ",'type':'kubernetes.io/dockerconfigjson','data':{'.dockerconfigjson':'eA=='}}",
                        List.of(
                                "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": must be valid JSON")),
                new Case(
                        new CertificateSigningRequestKind(),
                        "{" + CLUSTER + ",'spec':{'request':'eA==','signerName':'x','expirationSeconds':5}}",
                        List.of(
                                "spec.request: Invalid value: \"eA==\": PEM block type must be CERTIFICATE REQUEST",
                                "spec.usages: Required value: usages must contain at least one value",
                                "spec.signerName: Invalid value: \"x\": must be a fully qualified domain and path of the"
                                        + " form 'example.com/signer-name'",
                                "spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 600"
                                        + " seconds (10 minutes)")),
                new Case(
                        new ClusterRoleKind(),
                        "{" + CLUSTER
                                + ",'rules':[{'verbs':['get'],'nonResourceURLs':['/x'],'resources':['pods']}],'aggregationRule':{}}",
                        List.of(
                                "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: rules cannot apply to both regular"
                                        + " resources and non-resource URLs",
                                "aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector"
                                        + " required if aggregationRule is non-nil")),
                new Case(
                        new ClusterRoleBindingKind(),
                        "{" + CLUSTER
                                + ",'roleRef':{'kind':'Role','name':'x'},'subjects':[{'kind':'Robot','name':'x'}]}",
                        List.of(
                                "roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"",
                                "subjects[0].kind: Unsupported value: \"Robot\": supported values: \"Group\","
                                        + " \"ServiceAccount\", \"User\"")),
                new Case(
                        new IngressClassKind(),
                        "{" + CLUSTER
                                + ",'spec':{'controller':'x','parameters':{'kind':'k','name':'n','scope':'Namespace'}}}",
                        List.of(
                                "spec.controller: Invalid value: \"x\": must be a domain-prefixed path (such as"
                                        + " \"acme.io/foo\")",
                                "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'")),
                new Case(
                        new PodTemplateKind(),
                        "{" + META + ",'template':{'spec':{'containers':[]}}}",
                        List.of("template.spec.containers: Required value")),
                new Case(
                        new ReplicaSetKind(),
                        "{" + META + ",'spec':{'selector':{'matchLabels':{'a':'b'}}}}",
                        List.of("spec.template: Required value")),
                new Case(
                        new ValidatingAdmissionPolicyKind(),
                        "{" + CLUSTER + ",'spec':{}}",
                        List.of(
                                "spec.validations: Required value: validations or auditAnnotations must contain at least"
                                        + " one item",
                                "spec.matchConstraints: Required value")),
                new Case(
                        new ValidatingAdmissionPolicyBindingKind(),
                        "{" + CLUSTER + ",'spec':{'policyName':'p','validationActions':[]}}",
                        List.of("spec.validationActions: Required value")),
                new Case(
                        new ValidatingAdmissionPolicyBindingKind(),
                        "{" + CLUSTER + ",'spec':{'policyName':'p','validationActions':['Audit','Audit'],"
                                + "'matchResources':{'namespaceSelector':{'matchExpressions':[{'key':'a',"
                                + "'operator':'In'}]},'objectSelector':{'matchLabels':{'':''}},"
                                + "'excludeResourceRules':[{'resourceNames':['a/b'],'operations':['*'],"
                                + "'apiGroups':['*'],'apiVersions':['*'],'resources':['']}]}}}",
                        List.of(
                                "spec.matchResources.namespaceSelector.matchExpressions[0].values: Required"
                                        + " value: must be specified when `operator` is 'In' or 'NotIn'",
                                "spec.matchResources.objectSelector.matchLabels: Invalid value: \"\": name part"
                                        + " must be non-empty",
                                "spec.matchResources.objectSelector.matchLabels: Invalid value: \"\": name part"
                                        + " must consist of alphanumeric characters, '-', '_' or '.', and must start and"
                                        + " end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or"
                                        + " '123-abc', regex used for validation is"
                                        + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
                                "spec.matchResources.excludeResourceRules[0].resourceNames[0]: Invalid value:"
                                        + " \"a/b\": may not contain '/'",
                                "spec.matchResources.excludeResourceRules[0].resources[0]: Required value",
                                "spec.validationActions[1]: Duplicate value: \"Audit\"")),
                new Case(
                        new ValidatingAdmissionPolicyKind(),
                        "{" + CLUSTER + ",'spec':{'validations':[{'expression':'true'}],'matchConstraints':"
                                + "{'resourceRules':[{'operations':['*','CREATE'],'apiGroups':[''],'apiVersions':[''],"
                                + "'resources':['pods',null]}]}}}",
                        List.of(
                                "spec.matchConstraints.resourceRules[0].operations: Invalid value:"
                                        + " [\"*\",\"CREATE\"]: if '*' is present, must not specify other operations",
                                "spec.matchConstraints.resourceRules[0].apiVersions[0]: Required value",
                                "spec.matchConstraints.resourceRules[0].resources[1]: Required value")),
                new Case(
                        new MutatingWebhookConfigurationKind(),
                        webhook(
                                "'admissionReviewVersions':['v1','','v1']",
                                "'path':'a/A','port':0",
                                "'*','pods/*','pods/status'"),
                        List.of(
                                "webhooks[0].rules[0].resources[2]: Invalid value: \"pods/status\": if 'pods/*' is"
                                        + " present, must not specify pods/status",
                                "webhooks[0].admissionReviewVersions[1]: Invalid value: \"\": a DNS-1035 label"
                                        + " must consist of lower case alphanumeric characters or '-', start with an"
                                        + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name', "
                                        + " or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
                                "webhooks[0].admissionReviewVersions[2]: Invalid value: \"v1\": duplicate version",
                                "webhooks[0].clientConfig.service.port: Invalid value: 0: port is not valid:"
                                        + " must be between 1 and 65535, inclusive",
                                "webhooks[0].clientConfig.service.path: Invalid value: \"a/A\": must start with a"
                                        + " '/'",
                                "webhooks[0].clientConfig.service.path: Invalid value: \"a/A\": segment[0] may not"
                                        + " be empty",
                                "webhooks[0].clientConfig.service.path: Invalid value: \"a/A\": segment[1]: a"
                                        + " lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                                        + " characters, '-' or '.', and must start and end with an alphanumeric character"
                                        + " (e.g. 'example.com', regex used for validation is"
                                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")),
                new Case(
                        new ValidatingWebhookConfigurationKind(),
                        webhook("'admissionReviewVersions':['v1']", "'path':'/a/b.c/'", "'*','pods/status'"),
                        List.of()),
                new Case(
                        new FlowSchemaKind(),
                        flow(
                                "{'kind':'Robot'}",
                                "'verbs':['fly'],'apiGroups':[],'resources':['*','pods'],'namespaces':['A']"),
                        List.of(
                                "spec.rules[0].subjects[0].kind: Unsupported value: \"Robot\": supported values:"
                                        + " \"Group\", \"ServiceAccount\", \"User\"",
                                "spec.rules[0].resourceRules[0].verbs: Unsupported value: [\"fly\"]: supported"
                                        + " values: \"create\", \"delete\", \"deletecollection\", \"get\", \"list\", \"patch\","
                                        + " \"proxy\", \"update\", \"watch\"",
                                "spec.rules[0].resourceRules[0].apiGroups: Required value: resource rules must"
                                        + " supply at least one api group",
                                "spec.rules[0].resourceRules[0].resources: Invalid value: [\"*\",\"pods\"]: if '*'"
                                        + " is present, must not specify other resources",
                                "spec.rules[0].resourceRules[0].namespaces[0]: Invalid value: \"A\": each member"
                                        + " of this list must be '*' or a DNS-1123 label; a lowercase RFC 1123 label must"
                                        + " consist of lower case alphanumeric characters or '-', and must start and end"
                                        + " with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                                        + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")),
                new Case(
                        new FlowSchemaKind(),
                        flow(
                                "{'kind':'User'},{'kind':'Group','group':{'name':''},'user':{'name':'u'}},"
                                        + "{'kind':'ServiceAccount','serviceAccount':{'name':'A','namespace':''}}",
                                "'verbs':['*'],'apiGroups':['*'],'resources':['*']"),
                        List.of(
                                "spec.rules[0].subjects[0].user: Required value: user is required when subject"
                                        + " kind is 'User'",
                                "spec.rules[0].subjects[1].user: Forbidden: user is forbidden when subject kind"
                                        + " is not 'User'",
                                "spec.rules[0].subjects[1].group.name: Required value",
                                "spec.rules[0].subjects[2].serviceAccount.name: Invalid value: \"A\": a lowercase"
                                        + " RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
                                        + " '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
                                        + " regex used for validation is"
                                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
                                "spec.rules[0].subjects[2].serviceAccount.namespace: Required value: must"
                                        + " specify namespace for service account",
                                "spec.rules[0].resourceRules[0].namespaces: Required value: resource rules that"
                                        + " are not cluster scoped must supply at least one namespace")),
                new Case(
                        new FlowSchemaKind(),
                        flow(
                                "{'kind':'ServiceAccount','serviceAccount':{'name':'*','namespace':'a'}}",
                                "'verbs':['get','watch'],'apiGroups':[''],'resources':['pods'],'namespaces':['*']"),
                        List.of()),
                new Case(
                        new PriorityLevelConfigurationKind(),
                        "{" + CLUSTER + ",'spec':{'type':'Limited'}}",
                        List.of("spec.limited: Required value: must not be empty when type is Limited")),
                new Case(
                        new APIServiceKind(),
                        "{" + CLUSTER
                                + ",'spec':{'group':'x.io','version':'v1','groupPriorityMinimum':1,'versionPriority':0}}",
                        List.of(
                                "metadata.name: Invalid value: \"a\": must be `spec.version+\".\"+spec.group`: \"v1.x.io\"",
                                "spec.versionPriority: Invalid value: 0: must be positive and less than 1000")),
                new Case(
                        new IPAddressKind(),
                        "{" + CLUSTER + ",'spec':{'parentRef':{'resource':'services','name':'x'}}}",
                        List.of("metadata.name: Invalid value: \"a\": must be a valid IP address, (e.g. 10.9.8.7 or"
                                + " 2001:db8::ffff)")),
                new Case(
                        new VolumeAttachmentKind(),
                        "{" + CLUSTER + ",'spec':{'attacher':'a','nodeName':'n','source':{}}}",
                        List.of("spec.source: Required value: must specify exactly one of inlineVolumeSpec and"
                                + " persistentVolumeName")),
                new Case(
                        new VolumeAttributesClassKind(),
                        "{" + CLUSTER + ",'driverName':'d'}",
                        List.of("parameters: Required value: must contain at least one key/value pair")),
                new Case(
                        new CSIDriverKind(),
                        "{" + CLUSTER + ",'spec':{'volumeLifecycleModes':['Never']}}",
                        List.of("spec.volumeLifecycleModes[0]: Unsupported value: \"Never\": supported values:"
                                + " \"Ephemeral\", \"Persistent\"")),
                new Case(
                        new CSIDriverKind(),
                        "{" + CLUSTER + ",'spec':{'fsGroupPolicy':'Always'}}",
                        List.of(
                                "spec.fsGroupPolicy: Unsupported value: \"Always\": supported values: \"File\", \"None\","
                                        + " \"ReadWriteOnceWithFSType\"")));
    }

    private static String webhook(String versions, String service, String resources) {
        return "{" + CLUSTER + ",'webhooks':[{'name':'a.b.c','sideEffects':'None'," + versions
                + ",'clientConfig':{'service':{'name':'s','namespace':'n'," + service
                + "}},'rules':[{'operations':['CREATE'],'apiGroups':[''],'apiVersions':['v1'],'resources':["
                + resources + "]}]}]}";
    }

    private static String flow(String subjects, String resources) {
        return "{" + CLUSTER + ",'spec':{'priorityLevelConfiguration':{'name':'l'},'rules':[{'subjects':[" + subjects
                + "],'resourceRules':[{" + resources + "}]},{'subjects':[{'kind':'User','user':{'name':'u'}}],"
                + "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/a','/b/*']}]}]}}";
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(Case one) {
        assertEquals(one.errors(), new RulesHarness<>(one.kind()).create(one.json()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'dataSource':{'kind':'Pod','name':'a'}} | {}",
                "{'dataSource':{}} | {}",
                "{'dataSource':{'kind':'VolumeSnapshot','name':'a'}} | {}",
                "{'dataSourceRef':{'kind':'X','apiGroup':'x.io','name':'a','namespace':'b'}} | {}",
                "{'dataSource':{'kind':'PersistentVolumeClaim','name':'a'}} | {'dataSource':{'kind':'PersistentVolumeClaim',"
                        + "'name':'a'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'a'}}",
                "{'dataSourceRef':{'apiGroup':'x.io','kind':'X','name':'a'}} | {'dataSourceRef':{'apiGroup':'x.io',"
                        + "'kind':'X','name':'a'},'dataSource':{'apiGroup':'x.io','kind':'X','name':'a'}}"
            })
    void aClaimSaysTwiceWhatItIsFilledFrom(String spec, String wanted) {
        ObjectNode claim = RulesHarness.parse("{" + META + ",'spec':" + spec + "}");
        new PersistentVolumeClaimKind().rules().prepareForCreate(claim);
        assertEquals(RulesHarness.parse(wanted), claim.path("spec"));
    }

    record UpdateCase(KindDefinition<?> kind, String old, String json, List<String> errors) {}

    static Stream<UpdateCase> updates() {
        String claim = "{" + META
                + ",'status':{'phase':'Bound','capacity':{'storage':'1024Mi'}},"
                + "'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}}}";
        String old = "{'metadata':{'name':'a','namespace':'default','annotations':{"
                + "'volume.beta.kubernetes.io/storage-class':'old'}},'spec':{'accessModes':['ReadWriteOnce'],"
                + "'resources':{'requests':{'storage':'2Gi'}}}}";
        String moved = old.replace("'volume.beta.kubernetes.io/storage-class':'old'", "")
                .replace("'spec':{", "'spec':{'storageClassName':'old',");
        String volume = "{" + CLUSTER
                + ",'spec':{'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},'hostPath':{'path':'/a'}}}";
        String job = "{" + META
                + ",'spec':{'manualSelector':true,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},"
                + "'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'x'}]}}}}";
        return Stream.of(
                new UpdateCase(
                        new PersistentVolumeClaimKind(),
                        claim,
                        claim.replace("2Gi", "1Gi"),
                        List.of("spec.resources.requests.storage: Forbidden: field can not be less than"
                                + " status.capacity")),
                new UpdateCase(new PersistentVolumeClaimKind(), claim, claim.replace("2Gi", "1025Mi"), List.of()),
                new UpdateCase(new PersistentVolumeClaimKind(), old, moved, List.of()),
                new UpdateCase(
                        new PersistentVolumeClaimKind(),
                        old,
                        old.replace("'old'", "'new'"),
                        List.of("metadata.annotations.volume.beta.kubernetes.io/storage-class: Invalid value: \"new\":"
                                + " field is immutable")),
                new UpdateCase(
                        new PersistentVolumeClaimKind(),
                        old,
                        old.replace("'spec':{", "'spec':{'storageClassName':'new',"),
                        List.of("spec: Forbidden: spec is immutable after creation except resources.requests and"
                                + " volumeAttributesClassName for bound claims")),
                new UpdateCase(
                        new PersistentVolumeClaimKind(),
                        claim,
                        claim.replace("ReadWriteOnce", "ReadWriteMany"),
                        List.of("spec: Forbidden: spec is immutable after creation except resources.requests and"
                                + " volumeAttributesClassName for bound claims")),
                new UpdateCase(
                        new PersistentVolumeKind(),
                        volume,
                        volume.replace("/a", "/b"),
                        List.of("spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after"
                                + " creation")),
                new UpdateCase(
                        new JobKind(),
                        job,
                        job.replace("'manualSelector'", "'completionMode':'Indexed','completions':1,'manualSelector'"),
                        List.of("spec.completionMode: Invalid value: \"Indexed\": field is immutable")),
                new UpdateCase(
                        new PriorityClassKind(),
                        "{" + CLUSTER + ",'value':1}",
                        "{" + CLUSTER + ",'value':2}",
                        List.of("value: Forbidden: may not be changed in an update.")),
                new UpdateCase(
                        new StorageClassKind(),
                        "{" + CLUSTER + ",'provisioner':'a'}",
                        "{" + CLUSTER + ",'provisioner':'b'}",
                        List.of("provisioner: Forbidden: updates to provisioner are forbidden.")),
                new UpdateCase(
                        new ControllerRevisionKind(),
                        "{" + META + ",'revision':1,'data':{'a':1}}",
                        "{" + META + ",'revision':1,'data':{'a':2}}",
                        List.of("data: Invalid value: {\"a\":2}: field is immutable")),
                new UpdateCase(
                        new NodeKind(),
                        "{" + CLUSTER + ",'spec':{'podCIDR':'10.0.0.0/24'}}",
                        "{" + CLUSTER + ",'spec':{'podCIDR':'10.0.1.0/24'}}",
                        List.of("spec.podCIDRs: Forbidden: node updates may not change podCIDR except from \"\" to"
                                + " valid")));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void saysWhatMayNotChange(UpdateCase one) {
        assertEquals(one.errors(), new RulesHarness<>(one.kind()).update(one.json(), one.old()));
    }
}
