package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Volumes that follow API objects: what changes there comes to the running container by itself.
final class VolumeUpdates implements Scenario {
    private static final String POD = "updates";
    private static final List<String> KINDS = List.of("cm", "sec", "pcm", "psec");

    @Override
    public void start(Scene scene) {
        List<String> objects = new ArrayList<>();
        for (String name : List.of("live", "del", "upd")) {
            objects.add(object("ConfigMap", "cm-" + name));
            objects.add(object("Secret", "sec-" + name));
        }
        objects.add(Scene.pod(
                POD,
                "'labels':{'key1':'value1'},'annotations':{'builder':'bar'}",
                "'volumes':[" + String.join(",", volumes()) + "],'containers':["
                        + Scene.shell("c", "sleep 3600", "'volumeMounts':[" + mounts() + "]") + "]"));
        scene.create(objects);
        scene.awaitRunning(POD);
        initial(scene);
        change(scene);
    }

    private static String object(String kind, String name) {
        String data = kind.equals("Secret") ? "stringData" : "data";
        return Scene.json("{'apiVersion':'v1','kind':'" + kind + "','metadata':{'name':'" + name + "'},'" + data
                + "':{'data-1':'value-1'}}");
    }

    private static String source(String kind, String suffix) {
        String name = (kind.endsWith("cm") ? "cm-" : "sec-") + suffix;
        return switch (kind) {
            case "cm" -> "'configMap':{'name':'" + name + "','optional':true}";
            case "sec" -> "'secret':{'secretName':'" + name + "','optional':true}";
            case "pcm" -> "'projected':{'sources':[{'configMap':{'name':'" + name + "','optional':true}}]}";
            default -> "'projected':{'sources':[{'secret':{'name':'" + name + "','optional':true}}]}";
        };
    }

    private static List<String> names() {
        return Stream.concat(
                        KINDS.stream()
                                .flatMap(k ->
                                        Stream.of("live", "del", "upd", "cre").map(s -> k + "-" + s)),
                        Stream.of("down", "pdown"))
                .toList();
    }

    private static List<String> volumes() {
        String items = "'items':[{'path':'labels','fieldRef':{'fieldPath':'metadata.labels'}},"
                + "{'path':'annotations','fieldRef':{'fieldPath':'metadata.annotations'}}]";
        return names().stream()
                .map(name -> "{'name':'" + name + "',"
                        + switch (name) {
                            case "down" -> "'downwardAPI':{" + items + "}";
                            case "pdown" -> "'projected':{'sources':[{'downwardAPI':{" + items + "}}]}";
                            default -> source(name.replaceFirst("-.*", ""), name.replaceFirst(".*-", ""));
                        }
                        + "}")
                .toList();
    }

    private static String mounts() {
        return names().stream()
                .map(name -> "{'name':'" + name + "','mountPath':'/v/" + name + "'}")
                .collect(Collectors.joining(","));
    }

    /// Every file below `/v` with its content, a line each.
    private static String files(Scene scene) {
        return scene.exec(POD, "cd /v; for f in */*; do [ -f $f ] && echo $f=$(cat $f); done");
    }

    private static void initial(Scene scene) {
        String files = files(scene);
        for (String kind : KINDS) {
            for (String suffix : List.of("live", "del", "upd")) {
                assertTrue(files.contains(kind + "-" + suffix + "/data-1=value-1"), files);
            }
        }
        assertTrue(files.contains("down/labels=key1=\"value1\""), files);
        assertTrue(!files.contains("-cre/"), files);
    }

    private static void change(Scene scene) {
        for (String kind : List.of("cm", "sec")) {
            String resource = kind.equals("cm") ? "configmap" : "secret";
            String field = kind.equals("cm") ? "data" : "stringData";
            scene.must(
                    "patch",
                    resource,
                    kind + "-live",
                    "--type=merge",
                    "-p",
                    "{\"" + field + "\":{\"data-1\":\"value-2\"}}");
            scene.must(
                    "patch",
                    resource,
                    kind + "-upd",
                    "--type=merge",
                    "-p",
                    "{\"data\":{\"data-1\":null,\"data-3\":\"" + (kind.equals("cm") ? "value-3" : "dmFsdWUtMw==")
                            + "\"}}");
            scene.must("delete", resource, kind + "-del");
            scene.create(List.of(object(kind.equals("cm") ? "ConfigMap" : "Secret", kind + "-cre")));
        }
        scene.must("label", "pod", POD, "key2=value2");
        scene.must("annotate", "pod", POD, "--overwrite", "builder=foo");
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(
                updated(scene, "ConfigMap Volume, update", "cm"),
                updated(scene, "Projected Volume, ConfigMap, update", "pcm"),
                optional(scene, "ConfigMap Volume, create, update and delete", "cm"),
                optional(scene, "Projected Volume, ConfigMap, create, update and delete", "pcm"),
                optional(scene, "Secrets Volume, create, update and delete", "sec"),
                optional(scene, "Projected Volume, Secrets, create, update delete", "psec"),
                downward(scene, "DownwardAPI volume, update label", "down/labels=", "key2=\"value2\""),
                downward(scene, "DownwardAPI volume, update annotations", "down/annotations=", "builder=\"foo\""),
                downward(scene, "Projected Volume, DownwardAPI, update labels", "pdown/labels=", "key2=\"value2\""),
                downward(
                        scene,
                        "Projected Volume, DownwardAPI, update annotation",
                        "pdown/annotations=",
                        "builder=\"foo\""),
                dynamicTest("ConfigMap Volume, immutability", () -> immutable(scene, "configmap")),
                dynamicTest("Secrets Volume, immutability", () -> immutable(scene, "secret")));
    }

    private static DynamicTest updated(Scene scene, String line, String kind) {
        return dynamicTest(line, () -> scene.awaitPart(line, () -> files(scene), kind + "-live/data-1=value-2"));
    }

    private static DynamicTest optional(Scene scene, String line, String kind) {
        return dynamicTest(
                line,
                () -> scene.await(
                        line,
                        () -> files(scene)
                                .lines()
                                .filter(f -> f.startsWith(kind + "-"))
                                .sorted()
                                .collect(Collectors.joining(" ")),
                        kind + "-cre/data-1=value-1 " + kind + "-live/data-1=value-2 " + kind + "-upd/data-3=value-3"));
    }

    private static DynamicTest downward(Scene scene, String line, String file, String part) {
        return dynamicTest(
                line,
                () -> scene.awaitPart(
                        line,
                        () -> files(scene)
                                .lines()
                                .filter(f -> f.startsWith(file))
                                .collect(Collectors.joining()),
                        part));
    }

    /// What is immutable keeps its data and cannot be made mutable again; it can be deleted.
    private static void immutable(Scene scene, String kind) {
        String[] create = kind.equals("secret")
                ? new String[] {"create", "secret", "generic", "fixed", "--from-literal=a=b"}
                : new String[] {"create", "configmap", "fixed", "--from-literal=a=b"};
        scene.must(create);
        scene.must("patch", kind, "fixed", "--type=merge", "-p", "{\"data\":{\"a\":\"Yw==\"}}");
        scene.must("patch", kind, "fixed", "--type=merge", "-p", "{\"immutable\":true}");
        for (String change : List.of("{\"data\":{\"a\":\"ZA==\"}}", "{\"immutable\":false}", "{\"immutable\":null}")) {
            String said = scene.refused("", "patch", kind, "fixed", "--type=merge", "-p", change);
            assertTrue(said.contains("field is immutable when `immutable` is set"), said);
        }
        scene.must("delete", kind, "fixed");
    }
}
