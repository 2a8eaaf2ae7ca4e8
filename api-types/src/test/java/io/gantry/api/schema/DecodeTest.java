package io.gantry.api.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.decode.Bodies;
import io.gantry.api.decode.Body;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindCatalog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecodeTest {
    private static final Kind<?> DEPLOYMENT = DeploymentKind.KIND;
    private static final Kind<?> POD = PodKind.KIND;

    record Normal(String name, Kind<?> kind, String body, String expected) {}

    static Stream<Normal> normalised() {
        return Stream.of(
                new Normal(
                        "nulls go",
                        DEPLOYMENT,
                        "{'metadata':{'creationTimestamp':null},'spec':null}",
                        "{'metadata':{}}"),
                new Normal("unknown goes", DEPLOYMENT, "{'spec':{'foo':1,'replicas':2}}", "{'spec':{'replicas':2}}"),
                new Normal("case matters", DEPLOYMENT, "{'spec':{'Replicas':2}}", "{'spec':{}}"),
                new Normal("empty maps go", DEPLOYMENT, "{'metadata':{'labels':{}}}", "{'metadata':{}}"),
                new Normal(
                        "empty structs stay",
                        POD,
                        "{'spec':{'securityContext':{}}}",
                        "{'spec':{'securityContext':{}}}"),
                new Normal(
                        "quantities",
                        POD,
                        "{'spec':{'overhead':{'cpu':'0.5','memory':'1024Mi','a':1,'b':'1000m','c':1000,'d':0.1,'e':'1e3'}}}",
                        "{'spec':{'overhead':{'cpu':'500m','memory':'1Gi','a':'1','b':'1','c':'1k','d':'100m','e':'1e3'}}}"),
                new Normal(
                        "times",
                        LeaseKind.KIND,
                        "{'metadata':{'creationTimestamp':'2026-01-01T02:00:00.5+02:00'},'spec':{'renewTime':'2026-01-01T02:00:00.000000+02:00'}}",
                        "{'metadata':{'creationTimestamp':'2026-01-01T00:00:00Z'},'spec':{'renewTime':'2026-01-01T00:00:00.000000Z'}}"),
                new Normal("null in a list", POD, "{'spec':{'containers':[null]}}", "{'spec':{'containers':[{}]}}"),
                new Normal(
                        "null in a map", POD, "{'metadata':{'labels':{'a':null}}}", "{'metadata':{'labels':{'a':''}}}"),
                new Normal(
                        "zeros that Go does not write",
                        POD,
                        "{'spec':{'hostNetwork':false,'hostname':'','priority':0,'containers':[{'name':'a','env':[{'name':'x','value':''}]}]}}",
                        "{'spec':{'priority':0,'containers':[{'name':'a','env':[{'name':'x'}]}]}}"),
                new Normal(
                        "bytes as numbers",
                        SecretKind.KIND,
                        "{'data':{'a':[],'b':[1,255,null]}}",
                        "{'data':{'a':'','b':'Af8A'}}"),
                new Normal("empty enum goes", POD, "{'spec':{'dnsPolicy':''}}", "{'spec':{}}"),
                new Normal(
                        "storageClassName may be empty",
                        PersistentVolumeClaimKind.KIND,
                        "{'spec':{'storageClassName':''}}",
                        "{'spec':{'storageClassName':''}}"));
    }

    @ParameterizedTest
    @MethodSource("normalised")
    void normalises(Normal row) {
        Body body = Bodies.json(bytes(row.body));
        Schemas.of(row.kind).decode(body.tree(), body, FieldValidation.IGNORE);
        assertEquals(json(row.expected), body.tree());
    }

    record Refused(String name, Kind<?> kind, String body, String message) {}

    static Stream<Refused> refused() {
        String pod = "Pod in version \"v1\" cannot be handled as a Pod: ";
        String deployment = "Deployment in version \"v1\" cannot be handled as a Deployment: ";
        return Stream.of(
                new Refused(
                        "string for a number",
                        DEPLOYMENT,
                        "{'spec':{'replicas':'x'}}",
                        deployment
                                + "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"),
                new Refused(
                        "too great",
                        DEPLOYMENT,
                        "{'spec':{'replicas':99999999999}}",
                        deployment
                                + "json: cannot unmarshal number 99999999999 into Go struct field DeploymentSpec.spec.replicas of type int32"),
                new Refused(
                        "inside a list",
                        POD,
                        "{'spec':{'containers':[{'image':1}]}}",
                        pod
                                + "json: cannot unmarshal number into Go struct field Container.spec.containers.image of type string"),
                new Refused(
                        "label that is a number",
                        POD,
                        "{'metadata':{'labels':{'a':1}}}",
                        pod
                                + "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string"),
                new Refused(
                        "object for a list",
                        POD,
                        "{'spec':{'containers':{}}}",
                        pod
                                + "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container"),
                new Refused(
                        "quantity",
                        POD,
                        "{'spec':{'overhead':{'cpu':'1x'}}}",
                        pod
                                + "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
                new Refused(
                        "base64",
                        SecretKind.KIND,
                        "{'data':{'a':'***'}}",
                        "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 0"),
                new Refused(
                        "strict",
                        DEPLOYMENT,
                        "{'spec':{'foo':1,'replicas':1,'replicas':2,'template':{'spec':{'containers':[{'bar':1}]}}}}",
                        deployment
                                + "strict decoding error: unknown field \"spec.foo\", duplicate field \"spec.replicas\", unknown field \"spec.template.spec.containers[0].bar\""));
    }

    record Strict(String name, boolean yaml, Kind<?> kind, String body, String errors) {}

    static Stream<Strict> strict() {
        return Stream.of(
                new Strict(
                        "an unknown field that comes twice is unknown",
                        false,
                        DEPLOYMENT,
                        "{'spec':{'z':1,'z':2,'a':{'b':1,'b':2}}}",
                        "unknown field \"spec.z\", unknown field \"spec.a\""),
                new Strict(
                        "once each",
                        false,
                        DEPLOYMENT,
                        "{'spec':{'paused':true,'paused':null,'paused':false}}",
                        "duplicate field \"spec.paused\""),
                new Strict(
                        "a field before what is in it again",
                        false,
                        DEPLOYMENT,
                        "{'spec':{'x':1},'metadata':{'name':'a','name':'b'},'spec':{'x':1,'y':2,'paused':true,'paused':true}}",
                        "unknown field \"spec.x\", duplicate field \"metadata.name\", duplicate field \"spec\","
                                + " unknown field \"spec.y\", duplicate field \"spec.paused\""),
                new Strict(
                        "maps and lists",
                        false,
                        DEPLOYMENT,
                        "{'metadata':{'labels':{'a':'1','a':'2'}},'spec':{'template':{'spec':{'containers':[{},{'name':'a','name':'b'}]}}}}",
                        "duplicate field \"metadata.labels.a\","
                                + " duplicate field \"spec.template.spec.containers[1].name\""),
                new Strict(
                        "what reads itself is not looked into",
                        false,
                        DEPLOYMENT,
                        "{'metadata':{'managedFields':[{'fieldsV1':{'f:a':{},'f:a':{}}}]},'x':1}",
                        "unknown field \"x\""),
                new Strict(
                        "YAML: keys in one error, then unknown fields by name",
                        true,
                        DEPLOYMENT,
                        "metadata:\n  name: a\n  name: b\nspec:\n  z: 1\n  z: 2\n  template:\n    foo: 1\n  a: 1\nkind: Deployment\n",
                        "yaml: unmarshal errors:\n  line 3: key \"name\" already set in map\n"
                                + "  line 6: key \"z\" already set in map, unknown field \"spec.a\","
                                + " unknown field \"spec.template.foo\", unknown field \"spec.z\""),
                new Strict(
                        "JSON as YAML",
                        true,
                        DEPLOYMENT,
                        "{\n\"spec\": {\"paused\": true,\n\t\"paused\": false}}",
                        "yaml: unmarshal errors:\n  line 3: key \"paused\" already set in map"),
                new Strict(
                        "YAML: keys that are no texts, and the line of the value",
                        true,
                        ConfigMapKind.KIND,
                        "data:\n  80: a\n  80:\n    b\n",
                        "yaml: unmarshal errors:\n  line 4: key 80 already set in map"));
    }

    @ParameterizedTest
    @MethodSource("strict")
    void strictly(Strict row) {
        byte[] text = row.yaml ? row.body.getBytes(StandardCharsets.UTF_8) : bytes(row.body);
        StatusException error = assertThrows(StatusException.class, () -> {
            Body body = row.yaml ? Bodies.yaml(text) : Bodies.json(text);
            Schemas.of(row.kind).decode(body.tree(), body, FieldValidation.STRICT);
        });
        String message = String.valueOf(error.getMessage());
        assertEquals(row.errors, message.substring(message.indexOf("strict decoding error: ") + 23));
    }

    @Test
    void duplicatesOnlyInsideWhatReadsItself() {
        Body body = Bodies.json(bytes("{'metadata':{'managedFields':[{'fieldsV1':{'f:a':{},'f:a':{}}}]}}"));
        assertEquals(List.of(), Schemas.of(POD).decode(body.tree(), body, FieldValidation.STRICT));
    }

    @Test
    void warnsOfLinesOneByOne() {
        Body body = Bodies.yaml("x: 1\nx: 2\nkind: a\nkind: b\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(
                        "line 2: key \"x\" already set in map",
                        "line 4: key \"kind\" already set in map",
                        "unknown field \"x\""),
                Schemas.of(POD).decode(body.tree(), body, FieldValidation.WARN));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Refused row) {
        StatusException error = assertThrows(StatusException.class, () -> {
            Body body = Bodies.json(bytes(row.body));
            Schemas.of(row.kind).decode(body.tree(), body, FieldValidation.STRICT);
        });
        assertEquals(row.message, error.getMessage());
        assertEquals(400, error.code());
    }

    @Test
    void warns() {
        Body body = Bodies.json(bytes("{'data':{'a':'b'},'foo':1,'metadata':{'x':1}}"));
        assertEquals(
                List.of("unknown field \"foo\"", "unknown field \"metadata.x\""),
                Schemas.of(ConfigMapKind.KIND).decode(body.tree(), body, FieldValidation.WARN));
    }

    record Defaulted(String name, Kind<?> kind, String body, String expected) {}

    static Stream<Defaulted> defaulted() {
        return Stream.of(
                new Defaulted(
                        "protocol",
                        ServiceKind.KIND,
                        "{'spec':{'ports':[{'port':80}]}}",
                        "{'spec':{'ports':[{'port':80,'protocol':'TCP'}],'type':'ClusterIP','sessionAffinity':'None'},"
                                + "'status':{'loadBalancer':{}}}"),
                new Defaulted(
                        "what Go always writes",
                        POD,
                        "{'status':{'containerStatuses':[{'name':'a'}]}}",
                        "{'status':{'containerStatuses':[{'name':'a','state':{},'lastState':{},'ready':false,"
                                + "'restartCount':0,'image':'','imageID':''}]}}"));
    }

    @ParameterizedTest
    @MethodSource("defaulted")
    void defaults(Defaulted row) {
        Body body = Bodies.json(bytes(row.body));
        Schemas.of(row.kind).applyDefaults(body.tree());
        assertEquals(json(row.expected), body.tree());
    }

    record Invalid(String name, Kind<?> kind, String body, List<String> errors) {}

    static Stream<Invalid> invalid() {
        return Stream.of(
                new Invalid(
                        "required",
                        DEPLOYMENT,
                        "{'spec':{}}",
                        List.of("spec.selector: Required value", "spec.template: Required value")),
                new Invalid(
                        "closed set",
                        POD,
                        "{'spec':{'restartPolicy':'Maybe','containers':[{'name':'a'}]}}",
                        List.of(
                                "spec.restartPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", \"Never\", \"OnFailure\"")),
                new Invalid(
                        "status is not checked",
                        POD,
                        "{'spec':{'containers':[{'name':'a'}]},'status':{'phase':'x'}}",
                        List.of()),
                new Invalid(
                        "container without a name",
                        POD,
                        "{'spec':{'containers':[{'image':'a'}]}}",
                        List.of("spec.containers[0].name: Required value")));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void validates(Invalid row) {
        FieldErrors errors = new FieldErrors();
        Schemas.of(row.kind).validate(Bodies.json(bytes(row.body)).tree(), errors);
        assertEquals(row.errors, errors.all().stream().map(Object::toString).toList());
    }

    @Test
    void everyKindHasASchema() {
        KindCatalog.all()
                .forEach(definition -> walk(Schemas.of(definition.kind()).root(), 0));
    }

    private static void walk(Schema schema, int depth) {
        if (depth > 12) {
            return;
        }
        switch (schema) {
            case StructSchema struct -> {
                assertTrue(!struct.name().isEmpty());
                struct.fields().values().forEach(field -> walk(field.schema(), depth + 1));
            }
            case MapSchema map -> walk(map.values(), depth + 1);
            case ListSchema list -> walk(list.items(), depth + 1);
            case ScalarSchema scalar -> {}
            case AnySchema any -> {}
        }
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static Object json(String json) {
        return Json.MAPPER.readTree(bytes(json));
    }
}
