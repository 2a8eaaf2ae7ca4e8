package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.ValidatingAdmissionPolicyKind;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding.ValidatingAdmissionPolicyBindingKind;
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
                                + " \"Ephemeral\", \"Persistent\"")));
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
                + ",'status':{'phase':'Bound'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}}}";
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
