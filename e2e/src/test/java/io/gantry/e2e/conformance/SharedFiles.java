package io.gantry.e2e.conformance;

import static io.gantry.e2e.conformance.PodRow.of;
import static io.gantry.e2e.conformance.PodRow.volume;

import io.gantry.e2e.kubectl.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Volumes of one pod beside each other, sub paths of their files, data that is no text. The rows need `cm` and `sec`.
///
/// @param folder for files
record SharedFiles(Path folder) {
    private static final String OTHER = "volumes-other";
    private static final int MANY = 50;
    private static final int RACERS = 3;

    List<PodRow> rows(Kubectl kubectl, String namespace) throws IOException {
        Path binary = Files.write(folder.resolve("dump.bin"), new byte[] {(byte) 0xde, (byte) 0xca, (byte) 0xfe, 0, 1});
        kubectl.must(
                "create", "configmap", "bin", "-n", namespace, "--from-file=dump.bin=" + binary, "--from-literal=t=x");
        kubectl.inNewNamespace(OTHER);
        kubectl.must("create", "secret", "generic", "sec", "-n", OTHER, "--from-literal=data-1=of-another");
        kubectl.must("delete", "namespace", OTHER, "--wait=false");
        many(kubectl, namespace);
        List<PodRow> rows = new ArrayList<>(subPaths());
        rows.add(volume(
                "ConfigMap Volume, text data, binary data",
                "\"configMap\":{\"name\":\"bin\"}",
                "cat /v/t && hexdump -C /v/dump.bin | head -1 | cut -c 9-26 | tr -d ' '",
                "xdecafe0001"));
        rows.add(volume(
                "Secrets Volume, volume mode default, secret with same name in different namespace",
                "\"secret\":{\"secretName\":\"sec\"}",
                "stat -L -c %a /v/data-1 && cat /v/data-1",
                "644\nvalue-1"));
        rows.add(of(
                "EmptyDir Wrapper Volume, Secret and ConfigMap volumes, no conflict",
                "\"volumes\":[{\"name\":\"s\",\"secret\":{\"secretName\":\"sec\"}},"
                        + "{\"name\":\"c\",\"configMap\":{\"name\":\"cm\"}}]",
                "\"volumeMounts\":[{\"name\":\"s\",\"mountPath\":\"/s\"},{\"name\":\"c\",\"mountPath\":\"/c\"}]",
                "cat /s/data-1 /c/data-2",
                "value-1value-2"));
        IntStream.range(0, RACERS).forEach(i -> rows.add(racer()));
        return rows;
    }

    private static List<PodRow> subPaths() {
        String projected = "\"projected\":{\"sources\":[{\"configMap\":{\"name\":\"cm\",\"items\":"
                + "[{\"key\":\"data-1\",\"path\":\"deep/er/f\"}]}}]}";
        String downward =
                "\"downwardAPI\":{\"items\":[{\"path\":\"deep/name\",\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}]}";
        return List.of(
                sub(
                        "SubPath: Reading content from a configmap volume.",
                        "\"configMap\":{\"name\":\"cm\"}",
                        "data-1",
                        "/sub",
                        "value-1"),
                sub(
                        "SubPath: Reading content from a configmap volume. (over a file of the image)",
                        "\"configMap\":{\"name\":\"cm\"}",
                        "data-1",
                        "/etc/resolv.conf",
                        "value-1"),
                sub(
                        "SubPath: Reading content from a secret volume.",
                        "\"secret\":{\"secretName\":\"sec\"}",
                        "data-2",
                        "/sub",
                        "value-2"),
                sub("SubPath: Reading content from a projected volume.", projected, "deep/er/f", "/sub", "value-1"),
                sub("SubPath: Reading content from a downwardAPI volume.", downward, "deep/name", "/sub", "{pod}"));
    }

    private static PodRow sub(String line, String source, String path, String target, String expected) {
        return of(
                line,
                "\"volumes\":[{\"name\":\"v\"," + source + "}]",
                "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"" + target + "\",\"subPath\":\"" + path + "\"}]",
                "cat " + target,
                expected);
    }

    private static void many(Kubectl kubectl, String namespace) {
        String items = IntStream.range(0, MANY)
                .mapToObj(i -> "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"racey-" + i
                        + "\"},\"data\":{\"data\":\"v\"}}")
                .collect(Collectors.joining(","));
        kubectl.mustWith(
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + items + "]}",
                "create",
                "-n",
                namespace,
                "-f",
                "-");
    }

    private static PodRow racer() {
        String volumes = IntStream.range(0, MANY)
                .mapToObj(i -> "{\"name\":\"r" + i + "\",\"configMap\":{\"name\":\"racey-" + i + "\"}}")
                .collect(Collectors.joining(","));
        String mounts = IntStream.range(0, MANY)
                .mapToObj(i -> "{\"name\":\"r" + i + "\",\"mountPath\":\"/r/" + i + "\"}")
                .collect(Collectors.joining(","));
        return of(
                "EmptyDir Wrapper Volume, ConfigMap volumes, no race",
                "\"volumes\":[" + volumes + "]",
                "\"volumeMounts\":[" + mounts + "]",
                "cat /r/*/data",
                "v".repeat(MANY));
    }
}
